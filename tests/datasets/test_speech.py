"""The speech set: the script is the gold, the rules hold in every line, and the datasheet's figures are the set's."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from goldlabel.annotations import Gold, Segment, decode_gold, only
from goldlabel.data import load_items, practice_gold

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "datasets"))

from studio import talk  # noqa: E402

ITEMS = {item.id: item for item in load_items("speech")}
SHEET = (ROOT / "datasets" / "speech" / "datasheet.md").read_text(encoding="utf-8")
RULES = (ROOT / "datasets" / "speech" / "transcription_rules.md").read_text(encoding="utf-8")
SCRIPTS = {script.pool: script for script in talk.scripts()}
CLIPS = {clip.id: clip for script in SCRIPTS.values() for clip in script.clips}


def gold_of(pool: str) -> Gold:
    if pool == "practice":
        return practice_gold("speech")
    path = ROOT / "autograder" / "gold" / "speech" / "exam.json"
    return decode_gold(path.read_bytes(), where=str(path))


TURNS = {item: only(one.annotations, Segment) for pool in SCRIPTS for item, one in gold_of(pool).items.items()}


class TestMarks:
    TEXT = "It is {on Satur-|on satter—} {no, sorry,} on Sunday, [K T|kay, tee], {um,} all {all} day."

    def test_verbatim_keeps_all_that_is_said(self) -> None:
        assert talk.verbatim(self.TEXT) == "It is on Satur- no, sorry, on Sunday, K T, um, all all day."

    def test_clean_leaves_out_what_the_rules_say(self) -> None:
        assert talk.clean(self.TEXT) == "It is on Sunday, K T, all day."
        assert talk.clean("{Um,} yes. {He} he went.") == "Yes. He went."

    def test_the_voice_reads_what_stands_behind_the_bar(self) -> None:
        assert talk.spoken(self.TEXT) == "It is on satter— no, sorry, on Sunday, kay, tee, um, all all day."

    def test_the_normaliser(self) -> None:
        assert talk.words("Don't! Twenty-three, on Satur- ...") == ["don't", "twenty", "three", "on", "satur"]

    def test_overlap_counts_every_pair(self) -> None:
        assert talk.overlaps([(0.0, 2.0), (1.5, 3.0), (4.0, 5.0)]) == pytest.approx(0.5)
        assert talk.overlaps([(0.0, 5.0), (1.0, 2.0), (3.0, 4.0)]) == pytest.approx(2.0)
        assert talk.overlaps([]) == 0


def test_enough_clips_of_the_right_length() -> None:
    pools = {pool: [item for item in ITEMS.values() if item.pool == pool] for pool in SCRIPTS}
    assert len(pools["practice"]) >= 14
    assert len(pools["exam"]) >= 16
    assert all(6 <= item.seconds <= 25 for item in ITEMS.values())
    assert sum(item.group == "talk" for item in ITEMS.values()) >= 8
    assert sum(talk.overlaps([(one.start, one.end) for one in TURNS[item]]) > 0.15 for item in ITEMS) >= 8


def test_pools_share_no_line_and_no_voice() -> None:
    lines, voices = (
        [{key for clip in script.clips for key in found(clip)} for script in SCRIPTS.values()]
        for found in (lambda clip: [turn.text for turn in clip.turns], lambda clip: clip.voices.values())
    )
    assert not lines[0] & lines[1]
    assert not voices[0] & voices[1]
    accents = [{voice[0] for voice in one} for one in voices]
    assert accents == [{"a", "b"}, {"a", "b"}]


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item.id)
def test_gold_is_the_script_by_the_rules(item) -> None:
    clip, turns = CLIPS[item.id], TURNS[item.id]
    assert sorted((one.label, one.text, one.attributes["clean"]) for one in turns) == sorted(
        (turn.who, talk.verbatim(turn.text), talk.clean(turn.text)) for turn in clip.turns
    )
    assert turns[0].label == "A"
    assert item.difficulty == clip.difficulty
    assert not set(talk.words(item.alt)) & {"two", "talk", "speakers"}
    for one in turns:
        assert not re.search(r"[0-9{}\[\]|—]", one.text)
        assert not re.search(r"\b(er|erm|hm|mhm|ah)\b", one.text, re.IGNORECASE), "R2: a filler with one spelling"
        assert not re.search(r"\b(um|uh)\b|\w-(?=\W|$)", str(one.attributes["clean"]), re.IGNORECASE), "R12"
        # Nobody speaks faster than this, nor so slowly: a wrong time would show.
        assert 6 <= len(one.text) / (one.end - one.start) <= 26, one.text


@pytest.mark.parametrize("item", ITEMS)
def test_a_pause_parts_the_turns_of_one_speaker(item: str) -> None:
    for who in ("A", "B"):
        own = sorted((one for one in TURNS[item] if one.label == who), key=lambda one: one.start)
        assert all(later.start - earlier.end >= 0.5 for earlier, later in pairwise(own)), who


def test_every_rule_is_practised_and_examined() -> None:
    rules = re.findall(r"^## (R\d+)\. ", RULES, re.MULTILINE)
    assert rules == [f"R{number}" for number in range(1, len(rules) + 1)]
    for script in SCRIPTS.values():
        assert {rule for clip in script.clips for rule in clip.treats} == set(rules)


def test_the_datasheet_has_every_clip_and_what_the_recogniser_made_of_it() -> None:
    rows = dict(re.findall(r"^\| (sp-\d+) \|(.+)\|$", SHEET, re.MULTILINE))
    assert set(rows) == set(ITEMS)
    for item, row in rows.items():
        voices, noise, seconds, _, verbatim, clean, alone = (cell.strip() for cell in row.split("|"))
        assert (voices, noise) == (", ".join(CLIPS[item].voices.values()), CLIPS[item].noise)
        assert float(seconds) == pytest.approx(ITEMS[item].seconds, abs=0.051)
        assert min(float(verbatim), float(clean)) <= 0.25, f"{item} cannot be understood"
        assert bool(alone) == (ITEMS[item].group == "talk")
