"""The live figures of the lesson on boxes say what the metrics say."""

from __future__ import annotations

import pytest

from goldlabel.annotations import ItemLabels, LabelSet
from goldlabel.data import load_items, practice_gold
from goldlabel.errors import ExerciseError
from goldlabel.exercises import find_exercise
from goldlabel.learning import boxes as show
from goldlabel.metrics.boxes import iou
from goldlabel.review import review


@pytest.mark.parametrize(("size", "air"), [(60, 10), (240, 10), (30, -5), (100, 0), (40, -20)])
def test_overlap_with_air_is_iou(size, air) -> None:
    box = [-air, -air, size + air, size + air]
    assert show.overlap_with_air(size, air) == pytest.approx(iou([[0, 0, size, size]], [box])[0, 0])


def test_figures_that_the_texts_quote() -> None:
    assert round(show.overlap_with_air(60, 10), 2) == 0.56
    assert round(show.overlap_with_air(240, 10), 2) == 0.85


@pytest.mark.parametrize("seed", range(8))
def test_four_faults_of_four_kinds(shapes, seed) -> None:
    spec, gold = find_exercise("shapes-boxes"), practice_gold("shapes")
    item = load_items("shapes")[0]
    faulty = show.plant_faults(gold.of(item.id).annotations, spec.class_names, seed)
    labels = LabelSet(exercise=spec.id, items={item.id: ItemLabels(faulty, done=True)})
    findings = review(labels, gold, spec.rubric, items=[item], classes=spec.class_names).findings
    assert sorted(finding.kind for finding in findings) == ["extra", "low_overlap", "mismatching_label", "missing"]


def test_too_few_boxes_for_four_faults(shapes) -> None:
    with pytest.raises(ValueError, match="four boxes"):
        show.plant_faults(practice_gold("shapes").of("s0").annotations[:3], ("disc", "block"), 1)


def test_a_worked_example_is_never_an_exam_picture(shapes) -> None:
    assert show.worked_example("shapes-boxes", "s0").html.count("<text") == 4
    with pytest.raises(ExerciseError, match="no practice picture 's7'"):
        show.worked_example("shapes-boxes", "s7")


def test_sliders_move_the_box(shapes) -> None:
    (row,) = show.iou_explorer("shapes-boxes", "s0").children
    controls, view = row.children
    sliders = controls.children[1:]
    for slider in sliders:
        slider.value = 0
    assert "IoU 1.00</b>: tight enough" in view.value
    sliders[0].value = 40
    sliders[2].value = 40
    assert "counts as found, but is not tight" in view.value


def test_faults_are_revealed_by_the_button(shapes) -> None:
    view, button = show.spot_the_faults("shapes-boxes", "s0").children
    assert "missed" not in view.value
    button.click()
    assert "missed: " in view.value
    assert "R1 Box everything" in view.value
    assert button.disabled


def test_the_plot_is_a_picture(shapes) -> None:
    assert 'src="data:image/png;base64,' in show.air_plot().html
