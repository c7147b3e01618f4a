// @ts-check
/** Spans: stretches of a text with a class each. Where they hide what they cover, a preview shows what is left. */

import { widget } from "./entry.js";
import { SpanSurface } from "./span-surface.js";
import { isTwin, newSpan, quoted, twinSentence, withNumber } from "./stretches.js";
import { TaskBar } from "./taskbar.js";
import { TextMap } from "./text-map.js";
import { wordsOf } from "./words.js";
import "./canvas.css";
import "./reading.css";
import "./spans.css";

/** @typedef {import("./types").Span} Span */

/** @param {boolean} redaction @returns {import("./types").HelpGroup[]} */
const help = (redaction) => [
  [
    "Mark with the mouse",
    [
      ["Drag", "mark whole words with the chosen class"],
      ["Alt+Drag", "mark exact characters"],
      ["Double click", "mark one word"],
      ["Click", "select the innermost span there; again: the one round it"],
      ["Drag a grip", "move an end of the selected span"],
    ],
  ],
  [
    "Mark with the keyboard",
    [
      ["arrows", "go from word to word in reading order, which in Hebrew or Arabic runs to the left; up and down by lines"],
      ["Home, End", "first or last word of the line; with Ctrl of the text"],
      ["Shift with arrows", "take more words"],
      ["1 to 9, 0", "mark them with this class"],
      ["Space, Enter or N", "mark them with the chosen class"],
    ],
  ],
  [
    "Selected span",
    [
      ["Q, W", "start one word earlier, later"],
      ["E, R", "end one word earlier, later"],
      ["Shift with Q, W, E, R", "the same by one character"],
      ["1 to 9, 0", "change the class"],
      ...(redaction ? /** @type {[string, string][]} */ ([["P", "preview: read the text as it is given away"]]) : []),
    ],
  ],
];

/** @type {[string, TextMap, import("./words.js").Stretch[]] | null} The text that was looked at last. */
let known = null;

/** @param {import("./types").ItemState} item */
function mapOf({ text }) {
  if (known?.[0] !== text) {
    const map = new TextMap(text);
    known = [text, map, wordsOf(map)];
  }
  return { map: known[1], words: known[2] };
}

export default widget((session) => {
  const { redaction, question } = session.exercise;
  const tools = new TaskBar("Tools");
  if (redaction) {
    tools.button({ title: "Preview", key: "P", icon: "eye", text: "Preview" }, (surface) => (surface.togglePreview(), surface.focus()), (surface) => ({ pressed: surface.previewing }));
  }
  return {
    noun: "span",
    plural: "spans",
    text: true,
    hint: `${question} Drag over words to mark them, click a mark to change it.`.trimStart(),
    selectedHint: "Q, W move its start, E, R its end; the key of a class changes it.",
    help: help(redaction),
    moved: (one) => one,
    // The table adds one on the first word; its numbers are typed then.
    fresh: (label, _centre, item) => {
      const { map, words } = mapOf(item);
      const spans = words.map((word) => newSpan(map, label, word));
      return spans.find((one) => !isTwin(item.annotations, one));
    },
    relabelled: (one, label, item) => {
      const changed = /** @type {Span} */ ({ ...one, label });
      return isTwin(item.annotations, changed) ? twinSentence(changed) : changed;
    },
    heads: ["text", "start", "end"],
    rows: (one, item) => {
      const { map } = mapOf(item);
      const number = (/** @type {"start" | "end"} */ side) => /** @type {import("./types").Cell} */ ({
        name: side,
        value: String(/** @type {Span} */ (one)[side]),
        input: "number",
        max: map.length,
        set: (typed) => withNumber(map, session.item.annotations, one, side, typed),
      });
      return [[{ name: "text", value: quoted(map, one) }, number("start"), number("end")]];
    },
    bar: redaction ? tools.node : undefined,
    surface: async (options) => new SpanSurface(options, { redaction, tools }),
  };
});
