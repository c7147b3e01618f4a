// @ts-check
/** Masks: the pixels of one object each. */

import { clamp } from "./geometry.js";
import { widget } from "./entry.js";
import { MaskSurface } from "./mask-surface.js";
import { area, extent, runsOf } from "./rle.js";
import { TaskBar } from "./taskbar.js";
import "./canvas.css";

/** @typedef {import("./types").Mask} Mask */
/** @typedef {import("./mask-surface.js").Mode} Mode */

const SIZES = { least: 1, most: 160 };

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Paint",
    [
      ["Drag", "paint or erase on the selected mask; with none selected, a new one begins"],
      ["N", "new mask: the next object"],
      ["B, E", "brush, eraser"],
      ["O", "outline: click round a region, it is filled"],
      ["V", "pick: click a mask to select it"],
      ["[ or ,", "smaller brush"],
      ["] or .", "larger brush"],
      ["H", "fill the holes of the selected mask"],
    ],
  ],
  [
    "By keyboard",
    [
      ["arrows", "move the brush by 1 pixel, with Shift by 10"],
      ["Space", "paint there; hold it and move to paint a line"],
      ["Enter", "close an outline"],
    ],
  ],
];

/** The brush, and its buttons. */
export class BrushBar extends TaskBar {
  /** @type {Mode} */
  mode = "brush";
  /** Diameter in pixels of the picture. */
  size = 24;
  /** Per cent. */
  opacity = 45;

  constructor() {
    super();
    this.button({ title: "New mask", key: "N", icon: "plus", text: "New mask" }, (surface) => surface.begin());
    this.gap();
    this.#mode("brush", "Brush", "B");
    this.#mode("eraser", "Eraser", "E");
    this.#mode("outline", "Outline", "O");
    this.#mode("pick", "Pick", "V");
    this.gap();
    this.slider({ name: "Size", min: SIZES.least, max: SIZES.most, unit: " px" }, () => this.size, (value) => this.#set(value));
    this.gap();
    this.button({ title: "Fill the holes of the selected mask", key: "H", icon: "holes", text: "Fill holes" }, (surface) => surface.fillHoles(), (surface) => ({ disabled: surface.selected === null }));
    this.slider({ name: "Opacity", min: 0, max: 100, step: 5, unit: " %" }, () => this.opacity, (value) => {
      this.opacity = value;
      this.surface?.draw();
    });
  }

  /** @param {number} steps */
  resize(steps) {
    const grown = this.size * 1.2 ** steps;
    this.#set(steps > 0 ? Math.ceil(grown) : Math.floor(grown));
    return true;
  }

  /** @param {number} size */
  #set(size) {
    this.size = clamp(size, SIZES.least, SIZES.most);
    this.surface?.draw();
  }

  /** @param {Mode} mode @param {string} text @param {string} key */
  #mode(mode, text, key) {
    const icon = mode === "pick" ? "hand" : mode;
    this.button({ title: text, key, icon, text }, (surface) => surface.turnTo(mode), () => ({ pressed: this.mode === mode }));
  }
}

function makeTask() {
  const tools = new BrushBar();
  return /** @type {import("./types").Task} */ ({
    noun: "mask",
    plural: "masks",
    hint: "Hold the button and paint the object's pixels.",
    selectedHint: "Paint on the selected mask.",
    help: HELP,
    moved: (one) => one,
    heads: ["pixels", "x1", "y1", "x2", "y2"],
    rows: (one) => [cells(/** @type {Mask} */ (one))],
    bar: tools.node,
    surface: async (options) => new MaskSurface(options, tools),
  });
}

/** @param {Mask} one @returns {import("./types").Cell[]} */
function cells(one) {
  const runs = runsOf(one);
  const box = extent(runs, one.size[0]) ?? [];
  return [{ name: "pixels", value: String(area(runs)) }, ...["x1", "y1", "x2", "y2"].map((name, n) => ({ name, value: String(box[n] ?? "") }))];
}

export default widget(makeTask);
