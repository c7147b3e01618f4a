"""What a learner reads after an exam: how good, compared with what, what kind of fault, what to do next.

Exam gold stays hidden: faults are counted by kind, never located. One HTML fragment with inline styles and the
page's own colours, so that it reads well in nbgrader's page, light or dark, on paper, and without colour vision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from html import escape

from autograder.scoring import Scored
from goldlabel.errors import ExerciseError
from goldlabel.exercises import ExerciseSpec, find_exercise, known_exercises
from goldlabel.review import Review
from goldlabel.review.findings import KINDS
from goldlabel.review.html import classes_table, measures_table, score_bar
from goldlabel.review.wording import counted, noun

__all__ = ["exam_feedback", "practice_for"]

_HEADING = "margin:18px 0 4px;font-size:15px;font-weight:650"
_BOX = "border:1px solid currentColor;border-left-width:6px;border-radius:6px;padding:10px 14px;margin:10px 0"
_MARK = {"error": "✖ costs points", "warning": "▲ costs tightness", "format": "? was left out"}
_ON_TEXTS = ("spans", "relations")
"""Tasks on texts: they know no tightness, so a warning costs nothing."""


def exam_feedback(scored: Scored, spec: ExerciseSpec, *, earned: float, most: float) -> str:
    """The feedback on one exam.

    Args:
        scored: The verdict.
        spec: The exercise.
        earned: Points given.
        most: Points that could be had.

    Returns:
        An HTML fragment; everything that a learner wrote is escaped.
    """
    practice = practice_for(spec)
    if scored.review is None:
        body = _problem(scored)
        advice = _practice_line(practice)
    else:
        body = _judged(scored, scored.review, spec)
        advice = _next_steps(scored.review, spec, practice)
    return (
        '<div style="font-family:system-ui,sans-serif;font-size:14px;line-height:1.5;max-width:860px;margin:6px 0;'
        'padding:14px 20px;border:1px solid rgba(127,127,127,.55);border-radius:8px">'
        f'<p style="margin:0;font-size:18px;font-weight:650">{escape(spec.title)}</p>'
        f'<p style="margin:2px 0 8px">{earned:g} of {most:g} points</p>'
        f"{body}{advice}</div>"
    )


def practice_for(spec: ExerciseSpec) -> ExerciseSpec | None:
    """The practice exercise on the same data set and task, or None when there is none.

    Of several the one that the exam is named after comes first, then one of the same week.
    """
    others = []
    for name in known_exercises():
        # Another exercise whose description is broken must not cost this learner the feedback.
        with suppress(ExerciseError):
            others.append(find_exercise(name))
    fitting = [one for one in others if not one.exam and (one.dataset, one.task) == (spec.dataset, spec.task)]
    named = spec.id.removesuffix("-exam")
    return min(fitting, key=lambda one: (one.id != named, one.week != spec.week, one.id), default=None)


def _problem(scored: Scored) -> str:
    sentence = escape(scored.problem).replace("\n", "<br>")
    return (
        f'<div style="{_BOX}"><b>Your labels could not be judged.</b><br>{sentence}</div>'
        "<p>This says nothing about how well you label. Write to your instructor if the file looks right to you.</p>"
    )


def _judged(scored: Scored, judged: Review, spec: ExerciseSpec) -> str:
    hints = judged.hints(3)
    return "".join(
        (
            score_bar(judged.score, judged.level, spec.rubric.bars, judged.interval),
            _interval_line(judged),
            _list(scored.notes),
            f'<p style="{_HEADING}">How it was measured</p>',
            measures_table(judged.measures),
            f'<p style="{_HEADING}">Class by class</p>',
            classes_table(judged),
            f'<p style="{_HEADING}">What the reviewer found</p>',
            _counts(judged),
            f'<p style="{_HEADING}">Hints</p>{_list(hints)}' if hints else "",
        )
    )


def _interval_line(judged: Review) -> str:
    if judged.interval is None:
        return ""
    if judged.task == "choice":
        judged_on = counted(judged.decisions, "answer")
    else:
        one, place = (noun(judged.task), "text") if judged.task in _ON_TEXTS else ("object", "picture")
        judged_on = f"{counted(judged.decisions, one)} in {counted(len(judged.items), place)}"
    return (
        f"<p>You were judged on {judged_on}. The interval says how much of the score may be luck: other work of the "
        "same kind would most likely put you inside it.</p>"
    )


def _counts(judged: Review) -> str:
    """Findings grouped by kind: how many, never where."""
    counts = Counter((finding.kind, finding.severity) for finding in judged.findings)
    if not counts:
        return "<p>✔ Nothing to complain of.</p>"
    order = list(KINDS)
    marks = _MARK | {"warning": "▲ costs no points"} if judged.task in _ON_TEXTS else _MARK
    longest = max(counts.values())
    rows = "".join(
        '<tr style="background:none">'
        f'<td style="padding:3px 14px 3px 0;border:0;text-align:left">{escape(KINDS[kind])}</td>'
        f'<td style="padding:3px 14px 3px 0;border:0;text-align:left">{_bar(count, longest)}</td>'
        f'<td style="padding:3px 0;border:0;text-align:left">{marks[severity]}</td></tr>'
        for (kind, severity), count in sorted(counts.items(), key=lambda entry: order.index(entry[0][0]))
    )
    return f'<table style="border-collapse:collapse;margin:6px 0;font-size:13px;border:0"><tbody>{rows}</tbody></table>'


def _bar(count: int, longest: int) -> str:
    width = round(120 * count / longest)
    return (
        f'<span style="display:inline-block;width:{width}px;height:10px;border-radius:3px;background:currentColor;'
        f'opacity:.45"></span> {count}'
    )


def _next_steps(judged: Review, spec: ExerciseSpec, practice: ExerciseSpec | None) -> str:
    """The rules that were broken most often, and where to practise them."""
    broken = Counter(finding.rule for finding in judged.findings if finding.rule)
    rules = spec.rules
    steps = [
        f"Read rule {rule_id} again: {rules[rule_id].title}" for rule_id, _ in broken.most_common(2) if rule_id in rules
    ]
    if any(finding.kind == "unlabelled" for finding in judged.findings):
        steps.insert(0, "Label every item, and look at the status before you hand in")
    if not steps and judged.level == "production":
        return f'<p style="{_HEADING}">What next</p><p>This is client quality. Go on to the next data type.</p>'
    return f'<p style="{_HEADING}">What to practise next</p>{_list(steps)}{_practice_line(practice)}'


def _practice_line(practice: ExerciseSpec | None) -> str:
    if practice is None:
        return ""
    call = f'Exercise.open("{practice.id}", turn=2)'
    shown = "explained" if practice.task == "choice" else "shown over the gold"
    return (
        f"<p>Practise with <b>{escape(practice.title)}</b>, where every {noun(practice.task)} is {shown}: "
        f'<code style="white-space:nowrap">{escape(call)}</code>. Each turn brings other items.</p>'
    )


def _list(sentences: Sequence[str]) -> str:
    if not sentences:
        return ""
    return f'<ul style="margin:4px 0 8px 18px">{"".join(f"<li>{escape(text)}</li>" for text in sentences)}</ul>'
