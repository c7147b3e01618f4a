"""What the widget tells the browser and the notebook, without a browser."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from goldlabel.annotations import Box
from goldlabel.errors import ExerciseError, GoldlabelError, StoreError
from goldlabel.exercises import ExerciseSpec, find_exercise
from goldlabel.journal import read_journal
from goldlabel.store import LabelStore
from goldlabel.widgets import boxes
from goldlabel.widgets.boxes import BoxLabeller, surface_source
from goldlabel.widgets.guideline import guideline_html
from goldlabel.widgets.pictures import MAX_WIDTH
from goldlabel.widgets.play import play
from tests.widgets.conftest import Browser, box
from tests.widgets.tiny import BLOCK, DISC, make_dataset

DISC_BOX, BLOCK_BOX = Box("d", "disc", DISC), Box("k", "block", BLOCK)


def test_what_the_browser_gets(widget: BoxLabeller, store: LabelStore) -> None:
    state = widget.get_state()
    assert state["exercise"]["file_id"] == store.labels.file_id
    assert [one["key"] for one in state["exercise"]["classes"]] == ["1", "2", "3"]
    assert [(one["n"], one["status"]) for one in state["items"]] == [(n, "todo") for n in (1, 2, 3, 4)]
    assert state["item"]["id"] == state["items"][0]["id"]
    assert (state["item"]["width"], state["item"]["height"], state["item"]["scale"]) == (640, 420, 1)
    assert bytes(state["media"][:2]) == b"\xff\xd8"
    assert not widget.trait_metadata("value", "echo_update")
    assert not widget.trait_metadata("goto", "echo_update")


def test_opening_again_shows_the_first_item_that_waits(
    widget: BoxLabeller, spec: ExerciseSpec, store: LabelStore
) -> None:
    order = [one["id"] for one in widget.items]
    play(widget, {order[0]: [DISC_BOX]})
    again = BoxLabeller(spec, spec.items(), LabelStore(store.path, spec.id))
    assert again.item["id"] == order[1]
    assert again.items[0]["status"] == "done"


def test_going_to_an_item_sends_its_picture_labels_and_past(browser: Browser, widget: BoxLabeller) -> None:
    browser.put(browser.edit(1, "shape-2", 0, box("a", 1, 1, 9, 9)))
    browser.put(browser.edit(2, "shape-2", 1))
    before = widget.media
    widget.set_state({"goto": {"item": "shape-2", "turn": 1}})
    assert widget.item["id"] == "shape-2"
    assert widget.media != before
    assert [len(state) for state in widget.past] == [0, 1]
    widget.set_state({"goto": {"item": "nowhere", "turn": 2}})
    assert widget.item["id"] == "shape-2"


def test_a_new_view_is_brought_up_to_date(browser: Browser, store: LabelStore) -> None:
    rival = LabelStore(store.path, "tiny-boxes")
    rival.save(browser.widget.item["id"], (DISC_BOX,), base_rev=0, action="draw", tool="other")
    browser.say(type="hello", client="c1")
    assert browser.messages == [{"type": "welcome", "client": "c1"}]
    assert browser.widget.item["rev"] == 1


def test_check_answers_with_html_or_with_a_sentence(browser: Browser, spec: ExerciseSpec, store: LabelStore) -> None:
    browser.say(type="check", item="shape-1")
    browser.say(type="check", item="nowhere")
    assert browser.messages == [{"type": "feedback", "item": "shape-1", "html": "<p>checked shape-1</p>"}]

    def refuse(item: str) -> str:
        raise ExerciseError("No <gold>", todo="Wait.")

    second = Browser(BoxLabeller(spec, spec.items(), store, check=refuse))
    second.say(type="check", item="shape-1")
    assert second.messages[0]["html"] == "<p>No &lt;gold&gt;. Wait.</p>"


def test_an_exam_has_no_check(spec: ExerciseSpec, store: LabelStore) -> None:
    browser = Browser(BoxLabeller(spec, spec.items(), store))
    browser.say(type="check", item="shape-1")
    assert browser.messages == []
    assert not browser.widget.exercise["check"]


@pytest.mark.parametrize("damage", ["missing", "empty"])
def test_a_missing_picture_is_a_sentence_and_the_others_go_on(
    datasets: Path, spec: ExerciseSpec, store: LabelStore, damage: str
) -> None:
    path = datasets / "tiny" / "media" / "shape-1.jpg"
    path.write_bytes(b"") if damage == "empty" else path.unlink()
    browser = Browser(BoxLabeller(spec, spec.items(), store))
    browser.widget.set_state({"goto": {"item": "shape-1", "turn": 1}})
    assert "missing or empty" in browser.widget.item["problem"]
    assert browser.widget.media == b""
    browser.widget.set_state({"goto": {"item": "shape-2", "turn": 2}})
    assert browser.widget.item["problem"] == ""
    assert browser.widget.media


def test_a_wide_picture_is_made_smaller_and_says_by_how_much(
    tmp_path: Path, store: LabelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(make_dataset(tmp_path / "wide", pictures=1, width=3200)))
    spec = find_exercise("tiny-boxes")
    widget = BoxLabeller(spec, spec.items(), store)
    assert widget.item["scale"] == 3200 / MAX_WIDTH == 2
    assert len(widget.media) < (tmp_path / "wide/tiny/media/shape-1.jpg").stat().st_size


def test_a_wide_picture_that_is_damaged_is_a_sentence(
    tmp_path: Path, store: LabelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_dataset(tmp_path / "wide", pictures=1, width=3200)
    (folder / "tiny/media/shape-1.jpg").write_bytes(b"no picture")
    monkeypatch.setenv("GOLDLABEL_DATASETS", str(folder))
    spec = find_exercise("tiny-boxes")
    assert "damaged" in BoxLabeller(spec, spec.items(), store).item["problem"]


# --- play ---------------------------------------------------------------------------------------------------


def test_play_labels_as_a_hand_would(widget: BoxLabeller, store: LabelStore) -> None:
    play(widget, {"shape-1": [DISC_BOX, BLOCK_BOX], "shape-2": []})
    assert widget.annotations("shape-1") == (DISC_BOX, BLOCK_BOX)
    assert store.labels.of("shape-2").done
    assert {event.tool for event in read_journal(store.journal_path)} == {"play"}
    play(widget, {"shape-1": [DISC_BOX]}, done=False)
    assert widget.annotations("shape-1") == (DISC_BOX,)
    assert repr(widget) == "<BoxLabeller tiny-boxes: 1 of 4 items done>"


def test_play_says_what_went_wrong(widget: BoxLabeller) -> None:
    with pytest.raises(StoreError, match="ghost"):
        play(widget, {"shape-1": [Box("g", "ghost", DISC)]})


# --- what the surface must be -------------------------------------------------------------------------------


def test_the_surface_is_what_the_shell_relies_on() -> None:
    source, style = surface_source()
    assert source.rstrip().endswith("};")
    assert ".wrapper" in style


def test_another_version_of_the_surface_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    surface_source.cache_clear()
    monkeypatch.setattr(boxes, "SURFACE_VERSION", "0.6.0")
    with pytest.raises(GoldlabelError, match=r"needs 0\.6\.0"):
        surface_source()
    surface_source.cache_clear()


def test_a_surface_without_what_the_shell_needs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    surface_source.cache_clear()
    monkeypatch.setitem(boxes.RELIED_ON, "main.mjs", ("something new",))
    with pytest.raises(GoldlabelError, match="lacks 'something new'"):
        surface_source()
    surface_source.cache_clear()


# --- what stands in a notebook without a kernel --------------------------------------------------------------


def test_a_still_picture_stands_beside_the_widget(widget: BoxLabeller) -> None:
    play(widget, {"shape-1": [DISC_BOX]})
    data, _ = widget._repr_mimebundle_()
    assert data["text/plain"] == "<BoxLabeller tiny-boxes: 1 of 4 items done>"
    assert "1 of 4 pictures done, 1 annotation" in data["text/html"]
    assert data["text/html"].count("<polygon") == 1
    assert "application/vnd.jupyter.widget-view+json" in data


def test_exported_pages_show_the_still_picture(widget: BoxLabeller) -> None:
    from nbconvert import HTMLExporter

    play(widget, {"shape-1": [DISC_BOX]})
    data, metadata = widget._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    cell = nbformat.v4.new_code_cell("exercise.label()", outputs=[output])
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    assert "This is a still picture of the labels" in html


def test_the_guideline_has_anchors_and_no_raw_html() -> None:
    html = guideline_html("# G\n\n## R1. Box *all*\n\ntext <b>x</b>\n\n## Other\n")
    assert '<h2 data-rule="R1" tabindex="-1">R1. Box <em>all</em></h2>' in html
    assert "&lt;b&gt;" in html
    assert "<h2>Other</h2>" in html


def test_widgets_import_neither_numpy_nor_pillow_by_themselves() -> None:
    # JupyterLite's kernel gets neither from a package index. Pillow is imported where a picture is made smaller.
    for path in Path(boxes.__file__).parent.glob("*.py"):
        top = [
            node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert not any(word in ast.unparse(node) for node in top for word in ("numpy", "PIL")), path.name
