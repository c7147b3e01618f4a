"""Simulated hands that write."""

from __future__ import annotations

from random import Random

from autograder.hands_writing import rewritten
from goldlabel.annotations import Written

TEXT = Written(id="summary", label="summary", text="Some 114 came, 2.5 times as many. Nobody was hurt! It cost 31,000.")


def write(leaves_out: float, changes: float) -> str:
    return rewritten(TEXT, leaves_out=leaves_out, changes=changes, random=Random(4)).text


def test_a_perfect_hand_writes_what_it_is_given() -> None:
    assert write(0, 0) == TEXT.text


def test_sentences_are_left_out_but_never_all() -> None:
    assert write(1, 0) == "Some 114 came, 2.5 times as many."
    kept = write(0.5, 0)
    assert len(kept) < len(TEXT.text)
    assert all(part in TEXT.text for part in kept.split("! "))


def test_every_number_changes() -> None:
    changed = write(0, 1)
    assert "114" not in changed
    assert "31,000" not in changed
    assert "Nobody was hurt!" in changed
