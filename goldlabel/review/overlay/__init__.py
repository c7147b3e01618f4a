"""Overlays: a picture with labels and gold drawn on it, as one self-contained SVG; a text with its marks as HTML.

One style everywhere: colour *and* line tell the verdict, so that colour-blind people and print keep it.
"""

from goldlabel.review.overlay.judged import regions_overlay
from goldlabel.review.overlay.plain import plain_overlay
from goldlabel.review.overlay.style import LEGEND, Stroke, legend_html, names_html
from goldlabel.review.overlay.text_redacted import redaction_overlay
from goldlabel.review.overlay.text_relations import relations_overlay
from goldlabel.review.overlay.text_spans import spans_overlay
from goldlabel.review.overlay.timeline import segments_overlay
from goldlabel.review.overlay.transcript import transcript_overlay

__all__ = [
    "LEGEND",
    "Stroke",
    "legend_html",
    "names_html",
    "plain_overlay",
    "redaction_overlay",
    "regions_overlay",
    "relations_overlay",
    "segments_overlay",
    "spans_overlay",
    "transcript_overlay",
]
