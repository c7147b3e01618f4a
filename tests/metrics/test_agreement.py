"""Agreement of many raters, against the worked example that Krippendorff published."""

from __future__ import annotations

import numpy as np
import pytest

from goldlabel.metrics.agreement import krippendorff_alpha, pairwise_agreement
from goldlabel.metrics.choices import cohen_kappa, confusion_matrix

# Krippendorff (2011), example C: four observers, twelve units, values 1 to 5; counts by unit.
#   unit      1  2  3  4  5  6  7  8  9 10 11 12
#   A         1  2  3  3  2  1  4  1  2  .  .  .
#   B         1  2  3  3  2  2  4  1  2  5  .  3
#   C         .  3  3  3  2  3  4  2  2  5  1  .
#   D         1  2  3  3  2  4  4  1  2  5  1  .
EXAMPLE = [
    [3, 0, 0, 0, 0], [0, 3, 1, 0, 0], [0, 0, 4, 0, 0], [0, 0, 4, 0, 0], [0, 4, 0, 0, 0], [1, 1, 1, 1, 0],
    [0, 0, 0, 4, 0], [3, 1, 0, 0, 0], [0, 4, 0, 0, 0], [0, 0, 0, 0, 3], [2, 0, 0, 0, 0], [0, 0, 1, 0, 0],
]  # fmt: skip


class TestAlpha:
    @pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
    def test_the_published_example(self, level, published) -> None:
        assert krippendorff_alpha(EXAMPLE, level=level, values=(1, 2, 3, 4, 5)) == pytest.approx(published, abs=5e-4)

    def test_unused_values_and_items_with_one_rating_change_nothing(self) -> None:
        more = [[*row, 0] for row in EXAMPLE] + [[0, 0, 0, 0, 0, 1]]
        for level in ("nominal", "ordinal", "interval"):
            assert krippendorff_alpha(more, level=level) == pytest.approx(krippendorff_alpha(EXAMPLE, level=level))

    def test_two_raters_come_close_to_kappa_when_there_are_many_items(self) -> None:
        random = np.random.default_rng(3)
        first = random.integers(0, 3, 4000)
        second = np.where(random.random(4000) < 0.3, random.integers(0, 3, 4000), first)
        counts = np.eye(3)[first] + np.eye(3)[second]
        kappa = cohen_kappa(confusion_matrix(first, second, 3))
        assert krippendorff_alpha(counts) == pytest.approx(float(kappa), abs=0.002)

    @pytest.mark.parametrize("counts", [[[5, 0]], [[5, 0], [3, 0]], [[1, 0], [0, 1]], np.zeros((0, 3))])
    def test_nothing_disagrees(self, counts) -> None:
        assert krippendorff_alpha(counts) == 1
        assert pairwise_agreement(counts) == 1

    def test_worse_than_chance_is_negative(self) -> None:
        assert krippendorff_alpha([[1, 1], [1, 1], [1, 1]]) < 0

    @pytest.mark.parametrize("counts", [[1, 2], [[1, -1]], [[np.nan, 2]]])
    def test_no_table_of_counts(self, counts) -> None:
        with pytest.raises(ValueError, match="table of counts"):
            krippendorff_alpha(counts)

    def test_values_that_do_not_fit(self) -> None:
        with pytest.raises(ValueError, match="as many values"):
            krippendorff_alpha([[1, 2]], level="interval", values=(1, 2, 3))


def test_pairs_by_hand() -> None:
    # Four say the same: every pair agrees. Three against one: 3 of the 6 pairs. One rating: no pair.
    assert pairwise_agreement([[4, 0], [3, 1], [1, 0]]) == pytest.approx((1 + 0.5) / 2)
