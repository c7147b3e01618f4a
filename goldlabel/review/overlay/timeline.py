"""A recording as a timeline: a lane a class or speaker, yours over gold, and what is wrong between them.

Verdicts are told by colour, by the line of the frame and by a sign. The text has the colour of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import msgspec

from goldlabel.annotations import Annotation, Item, ItemGold, Segment, only
from goldlabel.metrics.diarization import diarize
from goldlabel.review.findings import ItemReview
from goldlabel.review.moments import from_to, moment
from goldlabel.review.overlay.style import LEGEND
from goldlabel.review.overlay.text_marks import VERDICTS, Look, framed
from goldlabel.review.rubric_sound import SegmentRubric
from goldlabel.review.segment_labels import usable_segments
from goldlabel.review.speakers import turns_of
from goldlabel.review.wording import plain

__all__ = ["Bar", "Lane", "segments_overlay", "timeline"]

_WIDTH, _LEFT, _RIGHT = 940, 148, 22
_ROW, _BAR, _HEAD, _GAP = 22, 18, 26, 12
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
_MOST_TICKS = 16
_MOST_BARS = 600
"""More bars cannot be told apart; a label file with ten thousand of them still gives a page that opens."""

_DASHES: Mapping[str, str] = {
    "right": "",
    "boundary": "9 4",
    "confused": "8 3 2 3",
    "extra": "2 4",
    "missed": "12 6",
    "aside": "1 5",
}
_PATCHED: Mapping[str, str] = {"missed": "missed", "false_alarm": "extra", "confused": "confused"}
_SHOWN = ("right", "boundary", "confused", "extra", "missed", "aside")


class Bar(msgspec.Struct, frozen=True):
    """One stretch on a lane.

    Attributes:
        start, end: In seconds.
        verdict: Key of the legend: ``right``, ``boundary``, ``confused``, ``extra``, ``missed`` or ``aside``; empty
            for a stretch that is judged piece by piece.
        text: Stands on it where there is room.
    """

    start: float
    end: float
    verdict: str
    text: str = ""


class Lane(msgspec.Struct, frozen=True):
    """A class or a speaker.

    Attributes:
        name: For people.
        color: ``#rrggbb``.
        yours: The learner's stretches.
        gold: Those of gold.
        wrong: What is wrong, drawn between the two; where verdicts do not belong to whole stretches.
        note: Stands under the name.
    """

    name: str
    color: str
    yours: tuple[Bar, ...]
    gold: tuple[Bar, ...]
    wrong: tuple[Bar, ...] = ()
    note: str = ""


def segments_overlay(
    item: Item,
    labels: Sequence[Annotation],
    gold: ItemGold,
    review: ItemReview,
    *,
    rubric: SegmentRubric,
    colors: Mapping[str, str],
) -> str:
    """The timeline of a judged recording, with its legend.

    Args:
        item: The recording.
        labels: The learner's labels.
        gold: All gold of the item.
        review: The verdicts.
        rubric: How it was judged.
        colors: ``#rrggbb`` by class name.
    """
    yours = usable_segments(labels, item, list(colors), [], task="segments")
    true = sorted(only(gold.annotations, Segment), key=lambda one: one.start)
    if rubric.scheme == "speakers":
        lanes = _speaker_lanes(yours, true, rubric, colors)
    else:
        lanes = _sound_lanes(yours, true, review, colors)
    used = {bar.verdict for lane in lanes for bar in (*lane.yours, *lane.gold, *lane.wrong)}
    numbers = [(n, one.seconds) for n, one in enumerate(review.findings, start=1) if one.seconds]
    wrong = "wrong speaker" if rubric.scheme == "speakers" else VERDICTS["confused"].meaning
    return framed(timeline(item, lanes, numbers), _legend(used, wrong))


def timeline(item: Item, lanes: Sequence[Lane], numbers: Sequence[tuple[int, tuple[float, float]]] = ()) -> str:
    """Lanes over an axis of seconds as one SVG; ``numbers`` of findings stand over the stretches they speak of."""
    last = item.seconds or max((bar.end for lane in lanes for bar in (*lane.yours, *lane.gold)), default=1.0)
    scale = (_WIDTH - _LEFT - _RIGHT) / last
    top = _HEAD
    parts: list[str] = []
    for lane in lanes:
        parts.append(_lane(lane, top, scale))
        top += 2 * _ROW + (10 if lane.wrong else 0) + _GAP
    axis = _axis(last, top, scale)
    flags = _flags(numbers, scale)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 24}" role="img" '
        f'aria-label="Timeline of {escape(item.id)}: yours over gold, a lane a class" '
        'style="display:block;width:100%;max-width:940px;height:auto;font-family:system-ui,sans-serif">'
        f"{axis}{''.join(parts)}{flags}</svg>"
    )


def _lane(lane: Lane, top: float, scale: float) -> str:
    second = top + _ROW + (10 if lane.wrong else 0)
    names = (
        f'<rect x="0" y="{top + 4}" width="10" height="10" rx="2" fill="{escape(lane.color)}" stroke="currentColor" '
        f'stroke-opacity=".5"/><text x="16" y="{top + 13}" font-size="13" font-weight="600" fill="currentColor">'
        f"{escape(lane.name)}</text>"
        f'<text x="16" y="{second + 13}" font-size="11" fill="currentColor">{escape(lane.note)}</text>'
        f'<text x="{_LEFT - 8}" y="{top + 13}" font-size="11" text-anchor="end" fill="currentColor">yours</text>'
        f'<text x="{_LEFT - 8}" y="{second + 13}" font-size="11" text-anchor="end" fill="currentColor">gold</text>'
    )
    bars = [_bar(one, lane.color, top, scale) for one in lane.yours[:_MOST_BARS]]
    bars += [_patch(one, top + _ROW - 1, scale) for one in lane.wrong[:_MOST_BARS]]
    bars += [_bar(one, lane.color, second, scale) for one in lane.gold[:_MOST_BARS]]
    return f"{names}{''.join(bars)}"


def _bar(bar: Bar, color: str, top: float, scale: float) -> str:
    look = VERDICTS[bar.verdict] if bar.verdict else Look(color, "")
    x, width = _LEFT + scale * bar.start, max(3.0, scale * (bar.end - bar.start))
    text = f"{look.sign} {bar.text}".strip() if width > 9 * len(bar.text) + 20 else look.sign if width > 16 else ""
    said = escape(", ".join(filter(None, (bar.text or look.meaning, from_to(bar.start, bar.end)))))
    return (
        f'<g><title>{said}</title><rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}" rx="3" '
        f'fill="{escape(color)}" fill-opacity=".3" stroke="{look.color}" stroke-width="2.4" '
        f'stroke-dasharray="{_DASHES.get(bar.verdict, "")}"/>'
        f'<text x="{x + 4:.1f}" y="{top + 13}" font-size="12" fill="currentColor">{escape(text)}</text></g>'
    )


def _patch(bar: Bar, top: float, scale: float) -> str:
    """A stretch that is wrong, as a thin bar between the two."""
    look = VERDICTS[bar.verdict]
    x, width = _LEFT + scale * bar.start, max(2.5, scale * (bar.end - bar.start))
    sign = ""
    if width > 14:
        at = f'x="{x + width / 2:.1f}" y="{top + 8}" text-anchor="middle"'
        sign = f'<text {at} font-size="10" font-weight="700" fill="#000">{look.sign}</text>'
    return (
        f"<g><title>{escape(f'{look.meaning}, {from_to(bar.start, bar.end)}')}</title>"
        f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="9" fill="{look.color}" '
        f'stroke="currentColor" stroke-width="1" stroke-dasharray="{_DASHES[bar.verdict]}"/>{sign}</g>'
    )


def _axis(last: float, bottom: float, scale: float) -> str:
    step = next((one for one in _STEPS if last / one <= _MOST_TICKS), _STEPS[-1])
    count = min(int(last / step), 10 * _MOST_TICKS)
    parts = [
        f'<line x1="{_LEFT + scale * k * step:.1f}" y1="{_HEAD - 4}" x2="{_LEFT + scale * k * step:.1f}" '
        f'y2="{bottom}" stroke="currentColor" stroke-opacity=".16"/>'
        f'<text x="{_LEFT + scale * k * step:.1f}" y="{bottom + 15}" font-size="11" text-anchor="middle" '
        f'fill="currentColor">{_tick(k * step)}</text>'
        for k in range(count + 1)
    ]
    return "".join(parts)


def _tick(time: float) -> str:
    return f"{time:.3g} s" if time < 60 else moment(time)


def _flags(numbers: Sequence[tuple[int, tuple[float, float]]], scale: float) -> str:
    """The numbers of the findings, side by side where they would cover each other."""
    parts, last = [], 0.0
    for number, stretch in sorted(numbers, key=lambda one: one[1])[:_MOST_BARS]:
        x = max(_LEFT + scale * (stretch[0] + stretch[1]) / 2, last + 20)
        last = x
        parts.append(
            f'<circle cx="{x:.1f}" cy="11" r="9" fill="none" stroke="currentColor" stroke-width="1.4"/>'
            f'<text x="{x:.1f}" y="15" font-size="11" font-weight="600" text-anchor="middle" fill="currentColor">'
            f"{number}</text>"
        )
    return "".join(parts)


def _sound_lanes(
    yours: Sequence[Segment], gold: Sequence[Segment], review: ItemReview, colors: Mapping[str, str]
) -> list[Lane]:
    off = {one.label for one in review.findings if one.kind == "boundary"}
    pairs = {pair.label: pair for pair in review.pairs}
    true = {one.id: one for one in gold}
    mine: dict[str, list[Bar]] = {}
    for one in yours:
        pair = pairs.get(one.id)
        verdict, text = "extra", ""
        if one.id in review.covered:
            verdict = "aside"
        elif pair is not None and not pair.same_class:
            verdict, text = "confused", f"→ {plain(true[pair.gold].label)}"
        elif pair is not None:
            verdict = "boundary" if one.id in off else "right"
        mine.setdefault(one.label, []).append(Bar(one.start, one.end, verdict, text))
    verdicts = {
        pair.gold: "confused" if not pair.same_class else "boundary" if pair.label in off else "right"
        for pair in review.pairs
    }
    there: dict[str, list[Bar]] = {}
    for one in gold:
        verdict = "aside" if one.difficult else verdicts.get(one.id, "missed")
        there.setdefault(one.label, []).append(Bar(one.start, one.end, verdict))
    return [
        Lane(plain(name), color, tuple(mine.get(name, ())), tuple(there.get(name, ())))
        for name, color in colors.items()
        if name in mine or name in there
    ]


def _speaker_lanes(
    yours: Sequence[Segment],
    gold: Sequence[Segment],
    rubric: SegmentRubric,
    colors: Mapping[str, str],
) -> list[Lane]:
    """A lane a voice; in which turns of yours, whatever they are called, stand over those of gold."""
    scored = [one for one in gold if not one.difficult]
    found = diarize(
        turns_of(scored),
        turns_of(yours),
        collar=rubric.collar,
        skip_overlap=rubric.skip_overlap,
        left_out=[(one.start, one.end) for one in gold if one.difficult],
    )
    wrong: dict[str, list[Bar]] = {}
    for piece in found.pieces:
        bar = Bar(piece.start, piece.end, _PATCHED[piece.kind])
        hands = [found.mapping.get(hand, f"hand {hand}") for hand in piece.said]
        for key in (*(piece.true if piece.kind != "false_alarm" else ()), *hands):
            wrong.setdefault(key, []).append(bar)
    lanes = []
    hand_of = {speaker: hand for hand, speaker in found.mapping.items()}
    for name, color in colors.items():
        there = [one for one in gold if one.label == name]
        if there:
            hand = hand_of.get(name, "")
            note = f"you: {plain(hand)}" if hand and hand != name else "" if hand else "not marked"
            lanes.append(
                Lane(
                    plain(name),
                    color,
                    tuple(_plain_bars([one for one in yours if one.label == hand])),
                    tuple(_plain_bars(there)),
                    tuple(wrong.get(name, ())),
                    note,
                )
            )
    for name, color in colors.items():
        mine = [one for one in yours if one.label == name and name not in found.mapping]
        if mine:
            bars = tuple(_plain_bars(mine))
            lanes.append(Lane(plain(name), color, bars, (), tuple(wrong.get(f"hand {name}", ())), "only yours"))
    return lanes


def _plain_bars(segments: Iterable[Segment]) -> Iterable[Bar]:
    """Turns without a verdict of their own: what is wrong stands between the two sides."""
    return (Bar(one.start, one.end, "aside" if one.difficult else "") for one in segments)


def _legend(used: set[str], confused: str) -> str:
    samples = "".join(
        '<span style="display:inline-flex;align-items:center;gap:6px;margin-right:16px">'
        f'<svg width="34" height="14" aria-hidden="true"><rect x="2" y="2" width="30" height="10" rx="3" '
        f'fill="{LEGEND["aside"].color}" fill-opacity=".3" stroke="{VERDICTS[name].color}" stroke-width="2.4" '
        f'stroke-dasharray="{_DASHES[name]}"/></svg>{VERDICTS[name].sign} '
        f"{confused if name == 'confused' else VERDICTS[name].meaning}</span>"
        for name in _SHOWN
        if name in used
    )
    return f'<div style="font-size:13px;line-height:1.9">{samples}</div>' if samples else ""
