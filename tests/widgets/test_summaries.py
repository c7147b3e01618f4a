"""What the summary widget saves, refuses and shows, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldlabel.annotations import Annotation, Choice, Written
from goldlabel.errors import StoreError
from goldlabel.exercises import find_exercise
from goldlabel.store import LabelStore
from goldlabel.widgets.play import play
from goldlabel.widgets.registry import make_labeller
from goldlabel.widgets.summaries import MOST_CHARACTERS, SummaryLabeller, cleaned
from tests.widgets.tiny_writing import SUMMARY, make_writing

Made = tuple[SummaryLabeller, LabelStore]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_writing(tmp_path / "datasets")))
    spec = find_exercise("tiny-summary")
    store = LabelStore(tmp_path / "labels" / "tiny-summary.json", spec.id)
    widget = make_labeller(spec, spec.items(), store)
    assert isinstance(widget, SummaryLabeller)
    return widget, store


def text(words: str, **more: str) -> Written:
    return Written(id="summary", label=more.get("label", "summary"), text=words)


def test_what_the_browser_gets(made: Made) -> None:
    state = made[0].get_state()
    assert state["exercise"]["most_words"] == 12
    assert state["exercise"]["thing"] == "text"
    assert state["item"]["text"]
    assert not state["item"]["beside"]
    assert not bytes(state["media"])
    assert ".gl-writing" in state["_css"]
    assert ".gl-reading" in state["_css"]


def test_what_is_played_is_on_disk(made: Made) -> None:
    widget, store = made
    play(widget, {"summary-1": [text(SUMMARY)], "summary-2": []})
    assert widget.annotations("summary-1") == (text(SUMMARY),)
    assert store.refresh().of("summary-2").done
    assert "2 of 3 items done" in repr(widget)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cafe\u0301 \U0001f600", "caf\u00e9 \U0001f600"),
        ("one\r\ntwo\rthree\tx", "one\ntwo\nthree\tx"),
        ("bell\u0007 and \u0085next\u0000", "bell and next"),
        ("spaces stay  ", "spaces stay  "),
    ],
)
def test_texts_are_cleaned_once(made: Made, typed: str, kept: str) -> None:
    assert cleaned(typed) == cleaned(kept) == kept
    play(made[0], {"summary-1": [text(typed)]})
    assert made[0].annotations("summary-1") == (text(kept),)


def test_a_text_of_spaces_is_none(made: Made) -> None:
    play(made[0], {"summary-1": [text(" \n\u0007 ")]})
    assert made[0].annotations("summary-1") == ()


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ([text("x" * (MOST_CHARACTERS + 1))], "the text has 4,001 characters, and at most 4,000 are kept"),
        ([text("a", label="poem")], "'poem'"),
        ([Choice("class", "summary")], "not a written text"),
        ([text("a"), Written(id="other", label="summary", text="b")], "one summary"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(made: Made, labels: list[Annotation], sentence: str) -> None:
    with pytest.raises(StoreError, match=sentence):
        play(made[0], {"summary-1": labels})
    assert made[0].annotations("summary-1") == ()


def test_without_a_kernel_the_texts_can_be_read(made: Made) -> None:
    widget, _ = made
    play(widget, {"summary-1": [text("<b>Bold</b> & free")]})
    bundle = widget._repr_mimebundle_()
    assert bundle is not None
    html = bundle[0]["text/html"]
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; free" in html
    assert "Mill closes for a week" in html
    assert html.count("nothing written yet") == 2
    assert "1 of 3 texts done" in html


def test_a_summary_that_is_judged_has_its_source_beside_it(made: Made, tmp_path: Path) -> None:
    spec = find_exercise("tiny-judging")
    widget = make_labeller(spec, spec.items(), LabelStore(tmp_path / "labels" / "tiny-judging.json", spec.id))
    item = widget.get_state()["item"]
    assert item["beside"].startswith(item["text"])
