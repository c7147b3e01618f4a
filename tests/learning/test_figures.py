"""The live figures of the lesson on boxes say what the metrics say."""

from __future__ import annotations

import pytest

from goldlabel.errors import ExerciseError
from goldlabel.learning import boxes as show
from goldlabel.learning import examples
from goldlabel.metrics.boxes import iou


@pytest.mark.parametrize(("size", "air"), [(60, 10), (240, 10), (30, -5), (100, 0), (40, -20)])
def test_overlap_with_air_is_iou(size, air) -> None:
    box = [-air, -air, size + air, size + air]
    assert show.overlap_with_air(size, air) == pytest.approx(iou([[0, 0, size, size]], [box])[0, 0])


def test_figures_that_the_texts_quote() -> None:
    assert round(show.overlap_with_air(60, 10), 2) == 0.56
    assert round(show.overlap_with_air(240, 10), 2) == 0.85


def test_a_worked_example_is_never_an_exam_picture(shapes) -> None:
    assert examples.worked_example("shapes-boxes", "s0").html.count("<text") == 4
    with pytest.raises(ExerciseError, match="no practice item 's7'"):
        examples.worked_example("shapes-boxes", "s7")


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
    view, button = examples.spot_the_faults("shapes-boxes", "s0").children
    assert "missed" not in view.value
    button.click()
    assert "missed: " in view.value
    assert "R1 Box everything" in view.value
    assert button.disabled


def test_the_plot_is_a_picture(shapes) -> None:
    assert 'src="data:image/png;base64,' in show.air_plot().html
