"""Tracking, by hand, against motmetrics and against TrackEval's numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldlabel.metrics.identity import Hota, Identity, hota, identity, identity_pairs
from goldlabel.metrics.tracking import Clear, Moment, clear_mot, follow, moments

Boxes = dict[int, tuple[float, float, float, float]]


def still(*frames: int, x: float = 0.0) -> Boxes:
    return dict.fromkeys(frames, (x, 0.0, x + 10, 10.0))


def moving_clip(seed: int, frames: int = 40, count: int = 5) -> list[Moment]:
    """Objects that drift, and a tracker that shakes, loses them, and now and then begins a new track."""
    random = np.random.default_rng(seed)
    gold: list[Boxes] = []
    yours: list[Boxes] = []
    for _ in range(count):
        place, speed = random.uniform(0, 60, 2), random.normal(0, 1.5, 2)
        first, last = sorted(random.integers(0, frames, 2))
        whole = {f: (*(place + speed * f), *(place + speed * f + 20)) for f in range(first, last + 1)}
        gold.append({f: box for f, box in whole.items() if random.random() > 0.1})
    for boxes in gold:
        current: Boxes = {}
        for frame, box in boxes.items():
            if random.random() < 0.08:
                yours.append(current)
                current = {}
            if random.random() < 0.9:
                current[frame] = tuple(np.array(box) + random.normal(0, 2, 4))
        yours.append(current)
    order = sorted(range(len(yours)), key=lambda _: random.random())
    return moments([yours[k] for k in order if yours[k]], gold, range(frames))


# --- by hand -----------------------------------------------------------------------------------------------------


def test_a_perfect_clip() -> None:
    tracks = [still(0, 1, 2), still(1, 2, x=50)]
    clip = moments(tracks, tracks, range(3))
    assert clear_mot(clip) == Clear(gold=5, matches=5, overlap=5.0)
    assert clear_mot(clip).mota == clear_mot(clip).motp == identity(clip).f1 == 1.0
    assert hota(clip) == Hota(1.0, 1.0, 1.0, 1.0)


def test_an_identity_switch_by_hand() -> None:
    # gold  a a a a a a
    # yours 1 1 1 1 2 2
    clip = moments([still(0, 1, 2, 3), still(4, 5)], [still(0, 1, 2, 3, 4, 5)], range(6))
    counts = clear_mot(clip)
    assert (counts.matches, counts.switches, counts.fragments, counts.extra) == (6, 1, 0, 0)
    assert counts.mota == pytest.approx(5 / 6)
    assert follow(clip)[4].switches == {0: 0}
    # Only the longer part counts for identity.
    assert identity(clip) == Identity(right=4, yours=6, gold=6)
    assert identity_pairs(clip) == {0: (0, 4)}
    # Every box is found; a box of the first part shares 4 of 6 frames with its gold track, of the second 2 of 6.
    by_hand = (4 * 4 / 6 + 2 * 2 / 6) / 6
    assert hota(clip) == pytest.approx(Hota(by_hand**0.5, 1.0, by_hand, 1.0))


def test_fragments_leave_out_what_is_not_to_be_seen() -> None:
    # gold  a a a . . a a
    # yours 1 . 1 . . . 1
    clip = moments([still(0, 2, 6)], [still(0, 1, 2, 5, 6)], range(7))
    assert clear_mot(clip).fragments == 2
    assert clear_mot(clip).switches == 0
    assert clear_mot(clip).missed == 2
    never_lost = moments([still(0, 1, 5, 6)], [still(0, 1, 5, 6)], range(7))
    assert clear_mot(never_lost).fragments == 0


def test_a_pair_goes_on_even_if_another_one_is_closer() -> None:
    # In frame 1 the second track of yours lies exactly on the object, the first one a little off.
    clip = moments([{0: (0, 0, 10, 10), 1: (2, 0, 12, 10)}, {1: (0, 0, 10, 10)}], [still(0, 1)], range(2))
    counts = clear_mot(clip)
    assert (counts.switches, counts.extra) == (0, 1)
    assert counts.motp == pytest.approx((1 + 8 / 12) / 2)


def test_hota_by_hand_with_a_loose_box() -> None:
    # One object, two frames; the box of frame 1 has an IoU of 0.5: it is found at the ten overlaps up to 0.5.
    clip = moments([{0: (0, 0, 10, 10), 1: (0, 0, 10, 5)}], [still(0, 1)], range(2))
    # Up to 0.5: all is right. Above: one pair of three boxes; it shares 1 of 2 + 2 - 1 frames.
    assert hota(clip) == pytest.approx(
        Hota((10 * 1 + 9 * 1 / 3) / 19, (10 * 1 + 9 / 3) / 19, (10 * 1 + 9 / 3) / 19, (10 * 0.75 + 9 * 1.0) / 19)
    )


def test_nothing_on_a_side() -> None:
    nothing: list[Moment] = []
    empty, only_gold, only_yours = (
        nothing,
        moments([], [still(0)], range(1)),
        moments([still(0)], [], range(1)),
    )
    assert clear_mot(empty).mota == clear_mot(empty).motp == identity(empty).f1 == hota(empty).hota == 1.0
    assert identity(empty).precision == identity(empty).recall == 1.0
    for clip in (only_gold, only_yours):
        assert clear_mot(clip).mota == clear_mot(clip).motp == identity(clip).f1 == hota(clip).hota == 0.0
        assert identity(clip).precision == identity(clip).recall == 0.0
    # More faults than boxes: below 0.
    many = moments([still(0, x=100), still(0, x=200)], [still(0)], range(1))
    assert clear_mot(many).mota == -2.0


def test_clips_add_up() -> None:
    one, other = moving_clip(1), moving_clip(2)
    both = clear_mot(one).plus(clear_mot(other))
    assert both.gold == clear_mot(one).gold + clear_mot(other).gold
    assert both.mota == pytest.approx(1 - (both.missed + both.extra + both.switches) / both.gold)
    assert identity(one).plus(identity(other)).right == identity(one).right + identity(other).right


# --- properties --------------------------------------------------------------------------------------------------


@given(st.integers(0, 10_000))
def test_bounds_and_relations(seed: int) -> None:
    clip = moving_clip(seed, frames=15, count=3)
    counts, ids, figure = clear_mot(clip), identity(clip), hota(clip)
    assert counts.mota <= 1
    assert 0 <= counts.matches <= counts.gold
    assert ids.right <= counts.matches
    assert all(0 <= part <= 1 + 1e-12 for part in (counts.motp, ids.f1, *figure))
    # IDF1, and the parts of HOTA, are the same both ways.
    turned = [Moment(m.gold, m.yours, m.overlap.T) for m in clip]
    assert identity(turned).f1 == pytest.approx(ids.f1)
    assert hota(turned) == pytest.approx(figure)


@given(st.integers(0, 10_000), st.randoms())
def test_names_and_order_do_not_matter(seed: int, random) -> None:
    clip = moving_clip(seed, frames=15, count=3)
    count = 1 + max((k for m in clip for k in m.yours), default=0)
    names = random.sample(range(count + 3), count)
    other = []
    for m in clip:
        order = random.sample(range(len(m.yours)), len(m.yours))
        other.append(Moment([names[m.yours[k]] for k in order], m.gold, m.overlap[order]))
    assert clear_mot(other)._replace(overlap=0) == clear_mot(clip)._replace(overlap=0)
    assert identity(other) == identity(clip)
    assert hota(other) == pytest.approx(hota(clip))


# --- other libraries ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library():
    # motmetrics 1.4.0 was written for NumPy 1.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(np, "asfarray", lambda a, dtype=np.float64: np.asarray(a, dtype=dtype), raising=False)
        yield pytest.importorskip("motmetrics")


def mot_challenge(path: Path) -> list[Boxes]:
    """Tracks of a file of the MOT benchmark: frame, id, left, top, width, height, confidence ..."""
    rows = np.loadtxt(path, delimiter=",")
    tracks: dict[float, Boxes] = {}
    for frame, name, x, y, width, height, *_ in rows:
        tracks.setdefault(name, {})[int(frame)] = (x, y, x + width, y + height)
    return list(tracks.values())


@pytest.mark.parametrize(
    ("name", "printed", "scored_by_trackeval"),
    [
        ("TUD-Campus", (55.8, 52.6, 13, 150, 7, 7), (0.391397437845, 0.418047030143, 0.369120681208, 0.770052227022)),
        (
            "TUD-Stadtmitte",
            (64.5, 56.4, 45, 452, 7, 6),
            (0.397849016993, 0.39226757237, 0.408840751811, 0.737521177178),
        ),
    ],
)
def test_the_clips_of_the_mot_benchmark(library, name: str, printed: tuple, scored_by_trackeval: tuple) -> None:
    """The numbers that motmetrics prints in its README, and those of TrackEval 1.3.0 on the same boxes."""
    folder = Path(library.__file__).parent / "data" / name
    yours, gold = mot_challenge(folder / "test.txt"), mot_challenge(folder / "gt.txt")
    clip = moments(yours, gold, sorted({frame for boxes in (*yours, *gold) for frame in boxes}))
    counts, ids = clear_mot(clip), identity(clip)
    assert (
        round(100 * ids.f1, 1),
        round(100 * counts.mota, 1),
        counts.extra,
        counts.missed,
        counts.switches,
        counts.fragments,
    ) == printed
    assert hota(clip) == pytest.approx(scored_by_trackeval, abs=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_equal_to_motmetrics(library, seed: int) -> None:
    clip = moving_clip(seed)
    record = library.MOTAccumulator(auto_id=True)
    for moment in clip:
        distance = 1 - moment.overlap.T
        record.update(moment.gold, moment.yours, np.where(distance > 0.5, np.nan, distance))
    names = ["idf1", "idp", "idr", "mota", "motp", "num_switches", "num_fragmentations", "num_misses"]
    theirs = library.metrics.create().compute(record, metrics=names).iloc[0]
    counts, ids = clear_mot(clip), identity(clip)
    ours = (
        ids.f1,
        ids.precision,
        ids.recall,
        counts.mota,
        1 - counts.motp,
        counts.switches,
        counts.fragments,
        counts.missed,
    )
    assert ours == pytest.approx(tuple(theirs[names]), abs=1e-12)


@pytest.mark.parametrize(
    ("seed", "theirs"),
    [
        (0, (0.499903560125, 0.598409023165, 0.419092483301, 0.778742354197)),
        (1, (0.642279166585, 0.657459755994, 0.634287615701, 0.807407210184)),
        (2, (0.595107635034, 0.641203349898, 0.55776888613, 0.774343745575)),
        (3, (0.543661999945, 0.665626851763, 0.445752998402, 0.784012723854)),
        (4, (0.65734966143, 0.674950662344, 0.643170472279, 0.792020488502)),
        (5, (0.493848015995, 0.655209659441, 0.375058359512, 0.77777858513)),
    ],
)
def test_equal_to_trackeval(seed: int, theirs: tuple[float, ...]) -> None:
    """Printed by TrackEval 1.3.0 for the same clips; the library takes 600 MB, so that its numbers stand here."""
    assert hota(moving_clip(seed)) == pytest.approx(theirs, abs=1e-9)
