"""What a learner calls: open, status, check, and what is shown when."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree

import msgspec
import pytest

from goldlabel import Exercise
from goldlabel.annotations import Box
from goldlabel.data import practice_gold
from goldlabel.errors import DataError, ExerciseError, StoreConflictError, StoreError

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def exercise(shapes, tmp_path) -> Exercise:
    return Exercise.open("shapes-boxes", folder=tmp_path)


def label(exercise: Exercise, item: str, boxes, *, done: bool = True, seconds: float = 0.0) -> None:
    rev = exercise.labels.of(item).rev
    exercise.store.save(item, boxes, base_rev=rev, action="draw", tool="test", done=done, seconds=seconds)


def gold(item: str) -> tuple[Box, ...]:
    return practice_gold("shapes").of(item).annotations


class TestStatus:
    def test_step_by_step(self, exercise) -> None:
        first, second = exercise.items
        assert repr(exercise.status()) == "Nothing is labelled yet: 2 pictures wait in the widget above."
        label(exercise, first.id, gold(first.id), done=False)
        assert exercise.status().state(first.id) == "begun"
        label(exercise, first.id, gold(first.id))
        assert repr(exercise.status()) == "1 of 2 pictures are done, with 4 boxes so far."
        label(exercise, second.id, ())
        assert exercise.status().sentence == (
            "All 2 pictures are done, with 4 boxes. Run the check to see how you did."
        )

    def test_what_was_skipped_is_said(self, exercise) -> None:
        first, second = exercise.items
        exercise.store.save(first.id, (), base_rev=0, action="skip", tool="test", skipped=True)
        assert exercise.status().state(first.id) == "skipped"
        assert repr(exercise.status()) == "0 of 2 pictures are done, 1 skipped, with 0 boxes so far."
        assert f"{first.id}: skipped" in exercise.status()._repr_html_()
        assert f"{second.id}: to do" in exercise.status()._repr_html_()

    def test_one_is_said_as_one(self, exercise) -> None:
        label(exercise, exercise.items[0].id, gold(exercise.items[0].id)[:1])
        assert exercise.status().sentence == "1 of 2 pictures are done, with 1 box so far."

    def test_the_table_says_where_each_picture_is(self, exercise) -> None:
        first, second = exercise.items
        label(exercise, first.id, ())
        label(exercise, second.id, gold(second.id), done=False)
        page = exercise.status()._repr_html_()
        assert f"{first.id}: done" in page
        assert f"{second.id}: begun" in page

    def test_other_turns_have_other_pictures_and_the_same_file(self, exercise, tmp_path) -> None:
        label(exercise, exercise.items[0].id, gold(exercise.items[0].id))
        second = Exercise.open("shapes-boxes", turn=2, folder=tmp_path)
        assert not set(exercise.items) & set(second.items)
        assert second.store.path == exercise.store.path
        assert second.status().done == ()
        label(second, second.items[0].id, ())
        assert exercise.status().done == (exercise.items[0].id,)

    def test_labels_are_there_again(self, exercise, tmp_path) -> None:
        label(exercise, exercise.items[0].id, gold(exercise.items[0].id))
        assert Exercise.open("shapes-boxes", folder=tmp_path).status().done == (exercise.items[0].id,)

    def test_a_restored_file_is_told(self, exercise, tmp_path, capsys) -> None:
        label(exercise, exercise.items[0].id, gold(exercise.items[0].id))
        exercise.store.path.write_bytes(b"{")
        Exercise.open("shapes-boxes", folder=tmp_path)
        assert "restored from the journal" in capsys.readouterr().out


class TestCheck:
    def test_nothing_yet(self, exercise) -> None:
        feedback = exercise.check()
        assert "Nothing to check yet" in feedback._repr_html_()
        assert "Nothing to check yet" in repr(feedback)

    def test_only_what_was_labelled_and_the_worst_first(self, shapes, tmp_path) -> None:
        exercise = Exercise.open("shapes-boxes", folder=tmp_path)
        good, bad = exercise.items
        label(exercise, good.id, gold(good.id))
        assert [one.id for one in exercise.check().items] == [good.id]
        assert exercise.check().waiting == 1
        label(exercise, bad.id, gold(bad.id)[:1])
        assert [one.id for one in exercise.check().items] == [bad.id, good.id]

    def test_findings_name_their_rule(self, exercise) -> None:
        item = exercise.items[0].id
        label(exercise, item, gold(item)[:3])
        page = exercise.check(item)._repr_html_()
        assert "R1 Box everything" in page
        assert "You missed a disc" in page

    def test_pace_only_when_accuracy_is_good(self, exercise) -> None:
        item = exercise.items[0].id
        label(exercise, item, gold(item)[:1], seconds=40)
        assert "Accuracy comes first" in exercise.check()._repr_html_()
        label(exercise, item, gold(item), seconds=8)
        assert "Your pace: 12.0 s a box" in exercise.check()._repr_html_()

    def test_a_score_that_passes_is_not_yet_good(self, exercise) -> None:
        """Three of four boxes and one too many: 0.75 x 6/8 + 0.25 x 3/4 = 0.75."""
        item = exercise.items[0].id
        label(exercise, item, [*gold(item)[:3], Box("x", "disc", (300.0, 5.0, 340.0, 40.0))], seconds=8)
        feedback = exercise.check()
        assert feedback.review.score == pytest.approx(0.75)
        assert "Accuracy comes first" in feedback._repr_html_()

    def test_a_picture_that_was_called_empty_is_judged(self, exercise) -> None:
        first, second = exercise.items
        label(exercise, first.id, ())
        label(exercise, second.id, (), done=False)
        feedback = exercise.check()
        assert [one.id for one in feedback.items] == [first.id]
        assert (feedback.review.score, feedback.waiting) == (0.0, 1)

    def test_time_of_refused_changes_is_no_pace(self, exercise) -> None:
        item = exercise.items[0].id
        label(exercise, item, gold(item), seconds=8)
        with pytest.raises(StoreConflictError):
            exercise.store.save(item, gold(item), base_rev=0, action="draw", tool="test", seconds=992)
        assert "Your pace: 2.0 s a box" in exercise.check()._repr_html_()

    def test_a_picture_that_is_gone_is_told(self, exercise, shapes) -> None:
        item = exercise.items[0]
        label(exercise, item.id, gold(item.id))
        (shapes / item.media).unlink()
        with pytest.raises(DataError, match="missing or empty"):
            exercise.check()

    def test_an_item_of_another_turn(self, exercise) -> None:
        with pytest.raises(ExerciseError, match="not part of this exercise"):
            exercise.check("s999")

    def test_what_a_learner_wrote_is_text(self, exercise) -> None:
        item = exercise.items[0].id
        boxes = [*gold(item), Box(HOSTILE, HOSTILE, (1.0, 1.0, 9.0, 9.0)), Box("z", "disc", (390.0, 1.0, 399.0, 9.0))]
        label(exercise, item, boxes)
        page = exercise.check()._repr_html_()
        assert "<script" not in page
        assert "&lt;script&gt;" in page

    def test_overlay_is_sound_xml_with_every_verdict(self, exercise) -> None:
        item = exercise.items[0].id
        one, two, three, _missed = gold(item)
        x1, y1, x2, y2 = two.xyxy
        boxes = [
            one,
            msgspec.structs.replace(two, xyxy=(x1 - 15, y1 - 15, x2, y2)),
            msgspec.structs.replace(three, label="disc"),
            Box("x", "disc", (300.0, 5.0, 340.0, 40.0)),
        ]
        label(exercise, item, boxes)
        page = exercise.check().item_html(item)
        svg = page[page.index("<svg") : page.index("</svg>") + 6]
        words = {node.text for node in ElementTree.fromstring(svg).iter() if node.tag.endswith("text")}
        assert {"block", "block: is block"} & words
        assert any(word.startswith("missed: ") for word in words)
        assert any(word.startswith("extra: ") for word in words)
        assert any("disc: is block" in word for word in words)
        assert any(word.startswith("disc 0.") for word in words)


class TestExam:
    @pytest.fixture
    def exam(self, shapes, tmp_path) -> Exercise:
        return Exercise.open("shapes-exam", folder=tmp_path)

    def test_gold_stays_hidden(self, exam) -> None:
        for look in (exam.review, exam.check, lambda: exam.check(exam.items[0].id)):
            with pytest.raises(ExerciseError, match="graded: its gold stays hidden"):
                look()

    def test_gold_stays_hidden_even_of_pictures_that_practice_shows(self, shapes, tmp_path) -> None:
        description = shapes / "exercises/shapes-exam/exercise.toml"
        description.write_text(description.read_text().replace('pool = "exam"', 'pool = "practice"'))
        exam = Exercise.open("shapes-exam", folder=tmp_path)
        label(exam, exam.items[0].id, ())
        with pytest.raises(ExerciseError, match="graded: its gold stays hidden"):
            exam.check(exam.items[0].id)

    def test_when_all_is_done(self, exam) -> None:
        for item in exam.items:
            label(exam, item.id, ())
        assert exam.status().sentence == "All 2 pictures are done, with 0 boxes. Hand it in when you are content."


def test_backup_and_restore(exercise) -> None:
    item = exercise.items[0].id
    label(exercise, item, gold(item))
    archive = exercise.backup()
    label(exercise, item, ())
    assert exercise.restore(archive).annotations == 4
    assert archive.name == "shapes-boxes-backup.zip"
    assert [exercise.backup().name for _ in range(2)] == ["shapes-boxes-backup-2.zip", "shapes-boxes-backup-3.zip"]
    with pytest.raises(StoreError, match="exists already"):
        exercise.backup(archive)


def test_a_wrong_backup_is_told_with_one_advice(exercise, tmp_path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "y.zip", "w") as other:
        other.writestr("shapes-boxes.json", "{")
    for name in ("x.zip", "y.zip"):
        with pytest.raises(StoreError, match="holds no labels of the exercise 'shapes-boxes'") as caught:
            exercise.restore(tmp_path / name)
        assert str(caught.value).count("What to do") == 1


def test_the_guideline_is_shown_as_it_stands(exercise) -> None:
    assert exercise.guideline()._repr_markdown_().startswith("# Guideline")
    assert repr(exercise) == "<Exercise shapes-boxes: 2 items, labels in shapes-boxes.json>"


def test_an_error_shows_its_sentence_instead_of_a_traceback(shapes) -> None:
    with pytest.raises(ExerciseError) as caught:
        Exercise.open("nothing")
    assert caught.value._render_traceback_()[-1].startswith("What to do: Use one of")
