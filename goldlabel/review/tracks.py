"""Review of tracks: is every object boxed in every frame, by one track of its own from its first frame to its last?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldlabel.annotations import Gold, Item, ItemLabels, LabelSet
from goldlabel.metrics.identity import hota, identity, identity_pairs
from goldlabel.metrics.tracking import Moment, clear_mot
from goldlabel.review.figures import Figure, Tallies, measured, reviewed, spread
from goldlabel.review.findings import Finding, ItemReview, Measure, Pair, Review
from goldlabel.review.rubric import TrackRubric
from goldlabel.review.track_scene import ClipScene, clip_scene, gold_tracks, usable_tracks
from goldlabel.review.track_sentences import TrackReporter

__all__ = ["review_tracks"]

Floats = NDArray[np.float64]

_GOLD, _MATCHES, _EXTRA, _SWITCHES, _FRAGMENTS, _OVERLAP, _ID_RIGHT, _YOURS, _OBJECTS = range(9)
_COLUMNS = 9

_MOST = 0.5
"""An object is found when one track of its class follows it in this share of the frames that count."""


def review_tracks(
    labels: LabelSet, gold: Gold, rubric: TrackRubric, *, items: Sequence[Item], classes: Sequence[str]
) -> Review:
    """Judge the tracks of ``items``.

    Args:
        labels: What the learner followed. Items that are not in ``items`` are ignored; a track that cannot be judged
            is told and left out.
        gold: Must hold every item in ``items``: one keyframe a frame, with the share of the object that is seen.
        rubric: How to judge.
        items: The clips that count; one without any label counts as all missing.
        classes: Class names of the ontology, in its order.

    Returns:
        The review; ``decisions`` counts objects. With nothing to follow and nothing followed the score is 1.

    Raises:
        GoldError: An item has no gold, or its gold cannot be judged by.
    """
    tallies = Tallies()
    reviews: dict[str, ItemReview] = {}
    counts = np.zeros((len(items), _COLUMNS))
    together: list[Moment] = []
    offset = (0, 0)
    for row, item in enumerate(items):
        findings: list[Finding] = []
        labelled = labels.of(item.id)
        yours = usable_tracks(labelled.annotations, item, classes, findings)
        scene = clip_scene(yours, gold_tracks(gold, item, classes, rubric), item, rubric)
        clip = scene.of_one_class()
        counts[row] = _counts(scene, clip, rubric)
        findings += TrackReporter(scene, rubric).findings(labelled=labelled.labelled)
        reviews[item.id] = _item_review(scene, labelled, findings, float(_score(counts[row], rubric)), rubric)
        _tally(scene, clip, rubric, tallies)
        # All clips one after another, with ids of their own: HOTA is no sum over clips.
        together += [
            Moment([k + offset[0] for k in one.yours], [k + offset[1] for k in one.gold], one.overlap) for one in clip
        ]
        offset = offset[0] + len(scene.yours), offset[1] + len(scene.gold)
    return reviewed(
        "tracks",
        labels,
        gold,
        rubric,
        counts=counts,
        score=lambda sums: _score(sums, rubric),
        measures=_measures(counts, together, rubric),
        items=reviews,
        decisions=counts[:, _OBJECTS].sum(),
        classes=tallies.rows(classes),
    )


def _counts(scene: ClipScene, clip: Sequence[Moment], rubric: TrackRubric) -> Floats:
    """The components of every figure."""
    clear, ids = clear_mot(clip, rubric.match_at), identity(clip, rubric.match_at)
    objects = sum(bool(one.boxes) for one in scene.gold)
    return np.array(
        [
            clear.gold,
            clear.matches,
            clear.extra,
            clear.switches,
            clear.fragments,
            clear.overlap,
            ids.right,
            ids.yours,
            objects,
        ],
        dtype=np.float64,
    )


def _score(counts: Floats, rubric: TrackRubric) -> Floats:
    """Score of counts ``(..., 9)``, in 0 to 1: the weighted mean of IDF1, MOTA and tightness."""
    span = rubric.tight_full - rubric.tight_from
    tightness = np.clip((_motp(counts) - rubric.tight_from) / span, 0, 1) * _recall(counts)
    rest = 1 - rubric.identity_weight - rubric.boxes_weight
    return (
        rubric.identity_weight * _idf1(counts) + rubric.boxes_weight * np.clip(_mota(counts), 0, 1) + rest * tightness
    )


def _ratio(part: Floats, whole: Floats, empty: Floats | float) -> Floats:
    result: Floats = np.divide(part, whole, out=np.asarray(empty + np.zeros(np.shape(whole))), where=whole > 0)
    return result


def _nothing(counts: Floats) -> Floats:
    """1 where there is neither gold nor a label, else 0."""
    return np.asarray((counts[..., _GOLD] + counts[..., _YOURS]) == 0, dtype=np.float64)


def _idf1(counts: Floats) -> Floats:
    return _ratio(2 * counts[..., _ID_RIGHT], counts[..., _YOURS] + counts[..., _GOLD], 1.0)


def _mota(counts: Floats) -> Floats:
    faults = counts[..., _GOLD] - counts[..., _MATCHES] + counts[..., _EXTRA] + counts[..., _SWITCHES]
    return _ratio(counts[..., _GOLD] - faults, counts[..., _GOLD], _nothing(counts))


def _motp(counts: Floats) -> Floats:
    return _ratio(counts[..., _OVERLAP], counts[..., _MATCHES], _nothing(counts))


def _recall(counts: Floats) -> Floats:
    return _ratio(counts[..., _MATCHES], counts[..., _GOLD], _nothing(counts))


def _switches(counts: Floats) -> Floats:
    return _ratio(counts[..., _SWITCHES], counts[..., _OBJECTS], 0.0)


def _fragments(counts: Floats) -> Floats:
    return _ratio(counts[..., _FRAGMENTS], counts[..., _OBJECTS], 0.0)


def _measures(counts: Floats, clip: Sequence[Moment], rubric: TrackRubric) -> tuple[Measure, ...]:
    total = counts.sum(axis=0)
    matches, gold, yours = total[_MATCHES], total[_GOLD], total[_YOURS]
    precision = float(matches / yours) if yours else float(not gold)
    titles = (
        ("idf1", "IDF1: boxes whose track keeps to one object", _idf1),
        ("mota", "MOTA: 1 less what was missed, too much, or switched", _mota),
        ("motp", "MOTP: mean overlap of boxes that follow an object", _motp),
        ("switches", "Identity switches for every object: lower is better", _switches),
        ("fragments", "Times that an object was lost and found again, for every object: lower is better", _fragments),
    )
    figures: list[Figure] = [
        (name, title, float(statistic(total)), spread(counts, statistic)) for name, title, statistic in titles
    ]
    figures[2:2] = [("hota", "HOTA: finding the objects and keeping to them, in one figure", hota(clip).hota, None)]
    figures[4:4] = [
        # Boxes of neighbouring frames are no decisions of their own, so these have no interval of a proportion.
        ("recall", "Recall: boxes of objects that you followed", float(_recall(total)), spread(counts, _recall)),
        ("precision", "Precision: boxes of yours that follow an object", precision, None),
    ]
    return measured(figures, rubric)


def _tally(scene: ClipScene, clip: Sequence[Moment], rubric: TrackRubric, tallies: Tallies) -> None:
    """Objects and tracks by class."""
    pairs, blind = identity_pairs(clip, rubric.match_at), identity_pairs(scene.clip, rubric.match_at)
    for number, true in enumerate(scene.gold):
        if not true.boxes:
            continue
        name = true.label.label
        tallies.gold[name] += 1
        tallies.found[name] += number in pairs and pairs[number][1] >= _MOST * len(true.boxes)
        tallies.confused[name] += number in blind and scene.yours[blind[number][0]].label.label != name
    tallies.labelled.update(one.label.label for k, one in enumerate(scene.yours) if not _set_aside(scene, k))


def _set_aside(scene: ClipScene, k: int) -> bool:
    """Whether a track of yours says nothing that counts."""
    return all((k, frame) in scene.dropped for frame in scene.yours[k].boxes)


def _item_review(
    scene: ClipScene, labelled: ItemLabels, findings: Sequence[Finding], score: float, rubric: TrackRubric
) -> ItemReview:
    pairs = []
    for number, (k, _) in sorted(identity_pairs(scene.clip, rubric.match_at).items()):
        mine, true = scene.yours[k].label, scene.gold[number].label
        overlaps = [overlap for follower, overlap in scene.followers(number).values() if follower == k]
        mean = sum(overlaps) / len(overlaps) if overlaps else 0.0
        pairs.append(Pair(mine.id, true.id, mean, mine.label == true.label))
    return ItemReview(
        item=scene.item.id,
        score=score,
        labelled=labelled.labelled,
        pairs=tuple(pairs),
        covered=tuple(one.label.id for k, one in enumerate(scene.yours) if _set_aside(scene, k)),
        findings=tuple(findings),
    )
