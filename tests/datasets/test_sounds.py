"""The sound classes and scenes: enough of each, exact and apart, and what can be heard is told from what cannot."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from goldlabel.annotations import Choice, Gold, Segment, decode_gold, only
from goldlabel.data import load_items, practice_gold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import sounds  # noqa: E402
from studio.sound_kit import RATE, times  # noqa: E402

ITEMS = {item.id: item for item in load_items("sounds")}
SHEET = (ROOT / "datasets" / "sounds" / "datasheet.md").read_text(encoding="utf-8")


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold("sounds")
    path = ROOT / "autograder" / "gold" / "sounds" / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


@pytest.mark.parametrize("pool", ["practice", "exam"])
class TestGold:
    def test_every_class_has_as_many_clips(self, pool: str) -> None:
        counts = Counter(one.label for item in gold_of(pool).items.values() for one in only(item.annotations, Choice))
        assert counts == dict.fromkeys(sounds.CLASSES, sounds.PER_CLASS[pool])

    def test_no_id_and_no_alt_gives_a_class_away(self, pool: str) -> None:
        gold = gold_of(pool)
        clips = [item for item in ITEMS.values() if item.pool == pool and item.group == "clip"]
        labels = [only(gold.of(item.id).annotations, Choice)[0].label for item in clips]
        assert sum(one == other for one, other in pairwise(labels)) <= len(labels) / 4
        assert {item.alt for item in clips} == {"A short recording of one kind of sound."}

    def test_scenes_hold_enough_and_two_at_once_at_most(self, pool: str) -> None:
        scenes = [item for item in ITEMS.values() if item.pool == pool and item.group == "scene"]
        assert len(scenes) >= 4
        for item in scenes:
            events = only(gold_of(pool).of(item.id).annotations, Segment)
            assert 15 <= item.seconds <= 25
            assert len(events) >= 5
            assert {one.label for one in events} <= set(sounds.CLASSES)
            assert all(one.end - one.start >= 0.3 for one in events), item.id
            for one, other in combinations(events, 2):
                apart = max(one.start, other.start) - min(one.end, other.end)
                assert one.label != other.label or apart >= 1, (item.id, one.id, other.id)
            for one in events:
                assert sum(other.start <= one.start < other.end for other in events) <= 2, (item.id, one.id)


def test_the_datasheet_counts_what_is_there() -> None:
    for label in sounds.CLASSES:
        assert f"| {label}, in clips | {sounds.PER_CLASS['practice']} | {sounds.PER_CLASS['exam']} |" in SHEET
        events = [
            sum(one.label == label for item in gold_of(pool).items.values() for one in only(item.annotations, Segment))
            for pool in ("practice", "exam")
        ]
        assert f"| {label}, in scenes | {events[0]} | {events[1]} |" in SHEET
        assert min(events) >= 1, label


class TestAudible:
    TONE = np.sin(2 * np.pi * 1000 * times(1.0))

    def share(self, rest: np.ndarray) -> float:
        sounding, heard = sounds.audible(self.TONE, rest)
        return float(heard.sum() / sounding.sum())

    def test_a_tone_in_silence_is_heard_all_the_time(self) -> None:
        assert self.share(np.zeros(RATE)) == 1

    def test_a_stronger_tone_of_the_same_pitch_drowns_it(self) -> None:
        assert self.share(3 * self.TONE) < 0.1  # but for its very ends

    def test_a_stronger_tone_of_another_pitch_does_not(self) -> None:
        assert self.share(3 * np.sin(2 * np.pi * 4000 * times(1.0))) > 0.9

    def test_half_drowned(self) -> None:
        rest = 3 * self.TONE * (times(1.0) < 0.5)
        assert self.share(rest) == pytest.approx(0.5, abs=0.06)


def test_a_sound_comes_from_its_seed_alone_and_no_two_are_alike() -> None:
    for make in sounds.CLASSES.values():
        one, again, other = (make(np.random.default_rng(seed)) for seed in (1, 1, 2))
        assert np.array_equal(one, again)
        assert len(one) != len(other) or not np.allclose(one, other)
        assert np.isfinite(one).all()
        assert 0.5 * RATE <= len(one) <= 6 * RATE
