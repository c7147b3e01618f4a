"""Wrong labels and what they do: the spoiling is exact, the figures are those of the classifier."""

from __future__ import annotations

import numpy as np
import pytest

from goldlabel.learning import noise


@pytest.mark.parametrize("kind", ["random", "twins"])
@pytest.mark.parametrize("share", [0, 0.1, 0.37, 1])
def test_just_that_share_is_wrong(kind, share) -> None:
    labels = np.arange(200) % 10
    spoiled = noise.spoil(labels, share, kind, seed=3)
    assert (spoiled != labels).sum() == round(share * 200)
    assert set(spoiled) <= set(range(10))
    assert (labels == np.arange(200) % 10).all(), "the argument is not changed"


def test_confusion_goes_to_the_look_alike_only() -> None:
    labels = np.arange(100) % 10
    spoiled = noise.spoil(labels, 1, "twins", seed=0)
    assert [noise.TWINS[int(digit)] for digit in labels] == list(spoiled)
    assert all(noise.TWINS[noise.TWINS[digit]] == digit != noise.TWINS[digit] for digit in range(10))


def test_only_threes_become_eights() -> None:
    labels = np.arange(100) % 10
    spoiled = noise.spoil(labels, 0.5, "threes", seed=0)
    assert list(spoiled[spoiled != labels]) == [8] * 5
    assert set(labels[spoiled != labels]) == {3}


@pytest.mark.parametrize(("share", "kind"), [(1.1, "random"), (-0.1, "twins"), (0.1, "weather")])
def test_other_shares_and_kinds_are_refused(share, kind) -> None:
    with pytest.raises(ValueError, match="share must lie in 0 to 1"):
        noise.spoil(np.arange(10), share, kind, seed=0)


def test_train_and_test_share_no_digit() -> None:
    digits = noise.split(0)
    assert len(digits.train) + len(digits.test) == 1797
    test = {row.tobytes() for row in digits.test}
    assert sum(row.tobytes() in test for row in digits.train) == 0
    assert 0 <= digits.train.min() < digits.train.max() <= 1


def test_confusion_costs_more_than_slips_and_both_cost() -> None:
    slips = noise.accuracy_by_share("random").mean(axis=1)
    confusion = noise.accuracy_by_share("twins").mean(axis=1)
    assert slips[0] == confusion[0] > 0.9
    assert slips[0] > slips[-1] > 0.8
    assert (confusion[2:] < slips[2:]).all()
    assert confusion[-1] < 0.5


def test_accuracy_is_the_mean_over_the_digits_that_were_asked() -> None:
    result = noise.trained(0.3, "threes", 0)
    sizes = np.bincount(noise.split(0).test_labels)
    assert np.average(result.by_digit, weights=sizes) == pytest.approx(result.accuracy)
    assert result.wrong == round(0.3 * (noise.split(0).train_labels == 3).sum())


def test_clean_labels_that_do_the_same() -> None:
    spoiled = float(noise.accuracy_by_share("twins", (0.3,)).mean())
    size = noise.clean_equivalent(spoiled)
    assert size < len(noise.split(0).train_labels) * 0.7, "the wrong 30 % cost more than their own number"
    few = []
    for digits in map(noise.split, noise.SEEDS):
        with noise.calm():
            learned = noise.new_classifier().fit(digits.train[: size - 10], digits.train_labels[: size - 10])
            few.append(learned.score(digits.test, digits.test_labels))
    assert np.mean(few) < spoiled
    assert noise.clean_equivalent(1.0) == len(noise.split(0).train_labels)


def test_sliders_train_again() -> None:
    share, kind, view = noise.noise_explorer().children
    share.value = 0
    assert "0 of them were wrong" in view.value
    share.value, kind.value = 60, "threes"
    expected = noise.trained(0.6, "threes", 0)
    assert f"It reads {100 * expected.accuracy:.0f} % of all digits right" in view.value
    assert f"{expected.wrong} of them were wrong" in view.value


def test_figures_say_what_they_show() -> None:
    assert "data:image/png;base64," in noise.noise_plot((0.0, 0.5), range(2)).html
    assert noise.sample(7).html.count("<img") == 7
    assert noise.clean_equivalents((0.3,)).html.count("<tr") == 2
