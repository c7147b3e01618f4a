// @ts-check
/** Polygons: outlines of one or several parts. */

import { widget } from "./entry.js";
import { movedBy, tiny } from "./polygon-shape.js";
import { PolygonSurface } from "./polygon-surface.js";
import { pointsText, readPoints } from "./points.js";
import { TaskBar } from "./taskbar.js";
import "./canvas.css";

/** @typedef {import("./types").Polygon} Polygon */

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Draw",
    [
      ["Click", "set the next point"],
      ["Drag", "draw freehand while the button is held"],
      ["Enter", "close; also a double click, or a click on the first point"],
      ["Backspace", "take the last point back"],
      ["N", "new polygon, also on top of another one"],
      ["Space", "set a point at the cross that the arrows move"],
    ],
  ],
  [
    "Selected polygon",
    [
      ["Drag", "a point, or the whole; the small dot in a side's middle adds a point"],
      ["P or Shift+Click", "draw a further part"],
      [", or .", "select the previous or the next point"],
      ["I", "add a point after the selected one"],
      ["Delete", "delete the selected point, else the polygon"],
    ],
  ],
];

function makeTask() {
  const tools = new TaskBar();
  tools.button({ title: "New polygon", key: "N", icon: "plus", text: "New polygon" }, (surface) => surface.begin(), (surface) => ({ pressed: surface.armed }));
  tools.button(
    { title: "Add a part to the selected polygon", key: "P", icon: "part", text: "Add a part" },
    (surface) => (surface.beginPart(), surface.focus()),
    (surface) => ({ disabled: !surface.polygon, pressed: surface.partOf !== null }),
  );
  tools.button(
    { title: "Close the outline", icon: "check", text: "Close" },
    (surface) => (surface.close(), surface.focus()),
    (surface) => ({ disabled: !(surface.outline.points.length > 2) }),
  );
  return /** @type {import("./types").Task} */ ({
    noun: "polygon",
    plural: "polygons",
    hint: "Click along the outline, or hold the button and draw round it. Click a polygon to change it.",
    selectedHint: "Drag a point, a side's middle or the whole.",
    help: HELP,
    moved: (one, dx, dy, item) => movedBy(/** @type {Polygon} */ (one), dx, dy, item),
    heads: ["part", "points: x,y x,y ..."],
    rows: (one, item) => /** @type {Polygon} */ (one).rings.map((_, n) => ringCells(/** @type {Polygon} */ (one), n, item)),
    bar: tools.node,
    surface: async (options) => new PolygonSurface(options, tools),
  });
}

/** @param {Polygon} one @param {number} n @param {import("./types").ItemState} item @returns {import("./types").Cell[]} */
function ringCells(one, n, item) {
  /** @param {string} text */
  const set = (text) => {
    const ring = readPoints(text, item);
    if (typeof ring === "string") return ring;
    const changed = { ...one, rings: one.rings.map((old, k) => (k === n ? ring : old)) };
    return tiny(ring) ? "This outline has no room inside." : changed;
  };
  return [
    { name: "part", value: String(n + 1) },
    { name: `points of part ${n + 1}`, value: pointsText(one.rings[n]), input: "text", set },
  ];
}

export default widget(makeTask);
