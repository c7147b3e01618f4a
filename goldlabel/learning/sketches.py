"""Small line drawings, one a kind of label: they take the page's colours and need no data set."""

from __future__ import annotations

from goldlabel.learning.figures import BLUE, GREEN, ORANGE, VERMILION

__all__ = [
    "box",
    "cuboid",
    "keypoints",
    "mask",
    "polygon",
    "ranking",
    "relation",
    "spans",
    "tag",
    "track",
    "transcript",
]

_PEAR = "M118 34 C104 34 100 58 92 76 C82 98 84 132 118 132 C152 132 154 98 144 76 C136 58 132 34 118 34 Z"
_STALK = '<path d="M118 34 C118 26 122 20 128 16" fill="none" stroke="currentColor" stroke-width="3"/>'


def _svg(body: str, what: str) -> str:
    return (
        f'<svg viewBox="0 0 240 150" role="img" aria-label="{what}" style="display:block;width:100%;height:auto">{body}'
        "</svg>"
    )


def _pear(fill: str = "none", width: float = 2) -> str:
    return f'<path d="{_PEAR}" fill="{fill}" stroke="currentColor" stroke-width="{width}"/>{_STALK}'


def _text(x: float, y: float, text: str, size: int = 13, anchor: str = "start", fill: str = "currentColor") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">{text}</text>'


def _chip(x: float, y: float, text: str, color: str) -> str:
    width = 7.4 * len(text) + 14
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="20" rx="10" fill="{color}"/>'
        f"{_text(x + width / 2, y + 14.5, text, 12, 'middle', '#fff')}"
    )


def tag() -> str:
    """One name for the whole picture."""
    return _svg(_pear() + _chip(166, 64, "pear", BLUE), "A pear, and the word pear")


def box() -> str:
    """A rectangle round one thing."""
    frame = f'<rect x="84" y="15" width="68" height="118" fill="none" stroke="{BLUE}" stroke-width="3"/>'
    return _svg(_pear() + frame + _chip(158, 15, "pear", BLUE), "A pear in a tight box")


def polygon() -> str:
    """Corners joined by lines."""
    right = ((118, 33), (131, 42), (138, 62), (150, 86), (150, 112), (138, 128))
    left = ((118, 133), (98, 128), (86, 112), (86, 86), (98, 62), (105, 42))
    corners = (*right, *left)
    points = " ".join(f"{x},{y}" for x, y in corners)
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3.6" fill="{BLUE}"/>' for x, y in corners)
    line = f'<polygon points="{points}" fill="{BLUE}" fill-opacity=".15" stroke="{BLUE}" stroke-width="2.5"/>'
    return _svg(_pear(width=1) + line + dots, "A pear with corners along its outline")


def mask() -> str:
    """Pixels painted."""
    cells = []
    for row in range(17):
        y = 16 + 7 * row
        half = {0: 0, 1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3}.get(row, 4 if row < 10 else 5 if row < 14 else 17 - row + 1)
        half = min(half, 5)
        cells += [
            f'<rect x="{118 + 7 * k - 3.5:.1f}" y="{y}" width="6.2" height="6.2" fill="{GREEN}"/>'
            for k in range(-half, half + 1)
            if half
        ]
    return _svg(_pear(width=1) + "".join(cells), "A pear whose pixels are painted")


def keypoints() -> str:
    """A figure with its joints."""
    joints = {"head": (120, 24), "neck": (120, 46), "hip": (120, 88), "hand": (76, 70), "elbow": (96, 58)}
    joints |= {"hand2": (160, 36), "elbow2": (144, 56), "knee": (104, 112), "foot": (98, 138), "knee2": (138, 110)}
    joints |= {"foot2": (148, 138)}
    arms = ("head neck", "neck hip", "neck elbow", "elbow hand", "neck elbow2", "elbow2 hand2")
    legs = ("hip knee", "knee foot", "hip knee2", "knee2 foot2")
    drawn = ""
    for line in (*arms, *legs):
        (x1, y1), (x2, y2) = (joints[name] for name in line.split())
        drawn += f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="currentColor" stroke-width="3"/>'
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="5" fill="{VERMILION}"/>' for x, y in joints.values())
    return _svg(drawn + dots, "A stick figure with a dot on every joint")


def _marked(x: float, y: float, width: float, color: str, name: str) -> str:
    return (
        f'<rect x="{x}" y="{y - 15}" width="{width}" height="20" rx="3" fill="{color}" fill-opacity=".25"/>'
        f'<line x1="{x}" y1="{y + 6}" x2="{x + width}" y2="{y + 6}" stroke="{color}" stroke-width="3"/>'
        f"{_text(x, y + 20, name, 10)}"
    )


def spans() -> str:
    """Words marked in a sentence."""
    return _svg(
        _marked(14, 56, 72, BLUE, "PERSON")
        + _marked(128, 56, 56, ORANGE, "PLACE")
        + _marked(42, 106, 88, GREEN, "ORGANISATION")
        + _text(16, 56, "Ada Kern")
        + _text(92, 56, "left")
        + _text(131, 56, "Lisbon")
        + _text(188, 56, "to")
        + _text(14, 106, "join")
        + _text(45, 106, "Polder Works."),
        "A sentence with a person, a place and an organisation marked",
    )


