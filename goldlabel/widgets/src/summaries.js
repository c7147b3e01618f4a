// @ts-check
/** Summaries: a source to read, and beside it the text that is written about it. */

import { widget } from "./entry.js";
import { WritingSurface } from "./writing-surface.js";
import "./reading.css";
import "./summaries.css";

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Write",
    [
      ["N", "into the text"],
      ["Ctrl+Enter", "done, next text; also while you write"],
      ["Esc", "out of the text, so that the keys below work"],
      ["Ctrl+Z", "while you write: take back typing; outside: back to an earlier state, also of yesterday"],
    ],
  ],
  [
    "Go",
    [
      ["F", "done, next text"],
      ["Shift+F or B", "previous text"],
      ["Ctrl+Shift+Z", "redo"],
      ["G", "guideline"],
      ["?", "this help"],
    ],
  ],
];

export default widget((session) => {
  const { question: asked, most_words: limit } = session.exercise;
  const question = asked || `Summarise the text in at most ${limit} words.`;
  return {
    noun: "summary",
    plural: "summaries",
    writes: true,
    hint: question,
    selectedHint: "",
    help: HELP,
    moved: (one) => one,
    heads: [],
    rows: () => [],
    surface: async (options) => new WritingSurface(options, { limit, question }),
  };
});
