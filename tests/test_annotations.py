"""The labels file: an exact round trip, and an error that names the place for everything else."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from goldlabel.annotations import (
    Box,
    Gold,
    ItemGold,
    ItemLabels,
    LabelSet,
    decode_gold,
    decode_labels,
    encode,
    files,
    json_schema,
)
from goldlabel.errors import GoldError, LabelsFileError

numbers = st.floats(allow_nan=False, allow_infinity=False)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
boxes = st.builds(
    Box,
    id=words,
    label=words,
    xyxy=st.tuples(numbers, numbers, numbers, numbers),
    attributes=st.dictionaries(words, st.booleans() | numbers | words, max_size=2),
)
item_labels = st.builds(
    ItemLabels,
    annotations=st.lists(boxes, max_size=3).map(tuple),
    done=st.booleans(),
    skipped=st.booleans(),
    flag=words,
    rev=st.integers(0, 2**40),
    seconds=st.floats(0, 1e9),
)
label_sets = st.builds(
    LabelSet,
    exercise=words,
    annotator=words,
    items=st.dictionaries(words, item_labels, max_size=3),
    file_id=words,
)

GOOD = LabelSet(
    exercise="fruit",
    annotator="me",
    items={
        "pic-7": ItemLabels(
            (Box("b1", "apple", (1.5, 2.0, 30.25, 40.0), attributes={"occluded": True}),), done=True, rev=3
        )
    },
    file_id="abc",
)


def changed(change: Callable[[Any], object]) -> bytes:
    """The good file after ``change`` was done to its parsed JSON."""
    tree = json.loads(encode(GOOD))
    change(tree)
    return json.dumps(tree).encode()


def refusal(data: bytes, exercise: str | None = None) -> LabelsFileError:
    with pytest.raises(LabelsFileError) as caught:
        decode_labels(data, where="labels/fruit.json", exercise=exercise)
    assert caught.value.where.startswith("labels/fruit.json")
    assert caught.value.todo
    return caught.value


# --- round trip -------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(label_sets)
def test_labels_come_back_exactly(labels: LabelSet) -> None:
    data = encode(labels)
    assert decode_labels(data, where="x") == labels
    assert encode(decode_labels(data, where="x")) == data


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(words, st.lists(boxes, max_size=2).map(lambda found: ItemGold(tuple(found))), max_size=2))
def test_gold_comes_back_exactly(items: dict[str, ItemGold]) -> None:
    gold = Gold(dataset="d", pool="practice", version="1.0.0", made="drawn", agreement="exact", items=items)
    assert decode_gold(encode(gold), where="x") == gold


def test_the_file_is_readable_by_a_person_and_by_git() -> None:
    lines = encode(GOOD).decode().splitlines()
    assert lines[:3] == ["{", ' "annotator": "me",', ' "exercise": "fruit",']
    assert encode(GOOD).endswith(b"}\n")
    # The order in which items were opened makes no difference to the file.
    there = LabelSet(exercise="e", items={"a": ItemLabels(), "b": ItemLabels(rev=1)})
    back = LabelSet(exercise="e", items={"b": ItemLabels(rev=1), "a": ItemLabels()})
    assert encode(there) == encode(back)


@settings(max_examples=40, deadline=None)
@given(label_sets)
def test_the_published_schema_accepts_what_is_written(labels: LabelSet) -> None:
    jsonschema.validate(json.loads(encode(labels)), json_schema(), jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree["items"]["pic-7"]["annotations"][0]["xyxy"].pop(),
        lambda tree: tree["items"]["pic-7"]["annotations"][0].pop("label"),
        lambda tree: tree["items"]["pic-7"]["annotations"][0].update(type="circle"),
        lambda tree: tree["items"]["pic-7"].update(rev="3"),
        lambda tree: tree.update(owner="me"),
        lambda tree: tree.pop("exercise"),
    ],
    ids=["three corners", "no class", "another type", "revision in quotes", "unknown field", "no exercise"],
)
def test_schema_and_reader_refuse_the_same(change: Callable[[Any], object]) -> None:
    data = changed(change)
    refusal(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(data), json_schema(), jsonschema.Draft202012Validator)


# --- violations are named ---------------------------------------------------------------------------------


def test_a_wrong_value_is_named_with_item_and_field() -> None:
    error = refusal(changed(lambda tree: tree["items"]["pic-7"]["annotations"][0]["xyxy"].__setitem__(2, "3")))
    assert "Expected `float`, got `str`" in error.what
    assert error.where == "labels/fruit.json, item pic-7, annotations[0].xyxy[2]"


def test_a_wrong_field_of_an_item_is_named() -> None:
    error = refusal(changed(lambda tree: tree["items"]["pic-7"].update(done="yes")))
    assert error.where == "labels/fruit.json, item pic-7, done"


def test_an_item_that_is_no_record_is_named() -> None:
    error = refusal(changed(lambda tree: tree["items"].update({"pic-8": [1]})))
    assert error.where == "labels/fruit.json, item pic-8"


def test_an_unknown_field_is_named() -> None:
    error = refusal(changed(lambda tree: tree["items"]["pic-7"]["annotations"][0].update(colour="red")))
    assert "colour" in error.what
    assert "pic-7" in error.where


def test_a_wrong_field_outside_the_items_is_named() -> None:
    error = refusal(changed(lambda tree: tree.update(annotator=5)))
    assert "annotator" in str(error)


# --- damaged, foreign, hostile ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\n"])
def test_an_empty_file_says_so(data: bytes) -> None:
    assert refusal(data).what == "The labels file is empty"


@pytest.mark.parametrize("keep", [1, 10, 100, len(encode(GOOD)) - 3])
def test_a_file_that_was_cut_off(keep: int) -> None:
    assert "damaged" in refusal(encode(GOOD)[:keep]).what


def test_every_cut_is_noticed() -> None:
    data = encode(GOOD).rstrip()
    for keep in range(len(data)):
        refusal(data[:keep])


def test_a_huge_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = encode(GOOD)
    monkeypatch.setattr(files, "MAX_FILE_BYTES", len(data))
    assert decode_labels(data, where="x") == GOOD
    monkeypatch.setattr(files, "MAX_FILE_BYTES", len(data) - 1)
    assert "MB is not read" in refusal(data).what


@pytest.mark.parametrize(
    "head",
    [b"", b'{"exercise": "fruit", "items": ', b'{"exercise": "fruit", "new": ', b'{"exercise": '],
)
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_deep_nesting_is_refused(head: bytes, opening: bytes) -> None:
    refusal(head + opening * 200_000)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "null", "9" * 400])
def test_what_is_no_number_is_refused(word: str) -> None:
    refusal(encode(GOOD).replace(b"30.25", word.encode()))


@pytest.mark.parametrize("data", [b'{"exercise":"\xff"}', b"\xff\xfe{\x00}\x00", b'{"exercise":"\\ud800"}'])
def test_invalid_text_is_refused(data: bytes) -> None:
    refusal(data)


def test_another_exercise_is_refused_with_the_right_name() -> None:
    error = refusal(encode(GOOD), exercise="w2-boxes")
    assert error.what == "The labels file belongs to the exercise 'fruit', not to 'w2-boxes'"
    assert error.todo == "Hand in labels/w2-boxes.json."
    assert decode_labels(encode(GOOD), where="x", exercise="fruit") == GOOD


@pytest.mark.parametrize("more", [{}, {"new": 1}, {"items": {"pic-7": {"polygons": []}}}])
def test_a_newer_layout_is_told_from_damage(more: dict[str, Any]) -> None:
    error = refusal(changed(lambda tree: tree.update(schema=2, **more)))
    assert error.what == "The labels file has layout version 2, this program reads version 1"
    assert error.todo == "Use the version of the course that wrote the file."


def test_errors_travel_between_processes() -> None:
    error = refusal(b"")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is LabelsFileError
    assert (again.what, again.where, again.todo, str(again)) == (error.what, error.where, error.todo, str(error))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60))
@example(b"{}")
@example(b"null")
@example(b'{"exercise": 1, "items": []}')
def test_any_bytes_are_labels_or_a_labels_file_error(data: bytes) -> None:
    _read_or_refuse(data)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_to_a_good_file_is_labels_or_a_labels_file_error(data: st.DataObject) -> None:
    raw = bytearray(encode(GOOD))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        how = data.draw(st.sampled_from(["flip", "cut", "insert", "repeat"]))
        if how == "flip":
            raw[at] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del raw[at : at + data.draw(st.integers(1, 40))]
        elif how == "insert":
            raw[at:at] = data.draw(st.sampled_from([b"[", b"{", b"null", b"1e400", b'"', b"\\u0000", b"\xc3", b"-"]))
        else:
            raw[at:at] = raw[at : at + 40]
        if not raw:
            break
    _read_or_refuse(bytes(raw))


def _read_or_refuse(data: bytes) -> None:
    try:
        labels = decode_labels(data, where="x")
    except LabelsFileError:
        return
    # What was read can be written and read again.
    assert decode_labels(encode(labels), where="x") == labels


@pytest.mark.parametrize("data", [b"", b"[]", b'{"dataset":', b"\xff", b'{"schema": 1}', b"[" * 100_000])
def test_damaged_gold_is_a_gold_error(data: bytes) -> None:
    with pytest.raises(GoldError) as caught:
        decode_gold(data, where="gold/exam.json")
    assert caught.value.where == "gold/exam.json"


def test_newer_gold_is_told() -> None:
    gold = Gold(dataset="d", pool="p", version="1", made="m", agreement="a", items={}, schema=2)
    with pytest.raises(GoldError, match="layout version 2"):
        decode_gold(encode(gold), where="x")


# --- what is not a number cannot be written ---------------------------------------------------------------


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_a_number_is_never_written(value: float) -> None:
    """JSON has no such numbers: written as null, the whole file could not be read again."""
    labels = LabelSet(exercise="e", items={"pic-1": ItemLabels((Box("b", "apple", (0, 0, value, 5)),))})
    with pytest.raises(LabelsFileError, match="pic-1"):
        encode(labels)


def test_half_a_character_is_never_written() -> None:
    with pytest.raises(LabelsFileError):
        encode(LabelSet(exercise="e", items={"pic-1": ItemLabels(flag="\ud83c")}))


# --- the structs ------------------------------------------------------------------------------------------


def test_labels_are_immutable() -> None:
    with pytest.raises(AttributeError):
        GOOD.annotator = "you"
    after = GOOD.with_item("pic-9", ItemLabels(done=True))
    assert set(GOOD.items) == {"pic-7"}
    assert set(after.items) == {"pic-7", "pic-9"}
    assert GOOD.of("never opened") == ItemLabels()


def test_sides_of_a_box() -> None:
    box = Box("b", "apple", (10, 20, 20, 50))
    assert (box.width, box.height, box.difficult) == (10, 30, False)
    swapped = msgspec.structs.replace(box, xyxy=(20, 50, 10, 20), attributes={"difficult": True})
    assert (swapped.width, swapped.height, swapped.difficult) == (-10, -30, True)


def test_gold_of_an_unknown_item() -> None:
    gold = Gold(dataset="d", pool="exam", version="1.0.0", made="m", agreement="a", items={})
    with pytest.raises(GoldError) as caught:
        gold.of("pic-1")
    assert caught.value.what == "There is no gold for the item 'pic-1'"
    assert caught.value.where == "d, pool exam, version 1.0.0"
