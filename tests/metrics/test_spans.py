"""Spans: the schemes worked out by hand, equal to nervaluate, and laws that always hold."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.metrics import spans as m
from goldlabel.metrics.spans import Marked, Tally

CLASSES = ("person", "place", "organisation")
ends = st.tuples(st.integers(0, 14), st.integers(0, 14)).filter(lambda s: s[0] != s[1]).map(sorted)
marks = st.lists(
    st.builds(lambda s, label: Marked(s[0], s[1], label), ends, st.sampled_from(CLASSES)), max_size=5, unique=True
)


def test_every_scheme_of_five_cases() -> None:
    # Segura-Bedmar et al. 2013: both right; wrong class; ends off; ends off and wrong class; missed; made up.
    gold = [Marked(10 * k, 10 * k + 5, "person") for k in range(5)]
    labels = [
        Marked(0, 5, "person"),
        Marked(10, 15, "place"),
        Marked(20, 27, "person"),
        Marked(31, 35, "place"),
        Marked(70, 75, "person"),
    ]
    assert m.compare(labels, gold) == {
        "strict": Tally(1, 3, 0, 1, 1),
        "exact": Tally(2, 2, 0, 1, 1),
        "partial": Tally(2, 0, 2, 1, 1),
        "type": Tally(2, 2, 0, 1, 1),
    }
    assert {name: tally.f1 for name, tally in m.compare(labels, gold).items()} == pytest.approx(
        {"strict": 0.2, "exact": 0.4, "partial": 0.6, "type": 0.4}
    )


@pytest.mark.parametrize(
    ("labels", "gold", "f1"), [([], [], 1.0), ([Marked(0, 1, "a")], [], 0.0), ([], [Marked(0, 1, "a")], 0.0)]
)
def test_where_a_side_is_empty(labels, gold, f1: float) -> None:
    for tally in m.compare(labels, gold).values():
        assert tally.f1 == f1
        assert (tally.actual, tally.possible) == (len(labels), len(gold))


def test_touching_is_no_overlap() -> None:
    assert m.compare([Marked(0, 5, "a")], [Marked(5, 9, "a")])["partial"] == Tally(0, 0, 0, 1, 1)


def test_an_exact_pair_is_not_given_away_for_an_overlap() -> None:
    # The outer label overlaps the inner gold, but each has its exact partner.
    outer, inner = Marked(0, 20, "organisation"), Marked(14, 20, "place")
    assert m.align([outer, inner], [inner, outer]) == ((0, 1), (1, 0))
    assert m.align([inner], [outer, inner]) == ((0, 1),)


@settings(deadline=None)
@given(marks, marks)
def test_no_other_pairing_has_more_strictly_right_spans(labels, gold) -> None:
    short, long = sorted((labels, gold), key=len)
    best = max(
        (sum(a == b for a, b in zip(short, chosen, strict=True)) for chosen in permutations(long, len(short))),
        default=0,
    )
    assert m.compare(labels, gold)["strict"].correct == best


@settings(deadline=None)
@given(marks, marks, st.randoms())
def test_laws_of_the_schemes(labels, gold, random) -> None:
    there, back = m.compare(labels, gold), m.compare(gold, labels)
    for scheme in m.SCHEMES:
        assert 0 <= there[scheme].f1 <= 1
        assert there[scheme].f1 == pytest.approx(back[scheme].f1), "F1 is the same both ways"
        assert there[scheme].possible == len(gold)
        assert there[scheme].actual == len(labels)
    assert there["strict"].f1 <= there["exact"].f1 <= there["partial"].f1
    assert there["strict"].f1 <= there["type"].f1
    mixed, other = random.sample(labels, len(labels)), random.sample(gold, len(gold))
    again = m.compare(mixed, other)
    assert [again[name].f1 for name in ("strict", "exact", "partial")] == pytest.approx(
        [there[name].f1 for name in ("strict", "exact", "partial")]
    )
    assert all(tally.f1 == 1 for tally in m.compare(gold, gold).values())


def _apart(random: np.random.Generator) -> tuple[list[Marked], list[Marked]]:
    """Gold in cells of twelve characters, each label within one cell: who belongs to whom is beyond doubt."""
    labels, gold = [], []
    for cell in range(random.integers(1, 12)):
        start, end = 12 * cell + 2, 12 * cell + 8
        name = str(random.choice(CLASSES))
        what = random.integers(0, 6)
        if what != 5:
            gold.append(Marked(start, end, name))
        if what != 4:
            shift = (0, 0) if what < 2 else tuple(random.integers(-1, 3, 2).tolist())
            labels.append(Marked(start + shift[0], end + shift[1], str(random.choice(CLASSES)) if what % 2 else name))
    return labels, gold


def test_equal_to_nervaluate() -> None:
    evaluator = pytest.importorskip("nervaluate").Evaluator
    random = np.random.default_rng(5)
    texts = [_apart(random) for _ in range(60)]

    def rows(side: list[Marked]) -> list[dict[str, object]]:
        # nervaluate counts an end as inside the span.
        return [{"label": one.label, "start": one.start, "end": one.end - 1} for one in side]

    theirs = evaluator(
        [rows(gold) for _, gold in texts], [rows(labels) for labels, _ in texts], tags=list(CLASSES), loader="dict"
    ).evaluate()["overall"]
    names = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
    for scheme, name in names.items():
        ours = [m.compare(labels, gold)[scheme] for labels, gold in texts]
        sums = Tally(*np.sum(ours, axis=0).tolist())
        their = theirs[name]
        assert sums == (their.correct, their.incorrect, their.partial, their.missed, their.spurious), scheme
        assert sums.f1 == pytest.approx(their.f1), scheme


def test_f1_of_two_annotators() -> None:
    first = [[Marked(0, 4, "person"), Marked(9, 12, "place")], [Marked(3, 5, "place")]]
    second = [[Marked(0, 4, "person")], [Marked(3, 6, "place")]]
    assert m.agreement(first, second) == m.agreement(second, first) == pytest.approx(2 * 1 / 5)
    assert m.agreement(first, second, scheme="partial") == pytest.approx(2 * 1.5 / 5)
    assert m.agreement([[]], [[]]) == 1
    with pytest.raises(ValueError, match="2 and 1"):
        m.agreement(first, second[:1])
    with pytest.raises(ValueError, match="'lax' is none of strict"):
        m.agreement(first, second, scheme="lax")


def test_kappa_approaches_f1_as_the_unmarked_grows() -> None:
    # Hripcsak and Rothschild 2005: both mark 30, of which 20 are the same; the rest of the text grows.
    from goldlabel.metrics.choices import cohen_kappa

    both, one = 20, 10
    f1 = float(m.f1(both, both + one, both + one))
    gaps = [f1 - float(cohen_kappa([[both, one], [one, unmarked]])) for unmarked in (10, 100, 1000, 100_000)]
    assert gaps == sorted(gaps, reverse=True)
    assert 0 < gaps[-1] < 1e-3


@given(st.floats(0, 1), st.floats(0, 1))
def test_f_beta(precision: float, recall: float) -> None:
    score = float(m.f_beta(precision, recall, 2))
    assert min(precision, recall) - 1e-12 <= score <= max(precision, recall) + 1e-12
    if precision and recall:
        assert float(m.f_beta(precision, recall, 1)) == pytest.approx(2 / (1 / precision + 1 / recall), rel=1e-6)
    assert float(m.f_beta(0, 0, 2)) == 0
    assert float(m.f_beta(0.5, 1, 2)) == pytest.approx(5 * 0.5 / 3), "Presidio's beta: recall counts four times"


def test_f_beta_equals_scikit_learn() -> None:
    from sklearn.metrics import fbeta_score, precision_score, recall_score

    random = np.random.default_rng(2)
    true, said = random.integers(0, 2, 200), random.integers(0, 2, 200)
    ours = float(m.f_beta(precision_score(true, said), recall_score(true, said), 2))
    assert ours == pytest.approx(fbeta_score(true, said, beta=2))
