// @ts-check
/** Rotated boxes: boxes that lie along their objects. */

import { widget } from "./entry.js";
import { movedBox, RotatedSurface } from "./rotated-surface.js";
import { TaskBar } from "./taskbar.js";
import { MIN_SIDE, newTurned, settled } from "./turned.js";
import "./canvas.css";

/** @typedef {import("./types").RotatedBox} RotatedBox */

/** Sides of a new box, in pixels. @type {[number, number]} */
const NEW = [120, 60];

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Draw",
    [
      ["Drag", "draw an upright box, then turn it by its round handle"],
      ["Click", "three times: both ends of one side, then the opposite side"],
      ["N", "new box in the middle of the view"],
    ],
  ],
  [
    "Selected box",
    [
      ["Q, E", "turn left or right by 1 degree, with Shift by 10; also , and ."],
      ["R, T", "taller, shorter (Shift: by more)"],
      ["], [", "wider, narrower (Shift: by more)"],
      ["Drag", "the round handle turns (with Shift in steps of 15 degrees), a corner stretches, the inside moves"],
    ],
  ],
];

/** @type {[string, (one: RotatedBox) => number, (one: RotatedBox, value: number) => RotatedBox][]} */
const COLUMNS = [
  ["centre x", (one) => one.center[0], (one, value) => ({ ...one, center: [value, one.center[1]] })],
  ["centre y", (one) => one.center[1], (one, value) => ({ ...one, center: [one.center[0], value] })],
  ["width", (one) => one.size[0], (one, value) => ({ ...one, size: [value, one.size[1]] })],
  ["height", (one) => one.size[1], (one, value) => ({ ...one, size: [one.size[0], value] })],
  ["degrees", (one) => one.rotation, (one, value) => ({ ...one, rotation: value })],
];

function makeTask() {
  const tools = new TaskBar();
  tools.button({ title: "Draw a new box", icon: "plus", text: "New box" }, (surface) => (surface.arm(), surface.focus()), (surface) => ({ pressed: surface.armed }));
  tools.button({ title: "Turn left by 1 degree", key: "Q", icon: "undo", text: "Turn" }, (surface) => turnBy(surface, -1), (surface) => ({ disabled: !surface.box }));
  tools.button({ title: "Turn right by 1 degree", key: "E", icon: "redo", text: "Turn" }, (surface) => turnBy(surface, 1), (surface) => ({ disabled: !surface.box }));
  return /** @type {import("./types").Task} */ ({
    noun: "box",
    plural: "boxes",
    hint: "Drag a box and turn it by its handle, or click three times: both ends of a side, then the side opposite.",
    selectedHint: "Drag the box, a corner or the round handle.",
    help: HELP,
    fresh: (label, centre, item) => newTurned(label, /** @type {[number, number]} */ (centre.map(Math.round)), NEW, 0, item),
    moved: (one, dx, dy, item) => movedBox(/** @type {RotatedBox} */ (one), dx, dy, item),
    heads: COLUMNS.map(([name]) => name),
    rows: (one, item) => [COLUMNS.map(([name, get, set]) => cell(/** @type {RotatedBox} */ (one), name, get, set, item))],
    bar: tools.node,
    surface: async (options) => new RotatedSurface(options, tools),
  });
}

/** @param {RotatedSurface} surface @param {number} degrees */
function turnBy(surface, degrees) {
  const one = surface.box;
  if (one && !surface.busy) surface.replace(settled({ ...one, rotation: one.rotation + degrees }, surface.item), "move");
}

/**
 * @param {RotatedBox} one @param {string} name @param {(one: RotatedBox) => number} get
 * @param {(one: RotatedBox, value: number) => RotatedBox} set @param {import("./types").ItemState} item
 * @returns {import("./types").Cell}
 */
function cell(one, name, get, set, item) {
  return {
    name,
    value: String(get(one)),
    input: "number",
    min: name === "degrees" ? -180 : 0,
    set: (text) => {
      const value = Number.parseFloat(text);
      if (!Number.isFinite(value)) return "Write a number.";
      const wanted = set(one, value);
      return Math.min(...wanted.size) < MIN_SIDE ? `A side is ${MIN_SIDE} pixels long at least.` : settled(wanted, item);
    },
  };
}

export default widget(makeTask);
