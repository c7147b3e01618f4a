"""A judged transcript: every line as it was written, with words that differ marked, and what the normaliser did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from goldlabel.annotations import Annotation, Item, ItemGold, ItemLabels, Segment, only
from goldlabel.metrics.normaliser import STEPS, normalise
from goldlabel.review.findings import Finding
from goldlabel.review.html import text_table
from goldlabel.review.moments import from_to
from goldlabel.review.overlay.text_marks import VERDICTS, Look, Mark, class_name, framed, marked_text, tag, text_legend
from goldlabel.review.quotes import capital
from goldlabel.review.rubric_sound import TranscriptRubric
from goldlabel.review.transcript_sides import Place, side_by_side, spelt
from goldlabel.review.transcripts import judged_segments

__all__ = ["transcript_overlay"]

_SHOWN = ("confused", "missed", "extra")
_MEANING = {"confused": "misheard; behind it what is said", "missed": "left out", "extra": "nobody says it"}


def transcript_overlay(
    item: Item,
    labels: Sequence[Annotation],
    gold: ItemGold,
    *,
    rubric: TranscriptRubric,
    colors: Mapping[str, str],
) -> str:
    """The transcript line by line, in order of gold, and what was made alike before words were compared.

    Args:
        item: The recording.
        labels: The learner's labels.
        gold: All gold of the item.
        rubric: Names the steps of the normaliser.
        colors: ``#rrggbb`` by speaker.
    """
    unread: list[Finding] = []
    true = sorted(only(gold.annotations, Segment), key=lambda one: (one.start, one.end))
    yours, _, true = judged_segments(ItemLabels(tuple(labels)), true, item, list(colors), unread)
    lines: list[tuple[float, str]] = []
    used: list[Look] = []
    for voice in side_by_side(yours, true, rubric):
        for segment, places in _lines(voice.places):
            text, marks = _marked(places)
            used += [one.look for one in marks]
            who = class_name(segment.label, colors)
            head = (
                f'<div style="font-size:12px;margin-top:6px">{capital(from_to(segment.start, segment.end))} · {who}'
                f"{'' if voice.true else ' (yours)'}</div>"
            )
            lines.append((segment.start, head + marked_text(text, marks)))
    body = "".join(html for _, html in sorted(lines, key=lambda one: one[0]))
    return framed(
        f"<div>{body}</div>" if body else "<p>Nothing is said, and nothing is written.</p>",
        _legend(used),
        _steps(yours, true, rubric),
    )


def _lines(places: Sequence[Place]) -> list[tuple[Segment, list[Place]]]:
    """Places by gold segment; words that were put in stand where the learner has them."""
    lines: list[tuple[Segment, list[Place]]] = []
    waiting: list[Place] = []
    for one in places:
        if one.of_true is not None:
            if not lines or lines[-1][0] is not one.of_true:
                lines.append((one.of_true, waiting))
                waiting = []
            lines[-1][1].append(one)
        elif lines:
            lines[-1][1].append(one)
        else:
            waiting.append(one)
    if waiting and waiting[0].of_said is not None:
        lines.append((waiting[0].of_said, waiting))
    return lines


def _marked(places: Sequence[Place]) -> tuple[str, list[Mark]]:
    """The words of a line with their marks: yours where there are any, else what is missing."""
    text = ""
    marks: list[Mark] = []
    before: tuple[object, object] = (None, None)
    for one in places:
        written, heard = spelt([one], true=False), spelt([one], true=True)
        here = (one.said and one.of_said and (one.of_said.id, one.said.start), one.true and one.true.start)
        if one.same and here[0] == before[0]:
            continue  # the second half of a short form that was written out
        before = here
        text += " " if text else ""
        start = len(text)
        text += written or heard
        if one.same:
            continue
        verdict = "confused" if one.true and one.said else "missed" if one.true else "extra"
        look = VERDICTS[verdict]
        if marks and marks[-1].look is look and marks[-1].end == start - 1 and verdict != "confused":
            start = marks.pop().start  # words side by side are one
        note = escape(heard.strip(" ,.;:!?")) if verdict == "confused" else ""
        marks.append(Mark(start, len(text), look, tag(look, note)))
    return text, marks


def _legend(used: Sequence[Look]) -> str:
    html = text_legend(_SHOWN, used)
    for name, meaning in _MEANING.items():
        html = html.replace(f"</span>{VERDICTS[name].meaning}</span>", f"</span>{meaning}</span>")
    return html


def _steps(yours: Sequence[Segment], gold: Sequence[Segment], rubric: TranscriptRubric) -> str:
    """Both texts as they were typed and after every step that changes one of them, folded away."""
    texts = [" ".join(one.text for one in side) for side in (yours, gold)]
    chosen = [name for name in STEPS if name in rubric.steps]
    rows: list[tuple[str, str, str]] = []
    for count in range(len(chosen) + 1):
        mine, true = (" ".join(one.word for one in normalise(text, chosen[:count])) for text in texts)
        if not rows or (mine, true) != rows[-1][1:]:
            rows.append((STEPS[chosen[count - 1]].title if count else "As it was typed", mine, true))
    off = [STEPS[name].title for name in STEPS if name not in chosen]
    left = f'<p style="margin:4px 0"><small>Not done here: {escape("; ".join(off))}.</small></p>' if off else ""
    return (
        '<details><summary style="cursor:pointer">What was made alike before the words were compared</summary>'
        f"{text_table(('Step', 'Yours', 'Gold'), rows)}{left}</details>"
    )