def relation() -> str:
    """Two spans and an arrow."""
    arrow = (
        '<path d="M52 72 C70 22 160 22 184 68" fill="none" stroke="currentColor" stroke-width="2"/>'
        '<path d="M184 70 l-9 -6 l10 -4 z" fill="currentColor"/>'
    )
    return _svg(
        arrow
        + _text(118, 28, "works for", 12, "middle")
        + _marked(14, 94, 72, BLUE, "PERSON")
        + _marked(138, 94, 92, GREEN, "ORGANISATION")
        + _text(16, 94, "Ada Kern")
        + _text(92, 94, "runs")
        + _text(141, 94, "Polder Works"),
        "A person and an organisation joined by an arrow that says works for",
    )


def transcript() -> str:
    """A sound wave, cut into turns with words."""
    heights = (4, 9, 20, 28, 16, 24, 30, 14, 8, 3, 2, 3, 12, 22, 30, 26, 17, 24, 12, 5, 2, 2, 9, 18, 26, 20, 11, 5)
    bars = "".join(
        f'<rect x="{14 + 7.6 * k:.1f}" y="{50 - h}" width="4.6" height="{2 * h}" rx="2" fill="currentColor" '
        'fill-opacity=".55"/>'
        for k, h in enumerate(heights)
    )
    turns = ""
    said = ((12, 74, BLUE, "A: is it ripe?"), (100, 68, ORANGE, "B: uh, not yet"), (176, 54, BLUE, "A: ok"))
    for x, width, color, text in said:
        turns += f'<rect x="{x}" y="90" width="{width}" height="6" rx="3" fill="{color}"/>' + _text(x, 112, text, 10)
    clock = _text(12, 138, "0.0 s", 10) + _text(228, 138, "3.4 s", 10, "end")
    return _svg(bars + turns + clock, "A sound wave, and who said what under it")


def track() -> str:
    """One thing in three frames, with one number."""
    drawn = ""
    for k, (dx, dy) in enumerate(((8, 62), (26, 50), (42, 34))):
        x = 8 + 77 * k
        frame = f'<rect x="{x}" y="20" width="70" height="100" rx="4" stroke="currentColor" fill="none"/>'
        ball = f'<circle cx="{x + dx + 8}" cy="{dy + 22}" r="8" fill="currentColor" fill-opacity=".45"/>'
        place = f'x="{x + dx - 1}" y="{dy + 13}" width="18" height="18"'
        label = f'<rect {place} fill="none" stroke="{BLUE}" stroke-width="2.5"/>'
        number = _text(x + dx - 1, dy + 9, "no. 7", 10)
        drawn += frame + ball + label + number + _text(x + 35, 136, f"frame {k + 1}", 10, "middle")
    return _svg(drawn, "The same ball in three frames, each time with the number seven")


def cuboid() -> str:
    """A box in space round measured points."""
    front = ((60, 62), (140, 62), (140, 122), (60, 122))
    shift = (44, -34)
    points = "".join(
        f'<circle cx="{66 + 13 * (k % 7) + 5 * (k // 7)}" cy="{116 - 11 * (k // 7) - (k * 7) % 5}" r="1.8" '
        'fill="currentColor"/>'
        for k in range(33)
    )
    corners = " ".join(f"{x},{y}" for x, y in front)
    back = " ".join(f"{x + shift[0]},{y + shift[1]}" for x, y in front)
    edges = "".join(
        f'<line x1="{x}" y1="{y}" x2="{x + shift[0]}" y2="{y + shift[1]}" stroke="{BLUE}" stroke-width="2.5"/>'
        for x, y in front
    )
    style = f'fill="none" stroke="{BLUE}" stroke-width="2.5"'
    far = f'<polygon points="{back}" {style} stroke-dasharray="4 4"/>'
    near = f'<polygon points="{corners}" {style}/>'
    return _svg(points + far + edges + near, "Points of a laser scan in a box with three dimensions")


def ranking() -> str:
    """Two answers and a choice."""
    drawn = ""
    for x, name, color in ((12, "A", "currentColor"), (128, "B", GREEN)):
        drawn += f'<rect x="{x}" y="14" width="100" height="86" rx="8" fill="none" stroke="{color}" stroke-width="2"/>'
        drawn += _text(x + 10, 32, f"Answer {name}", 12)
        drawn += "".join(
            f'<line x1="{x + 10}" y1="{46 + 13 * k}" x2="{x + end}" y2="{46 + 13 * k}" stroke="currentColor" '
            'stroke-opacity=".5" stroke-width="3"/>'
            for k, end in enumerate((88, 80, 90, 60))
        )
    scale = "".join(
        f'<circle cx="{30 + 36 * k}" cy="124" r="7" fill="{GREEN if k == 4 else "none"}" stroke="currentColor"/>'
        for k in range(6)
    )
    return _svg(
        drawn + scale + _text(30, 147, "A far better", 10) + _text(214, 147, "B far better", 10, "end"),
        "Two answers and a scale from A far better to B far better",
    )
