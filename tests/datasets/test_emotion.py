"""The emotion set: balanced by construction, votes that are plainly simulated, and the raters who cast them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from goldlabel.annotations import Choice, decode_gold, only
from goldlabel.data import load_items, practice_gold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio.emotion import SENTENCES, VOICES  # noqa: E402
from studio.simulated_raters import EMOTIONS, PROTOTYPES, RATERS, Heard, votes  # noqa: E402

ITEMS = {item.id: item for item in load_items("emotion")}
SHEET = (ROOT / "datasets" / "emotion" / "datasheet.md").read_text(encoding="utf-8")
EXAM = ROOT / "autograder" / "gold" / "emotion" / "exam.json"
GOLD = {"practice": practice_gold("emotion"), "exam": decode_gold(EXAM.read_bytes(), where="exam")}


def answers(pool: str) -> dict[str, Choice]:
    return {item: only(one.annotations, Choice)[0] for item, one in GOLD[pool].items.items()}


@pytest.mark.parametrize("pool", ["practice", "exam"])
def test_every_emotion_as_often_with_intensities_and_votes(pool: str) -> None:
    made = answers(pool)
    assert Counter(one.label for one in made.values()) == dict.fromkeys(EMOTIONS, len(made) // 4)
    assert len(made) >= 18
    for item, one in made.items():
        marks = one.attributes
        assert (marks["intensity"] == 0) == (one.label == "neutral"), item
        assert sum(int(marks[f"votes_{name}"]) for name in EMOTIONS) == marks["raters"] == RATERS
        assert 1 <= float(marks["rated_intensity"]) <= 3
        assert not any(name in ITEMS[item].alt for name in EMOTIONS)


def test_pools_share_no_sentence_and_no_voice() -> None:
    assert not set(SENTENCES["practice"]) & set(SENTENCES["exam"])
    assert not set(VOICES["practice"]) & set(VOICES["exam"])
    for item in ITEMS.values():
        assert item.alt.removeprefix("One sentence, spoken: ") in SENTENCES[item.pool]


def test_gold_and_datasheet_say_that_the_raters_are_simulated() -> None:
    for gold in GOLD.values():
        assert "SIMULATED" in gold.made
        assert "No person rated" in gold.agreement
    assert "no person was asked" in SHEET
    unanimous = [
        sum(max(one.attributes[f"votes_{name}"] for name in EMOTIONS) == RATERS for one in answers(pool).values())
        for pool in GOLD
    ]
    assert f"| unanimous | {unanimous[0]} | {unanimous[1]} |" in SHEET


class TestRaters:
    def cast(self, heard: Heard, clips: int = 40) -> np.ndarray:
        """Share of the votes for each emotion over many clips."""
        return sum(np.array(votes(heard, np.random.default_rng(seed))[0]) for seed in range(clips)) / clips / RATERS

    @pytest.mark.parametrize("name", EMOTIONS)
    def test_a_prototype_wins_its_own_votes(self, name: str) -> None:
        assert np.argmax(self.cast(PROTOTYPES[name])) == EMOTIONS.index(name)

    def test_between_two_prototypes_the_votes_are_spread(self) -> None:
        angry, neutral = (np.array(list(PROTOTYPES[name].__dict__.values())) for name in ("angry", "neutral"))
        shares = self.cast(Heard(*((angry + neutral) / 2)))
        assert min(shares[EMOTIONS.index("angry")], shares[EMOTIONS.index("neutral")]) > 0.2

    def test_more_of_it_is_rated_as_more_intense(self) -> None:
        def rated(share: float) -> float:
            heard = Heard(-1.8 * share, 1 - 0.45 * share, 1 - 0.17 * share, -5 * share, -6.5 * share)
            return float(np.mean([votes(heard, np.random.default_rng(seed))[1] for seed in range(20)]))

        assert rated(0.4) < rated(1.0) < rated(1.6)
