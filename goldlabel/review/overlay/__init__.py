"""Overlays: a picture with labels and gold drawn on it, as one self-contained SVG.

One style everywhere: colour *and* line tell the verdict, so that colour-blind people and print keep it.
"""

from goldlabel.review.overlay.judged import regions_overlay
from goldlabel.review.overlay.plain import plain_overlay
from goldlabel.review.overlay.style import LEGEND, Stroke, legend_html

__all__ = ["LEGEND", "Stroke", "legend_html", "plain_overlay", "regions_overlay"]
