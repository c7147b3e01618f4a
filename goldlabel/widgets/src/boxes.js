// @ts-check
/** Boxes: jupyter-bbox-widget's surface in our shell. */

import { BoxSurface } from "./box-surface.js";
import { widget } from "./entry.js";
import { inside, newBox, nudged, tooSmall } from "./geometry.js";
import "./boxes.css";

/** @typedef {import("./types").Box} Box */

const SIDES = ["x1", "y1", "x2", "y2"];
/** Half the side of a new box, in pixels. */
const HALF = 30;

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Draw",
    [
      ["Drag", "draw a box; with Shift also inside the selected one"],
      ["Click", "select a box, then drag it or its edges"],
      ["N", "new box in the middle of the view"],
    ],
  ],
  [
    "Selected box",
    [
      ["E, Q", "wider, narrower (Shift: by more)"],
      ["R, T", "taller, shorter (Shift: by more)"],
    ],
  ],
];

/** @param {import("./session.js").Session} session @returns {import("./types").Task} */
const makeTask = (session) => ({
  noun: "box",
  plural: "boxes",
  hint: "Drag to draw a box, click one to change it.",
  selectedHint: "Drag the box or its edges.",
  help: HELP,
  fresh: (label, [x, y], item) => {
    const [left, top] = [Math.round(x) - HALF, Math.round(y) - HALF];
    return newBox(label, inside([left, top, left + 2 * HALF, top + 2 * HALF], item, true));
  },
  moved: (one, dx, dy, item) => nudged(/** @type {Box} */ (one), [dx, dy, dx, dy], item),
  heads: SIDES,
  rows: (one, item) => [SIDES.map((name, side) => sideCell(/** @type {Box} */ (one), name, side, item))],
  surface: (options) => BoxSurface.open(options, session.model.get("surface")),
});

/** @param {Box} box @param {string} name @param {number} side @param {import("./types").ItemState} item @returns {import("./types").Cell} */
function sideCell(box, name, side, item) {
  return {
    name,
    value: String(box.xyxy[side]),
    input: "number",
    max: side % 2 ? item.height : item.width,
    set: (value) => {
      const wanted = /** @type {Box["xyxy"]} */ (box.xyxy.map((old, n) => (n === side ? Number.parseFloat(value) : old)));
      const xyxy = inside(wanted, item, false);
      if (wanted.every(Number.isFinite) && !tooSmall(xyxy)) return /** @type {Box} */ ({ ...box, xyxy });
      return "x1 must be left of x2 and y1 above y2, 3 pixels apart at least.";
    },
  };
}

export default widget(makeTask);
