"""Spans and relations: what their labellers tell the browser, save, mend and refuse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goldlabel.annotations import Annotation, Box, Relation, Span
from goldlabel.errors import StoreError
from goldlabel.exercises import find_exercise
from goldlabel.store import LabelStore
from goldlabel.widgets.base import Labeller
from goldlabel.widgets.play import play
from goldlabel.widgets.registry import LABELLERS, make_labeller
from goldlabel.workbench import Exercise
from tests.widgets.tiny import COLORS, NAMES, STORIES, make_texts

TASKS = {"tiny-spans": "spans", "tiny-private": "spans", "tiny-relations": "relations"}
ITEMS = {"tiny-spans": "text-1", "tiny-private": "text-1", "tiny-relations": "text-4"}


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = make_texts(tmp_path / "datasets")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder))
    return folder


@pytest.fixture
def labeller(texts: Path, tmp_path: Path) -> Callable[[str], Labeller]:
    def make(exercise: str) -> Labeller:
        spec = find_exercise(exercise)
        return make_labeller(spec, spec.items(), LabelStore(tmp_path / "labels" / f"{exercise}.json", exercise))

    return make


@pytest.mark.parametrize("exercise", TASKS)
def test_the_exercise_opens_the_widget_of_its_task(texts: Path, tmp_path: Path, exercise: str) -> None:
    widget = Exercise.open(exercise, folder=tmp_path).label()
    assert isinstance(widget, LABELLERS[TASKS[exercise]])
    assert len(str(widget._esm)) > 20_000  # a bundle, not an empty file
    assert ".gl-piece" in str(widget._css)
    assert (".gl-arc" in str(widget._css)) == (exercise == "tiny-relations")


def test_the_browser_hears_what_is_hidden(labeller: Callable[[str], Labeller]) -> None:
    names, private = labeller("tiny-spans"), labeller("tiny-private")
    assert (names.exercise["redaction"], private.exercise["redaction"]) == (False, True)
    assert names.exercise["thing"] == "text"
    assert names.item["text"] in STORIES
    assert list(names.item["given"]) == []
    assert names.media == b""


def test_the_browser_hears_what_relations_may_join(labeller: Callable[[str], Labeller]) -> None:
    widget = labeller("tiny-relations")
    works_for, *_, knows = widget.exercise["classes"]
    assert (list(works_for["heads"]), list(works_for["tails"])) == (["person"], ["organisation"])
    assert (works_for["symmetric"], knows["symmetric"]) == (False, True)
    assert [(one["name"], one["color"]) for one in widget.exercise["given"]] == list(COLORS.items())
    words = {one["id"]: widget.item["text"][one["start"] : one["end"]] for one in widget.item["given"]}
    assert words == {name: words.rstrip(".") for name, _, words in NAMES}


SOUND: dict[str, Annotation] = {
    "tiny-spans": Span("a", "person", 3, 12, attributes={"sure": True}),
    "tiny-private": Span("a", "phone", 82, 94),
    "tiny-relations": Relation("a", "works_for", "n1", "n2"),
}


@pytest.mark.parametrize("exercise", SOUND)
def test_a_label_is_saved_as_it_is(labeller: Callable[[str], Labeller], exercise: str) -> None:
    widget = labeller(exercise)
    play(widget, {ITEMS[exercise]: [SOUND[exercise]]})
    assert widget.annotations(ITEMS[exercise]) == (SOUND[exercise],)


def test_nested_overlapping_and_equal_spans_are_saved(labeller: Callable[[str], Labeller]) -> None:
    widget = labeller("tiny-spans")
    spans = [
        Span("a", "person", 0, 12),
        Span("b", "person", 3, 12),
        Span("c", "place", 8, 19),
        Span("d", "organisation", 3, 12),
    ]
    play(widget, {"text-1": spans})
    assert widget.annotations("text-1") == tuple(spans)


def test_white_space_at_the_ends_goes_and_what_gold_alone_may_say(labeller: Callable[[str], Labeller]) -> None:
    widget = labeller("tiny-spans")
    play(widget, {"text-1": [Span("a", "person", 2, 13, accepted=("place",), alternatives=((0, 2),))], "text-2": [ZOE]})
    assert widget.annotations("text-1") == (Span("a", "person", 3, 12),)
    # Code points, not UTF-16 units: the emoji before it is four of them.
    (zoe,) = widget.annotations("text-2")
    assert isinstance(zoe, Span)
    assert STORIES[1][zoe.start : zoe.end] == "Zoe\u0308"


ZOE = Span("z", "person", 4, 10)
END = len(STORIES[0])
REFUSED: list[tuple[str, list[Annotation], str]] = [
    ("tiny-spans", [Box("a", "person", (1, 1, 2, 2))], "not a span"),
    ("tiny-spans", [Span("a", "ghost", 0, 2)], "ghost"),
    ("tiny-spans", [Span("a", "person", 0, 2), Span("a", "person", 3, 7)], "the same id"),
    ("tiny-spans", [Span("a", "person", 5, 3)], f"from 5 to 3, but the text has {END} characters"),
    ("tiny-spans", [Span("a", "person", 4, 4)], "nothing but white space"),
    ("tiny-spans", [Span("a", "person", 2, 3)], "nothing but white space"),
    ("tiny-spans", [Span("a", "person", -1, 3)], "from -1 to 3"),
    ("tiny-spans", [Span("a", "person", 0, END + 1)], f"the text has {END} characters"),
    ("tiny-relations", [Span("a", "person", 0, 4)], "not a relation"),
    ("tiny-relations", [Relation("a", "ghost", "n1", "n2")], "ghost"),
    ("tiny-relations", [Relation("a", "works_for", "n1", "n99")], "no name with the id 'n99'"),
    ("tiny-relations", [Relation("a", "knows", "n1", "n1")], "to itself"),
    ("tiny-relations", [Relation("a", "works_for", "n2", "n1")], "does not lead from 'organisation' to 'person'"),
    ("tiny-relations", [Relation("a", "knows", "n1", "n4"), Relation("a", "knows", "n4", "n1")], "the same id"),
]


@pytest.mark.parametrize(("exercise", "drawn", "says"), REFUSED)
def test_what_cannot_be_saved_is_a_sentence(
    labeller: Callable[[str], Labeller], exercise: str, drawn: list[Annotation], says: str
) -> None:
    widget = labeller(exercise)
    with pytest.raises(StoreError, match=says):
        play(widget, {ITEMS[exercise]: drawn})
    assert widget.annotations(ITEMS[exercise]) == ()


def test_the_still_picture_shows_the_text_with_its_marks(labeller: Callable[[str], Labeller]) -> None:
    widget = labeller("tiny-spans")
    play(widget, {"text-1": [Span("a", "person", 0, 12), Span("b", "organisation", 3, 12)]})
    html = widget._repr_mimebundle_()[0]["text/html"]
    assert "1 of 3 texts done, 2 spans" in html
    assert ">Dr </span>" in html
    assert html.count(">Anna Lind</span>") == 1  # the nested words stand there once
    assert html.count("<sub") == 2
    assert "> organisation</sub>" in html
    assert "Zoe" not in html  # a text without labels is left out


def test_the_still_picture_lists_the_relations(labeller: Callable[[str], Labeller]) -> None:
    widget = labeller("tiny-relations")
    play(widget, {"text-4": [Relation("a", "works_for", "n1", "n2", accepted=("knows",))]})
    assert widget.annotations("text-4") == (Relation("a", "works_for", "n1", "n2"),)
    html = widget._repr_mimebundle_()[0]["text/html"]
    assert "1 of 1 text done, 1 relation." in html
    assert "<li>Anna Lind &rarr; <b>works for</b> &rarr; Elmsford Water</li>" in html
