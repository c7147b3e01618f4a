// @ts-check
/** Word boxes: every printed word of a page, what it says and which field it belongs to. */

import { widget } from "./entry.js";
import { pointsText, readPoints } from "./points.js";
import { TaskBar } from "./taskbar.js";
import { middle, movedWord, newWord, sound } from "./word-shape.js";
import { WordSurface } from "./word-surface.js";
import { oneLine, wordText } from "./word-text.js";
import "./canvas.css";
import "./word-boxes.css";

/** @typedef {import("./types").WordBox} WordBox */

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Draw",
    [
      ["Drag", "a box round a word; then type what it says"],
      ["Click", "three times, where lines run uphill: both ends of one side of the word, then the side opposite"],
      ["N", "new box beside the last one, in the middle if it is the first"],
      ["Shift+N", "new box where the line below begins"],
      ["Shift+Drag", "draw inside another box"],
      ["T", "show or hide the texts above the boxes"],
    ],
  ],
  [
    "While you type",
    [
      ["Enter", "on to the next box without text, else back to the picture"],
      ["Esc", "back to the picture; the word stays selected"],
      ["Alt+1 to Alt+9", "the field of the word"],
      ["Up, Down", "text of the previous or the next word"],
    ],
  ],
  [
    "Selected word",
    [
      ["Enter", "type its text; also a double click"],
      ["1 to 9, 0", "its field"],
      ["Alt+arrows", "wider, narrower, taller, shorter (Shift: by 10)"],
      ["Drag", "a corner, a side or the whole"],
      ["Q or Shift", "a dragged corner moves alone, for a page that lies aslant; new boxes lean as their neighbours do"],
    ],
  ],
];

/** The buttons, and the field for the text. */
export class WordBar extends TaskBar {
  constructor() {
    super();
    const act = (/** @type {(surface: WordSurface) => void} */ does) => this.surface && does(this.surface);
    this.text = wordText({
      save: (id, text) => act((surface) => surface.setText(id, text)),
      enter: () => act((surface) => surface.next()),
      leave: () => act((surface) => surface.focus()),
      step: (by) => act((surface) => surface.step(by)),
      field: (index) => act((surface) => surface.field(index)),
    });
    this.button({ title: "New box", key: "N", icon: "plus", text: "New box" }, (surface) => (surface.begin(), surface.focus()));
    this.button({ title: "Draw a box over another one", icon: "part", text: "Draw over" }, (surface) => (surface.arm(), surface.focus()), (surface) => ({ pressed: surface.armed }));
    this.button({ title: "Corners move one by one", key: "Q", icon: "outline", text: "Single corners" }, (surface) => (surface.moveAlone(!surface.alone), surface.focus()), (surface) => ({ pressed: surface.alone }));
    this.button({ title: "Texts above the boxes", key: "T", icon: "eye", text: "Texts" }, (surface) => (surface.showTexts(!surface.texts), surface.focus()), (surface) => ({ pressed: surface.texts }));
  }

  update() {
    super.update();
    const surface = /** @type {WordSurface | null} */ (this.surface);
    if (surface) this.text.update(surface.words, surface.word, { image: surface.image, scale: surface.item.scale });
    else this.text.update([], undefined, null);
  }
}

function makeTask() {
  const tools = new WordBar();
  return /** @type {import("./types").Task} */ ({
    noun: "word",
    plural: "words",
    hint: "Drag a box round a word, or click its top left, its top right and its lower side; then type it.",
    selectedHint: "",
    help: HELP,
    fresh: (label, centre, item) => newWord(label, middle(centre, item)),
    moved: (one, dx, dy, item) => movedWord(/** @type {WordBox} */ (one), dx, dy, item),
    heads: ["text", "corners: x,y four times, from the word's top left clockwise"],
    rows: (one, item) => [cells(/** @type {WordBox} */ (one), item)],
    bar: tools.node,
    side: tools.text.node,
    surface: async (options) => new WordSurface(options, tools),
  });
}

/** @param {WordBox} one @param {import("./types").ItemState} item @returns {import("./types").Cell[]} */
function cells(one, item) {
  return [
    { name: "text", value: one.text, input: "text", set: (text) => ({ ...one, text: oneLine(text) }) },
    { name: "corners", value: pointsText(one.corners), input: "text", set: (text) => withCorners(one, text, item) },
  ];
}

/** @param {WordBox} one @param {string} text @param {import("./types").ItemState} item @returns {WordBox | string} */
function withCorners(one, text, item) {
  const points = readPoints(text, item);
  if (typeof points === "string") return points;
  const [a, b, c, d] = points;
  if (points.length !== 4) return "A word box has four corners: x,y x,y x,y x,y";
  return sound([a, b, c, d]) ? { ...one, corners: [a, b, c, d] } : "Go round the word clockwise: top left, top right, bottom right, bottom left.";
}

export default widget(makeTask);
