"""The acknowledged save: once, in order, refused when it must be, never silently lost."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldlabel.errors import StoreError
from goldlabel.exercises import ExerciseSpec
from goldlabel.journal import read_journal
from goldlabel.store import LabelStore
from goldlabel.widgets.boxes import BoxLabeller
from goldlabel.widgets.protocol import Chain, Edit
from tests.widgets.conftest import Browser, box

A, B = box("a", 10, 10, 60, 60), box("b", 100, 100, 150, 180, label="block")


def on_disk(store: LabelStore) -> dict:
    return json.loads(store.path.read_bytes())["items"]


def test_a_stroke_is_on_disk_when_it_is_answered(browser: Browser, store: LabelStore) -> None:
    answer = browser.put(browser.edit(1, "shape-1", 0, A))
    assert answer["client"] == "c1"
    assert (answer["seq"], answer["item"], answer["rev"], answer["problem"]) == (1, "shape-1", 1, None)
    assert on_disk(store)["shape-1"]["annotations"][0]["xyxy"] == [10, 10, 60, 60]
    assert [event.tool for event in read_journal(store.journal_path)] == ["widget"]


def test_the_same_outbox_twice_is_applied_once_and_answered_twice(browser: Browser, store: LabelStore) -> None:
    edit = browser.edit(1, "shape-1", 0, A)
    browser.put(edit)
    assert browser.put(edit)["rev"] == 1
    browser.say(type="value", value=browser.value(edit))
    assert len(browser.answers) == 3
    assert len(list(read_journal(store.journal_path))) == 1


def test_edits_are_applied_in_the_order_of_their_numbers(browser: Browser, store: LabelStore) -> None:
    browser.put(browser.edit(2, "shape-2", 0, B), browser.edit(1, "shape-1", 0, A))
    assert [event.item for event in read_journal(store.journal_path)] == ["shape-1", "shape-2"]


def test_quick_strokes_before_the_first_answer_are_no_conflict(browser: Browser) -> None:
    # The browser does not yet know revision 1 when it sends the second stroke.
    browser.put(browser.edit(1, "shape-1", 0, A))
    assert browser.put(browser.edit(2, "shape-1", 0, A, B)) == {
        "client": "c1",
        "seq": 2,
        "item": "shape-1",
        "rev": 2,
        "turn": 2,
        "problem": None,
    }


def test_another_tab_in_between_is_a_conflict_and_nothing_is_lost(browser: Browser, second, store: LabelStore) -> None:
    browser.put(browser.edit(1, "shape-1", 0, A))
    other = second()
    other.put(other.edit(1, "shape-1", 1, B))
    answer = browser.put(browser.edit(2, "shape-1", 1, A, B))
    assert answer["problem"]["kind"] == "conflict"
    assert "changed in another tab" in answer["problem"]["what"]
    assert answer["rev"] == 2
    assert [one["id"] for one in on_disk(store)["shape-1"]["annotations"]] == ["b"]
    assert [event.action for event in read_journal(store.journal_path)][-1] == "conflict"
    # "Use mine" stands on the revision that the answer named.
    assert browser.put(browser.edit(3, "shape-1", 2, A, B, action="mine"))["problem"] is None


def test_another_kernel_in_between_is_a_conflict(browser: Browser, store: LabelStore) -> None:
    rival = LabelStore(store.path, "tiny-boxes")
    rival.save("shape-1", (), base_rev=0, action="done", tool="other", done=True)
    assert browser.put(browser.edit(1, "shape-1", 0, A))["problem"]["kind"] == "conflict"
    assert browser.widget.items[2]["status"] == "done"  # the strip follows the disk


def test_a_full_disk_is_told_and_a_later_attempt_succeeds(
    browser: Browser, store: LabelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise store._write_error(OSError(28, "No space left on device"))

    edit = browser.edit(1, "shape-1", 0, A)
    with monkeypatch.context() as patch:
        patch.setattr(store, "save", full)
        problem = browser.put(edit)["problem"]
    assert problem["kind"] == "disk"
    assert "No space left on device" in problem["what"]
    assert problem["todo"].startswith("Free some space")
    assert browser.put(edit)["problem"] is None
    assert on_disk(store)["shape-1"]["rev"] == 1


def test_a_draft_that_was_saved_after_all_is_no_conflict(browser: Browser, spec: ExerciseSpec, store) -> None:
    browser.put(browser.edit(1, "shape-1", 0, A))
    again = Browser(BoxLabeller(spec, spec.items(), LabelStore(store.path, "tiny-boxes")), "after the restart")
    assert again.put(again.edit(1, "shape-1", 0, A, action="draft"))["problem"] is None
    assert on_disk(store)["shape-1"]["rev"] == 1


def test_a_draft_on_an_old_state_asks_and_leaves_no_trace(browser: Browser, spec: ExerciseSpec, store) -> None:
    browser.put(browser.edit(1, "shape-1", 0, A))
    again = Browser(BoxLabeller(spec, spec.items(), LabelStore(store.path, "tiny-boxes")), "after the restart")
    for seq in (1, 2):
        assert again.put(again.edit(seq, "shape-1", 0, B, action="draft"))["problem"]["kind"] == "conflict"
    assert [event.action for event in read_journal(store.journal_path)] == ["draw"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"annotations": [box("a", 1, 1, 9, 9, label="ghost")]}, "ghost"),
        ({"annotations": [box("a", 1, 1, float("nan"), 9)]}, "not a number"),
        ({"annotations": [box("a", 1, 1, 9, 9), box("a", 2, 2, 9, 9)]}, "same id"),
        ({"annotations": [{"type": "box"}]}, "missing"),
        ({"item": "elsewhere"}, "not part of this exercise"),
        ({"seq": 1, "surprise": 1}, "surprise"),
    ],
)
def test_what_cannot_be_saved_is_answered_and_holds_up_nothing(
    browser: Browser, store: LabelStore, change: dict, says: str
) -> None:
    bad = {**browser.edit(1, "shape-1", 0, A), **change}
    browser.put(bad, browser.edit(2, "shape-2", 0, B))
    first, then = browser.answers
    assert first["problem"]["kind"] == "invalid"
    assert says in first["problem"]["what"]
    assert then["problem"] is None
    assert list(on_disk(store)) == ["shape-2"]


@pytest.mark.parametrize("value", [{}, {"client": 3}, {"client": "c", "edits": "no"}, {"client": "c", "edits": [1]}])
def test_nonsense_changes_nothing(browser: Browser, store: LabelStore, value: dict) -> None:
    browser.widget.set_state({"value": value})
    assert on_disk(store) == {}


def test_boxes_are_put_right_before_they_are_saved(browser: Browser, widget: BoxLabeller) -> None:
    browser.put(
        browser.edit(
            1, "shape-1", 0, box("swapped", 60, 60, 10, 10), box("out", 600, -5, 700, 50), box("nil", 5, 5, 5, 5)
        )
    )
    assert [one.xyxy for one in widget.annotations("shape-1")] == [(10, 10, 60, 60), (600, 0, 640, 50)]


def test_time_is_added_once(browser: Browser, store: LabelStore) -> None:
    browser.put(browser.edit(1, "shape-1", 0, A, seconds=4.0))
    browser.put(browser.edit(2, "shape-1", 1, A, B, seconds=9.5))  # 9.5 s in all, not 9.5 s more
    assert on_disk(store)["shape-1"]["seconds"] == 9.5


@pytest.mark.parametrize("folder_writable", [False])
def test_a_folder_that_becomes_read_only(
    browser: Browser, store: LabelStore, monkeypatch: pytest.MonkeyPatch, folder_writable: bool
) -> None:
    # Root may write anywhere, so the system call is made to fail instead of the mode.
    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("goldlabel.files.tempfile.mkstemp", refuse)
        problem = browser.put(browser.edit(1, "shape-1", 0, A))["problem"]
    assert problem["kind"] == "disk"
    assert "Permission denied" in problem["what"]
    assert isinstance(store._write_error(PermissionError(13, "x")), StoreError)


def test_a_damaged_labels_file_is_told_on_going_to_another_item(browser: Browser, store: LabelStore) -> None:
    store.path.write_bytes(b"{")
    browser.widget.set_state({"goto": {"item": "shape-2"}})
    assert browser.answers[-1]["problem"]["kind"] == "disk"
    assert browser.widget.item["id"] == "shape-2"


# --- the chain, by itself ---------------------------------------------------------------------------------


def test_an_edit_from_before_the_chain_keeps_its_own_base() -> None:
    chain = Chain(seq=3, first=5, rev=7)
    assert [chain.base(told) for told in (4, 5, 6, 7, 8)] == [4, 7, 7, 7, 8]


@settings(deadline=None, max_examples=40)
@given(
    strokes=st.lists(st.tuples(st.sampled_from(["shape-1", "shape-2"]), st.booleans(), st.booleans()), max_size=12),
)
def test_any_loss_or_repeat_of_messages_ends_with_the_last_stroke(
    strokes: list[tuple[str, bool, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One client; each sending may be lost (merged away) or repeated, each answer may come late."""
    store = LabelStore(tmp_path_factory.mktemp("chain") / "x.json", "x")
    chains: dict[str, Chain] = {}
    known = {"shape-1": 0, "shape-2": 0}
    outbox: dict[str, Edit] = {}
    for seq, (item, lost, answer_late) in enumerate(strokes, start=1):
        outbox[item] = Edit(seq=seq, item=item, base=known[item], annotations=(), action="draw", flag=str(seq))
        for edit in itertools.chain([] if lost else outbox.values(), [] if lost else outbox.values()):
            chain = chains.get(edit.item, Chain())
            if edit.seq <= chain.seq:
                continue
            after = store.save(
                edit.item, (), base_rev=chain.base(edit.base), action="draw", tool="widget", flag=edit.flag
            )
            chains[edit.item] = chain.grown(edit, after.rev)
        if not lost and not answer_late:
            known = {name: chains[name].rev if name in chains else 0 for name in known}
            outbox = {}
    for edit in sorted(outbox.values(), key=lambda one: one.seq):
        chain = chains.get(edit.item, Chain())
        if edit.seq > chain.seq:
            store.save(edit.item, (), base_rev=chain.base(edit.base), action="draw", tool="widget", flag=edit.flag)
    for item in known:
        last = [seq for seq, stroke in enumerate(strokes, start=1) if stroke[0] == item]
        assert store.labels.of(item).flag == (str(last[-1]) if last else "")
    assert isinstance(store.path, Path)
