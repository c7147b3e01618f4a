"""The guideline as HTML for the widget's side panel, each numbered rule with an anchor."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

__all__ = ["guideline_html"]

_RULE_HEADING = re.compile(r"<h2>(R\d+)\.")


def guideline_html(markdown: str) -> str:
    """``markdown`` as HTML in which ``## R3. ...`` can be jumped to by its id in ``data-rule``.

    Raw HTML in the guideline is shown as text, not passed on. An ``id`` would clash when two widgets stand in
    one notebook, so rules carry a ``data-rule`` instead.
    """
    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return _RULE_HEADING.sub(r'<h2 data-rule="\1" tabindex="-1">\1.', html)
