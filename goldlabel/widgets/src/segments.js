// @ts-check
/** Segments: stretches of a sound with a class each, or what each speaker says with its text. */

import { widget } from "./entry.js";
import { SegmentSurface } from "./segment-surface.js";
import { clashes, clashSentence, placedAt, wholeMs, withTime } from "./times.js";
import { PLAY_KEYS, Transport } from "./transport.js";
import { oneLine } from "./word-text.js";
import "./reading.css";
import "./sounds.css";

/** @typedef {import("./types").Segment} Segment */

/** @param {{speech: boolean, typed: boolean}} task @returns {import("./types").HelpGroup[]} */
const help = ({ speech, typed }) => [
  ["Listen", PLAY_KEYS],
  [
    "Playhead",
    [
      ["Left, Right", "0.1 seconds back, forward (Shift: 1 second)"],
      ["Comma, Full stop", "0.01 seconds back, forward (Shift: 0.1)"],
      ["Home, End", "to the beginning, to the end"],
      ["Click", "on the picture of the sound: put the playhead there"],
    ],
  ],
  [
    "Mark",
    [
      ["Drag", speech ? "a new segment; in a speaker's lane it is that speaker's" : "a new segment of the chosen class"],
      ["N", "new segment from the playhead on"],
      ["I, O", "the selected segment starts, ends at the playhead; I behind it begins the next one"],
      ["A, D", "start 0.01 seconds earlier, later (Shift: 0.1)"],
      ["Q, E", "end 0.01 seconds earlier, later (Shift: 0.1)"],
      ["Drag", "an edge, or a whole block in its lane"],
      ["Enter", typed ? "type what is said in the selected segment" : "hear the selected segment"],
    ],
  ],
  ...(typed
    ? /** @type {import("./types").HelpGroup[]} */ ([
        [
          "While you type",
          [
            ["Tab or Ctrl+Space", "play, stop"],
            ["Shift+Tab", "play this segment again"],
            ["Enter, Shift+Enter", "text of the next, of the previous segment"],
            ["Alt+1 to Alt+9", "the speaker"],
            ["Alt+I, Alt+O", "the segment starts, ends at the playhead"],
            ["Alt with arrows, P, L", "as under Listen"],
            ["Esc", "back to the sound"],
          ],
        ],
      ])
    : []),
];

export default widget((session) => {
  const { speech, typed, question } = session.exercise;
  const tools = new Transport();
  const speaks = `Play, and drag over each stretch in which one person speaks${typed ? "; then type what is said" : ""}.`;
  const lead = speech ? speaks : "Play, and drag over each sound from where it starts to where it ends.";
  /** @param {import("./types").ItemState} item */
  const course = (item) => ({ length: wholeMs(item.seconds_long || Infinity), speech });
  const segments = () => /** @type {Segment[]} */ (session.item.annotations);
  return {
    noun: "segment",
    plural: "segments",
    sound: true,
    hint: question || lead,
    selectedHint: `I, O put its start, its end at the playhead; ${typed ? "Enter types its text; " : ""}P plays it, L loops it.`,
    help: help({ speech, typed }),
    moved: (one) => one,
    fresh: (label, _centre, item) => placedAt(segments(), label, 0, course(item)) ?? undefined,
    relabelled: (one, label, item) => {
      const changed = /** @type {Segment} */ ({ ...one, label });
      const [other] = clashes(segments(), changed, course(item));
      return other ? clashSentence(other) : changed;
    },
    heads: ["start", "end", ...(typed ? ["text"] : [])],
    rows: (one, item) => {
      const segment = /** @type {Segment} */ (one);
      const time = (/** @type {"start" | "end"} */ side) => /** @type {import("./types").Cell} */ ({
        name: side,
        value: segment[side].toFixed(3),
        input: "number",
        max: item.seconds_long || undefined,
        set: (typed) => withTime(segments(), segment, side, typed, course(item)),
      });
      const text = /** @type {import("./types").Cell} */ ({ name: "text", value: segment.text, input: "text", set: (typed) => ({ ...segment, text: oneLine(typed) }) });
      return [[time("start"), time("end"), ...(typed ? [text] : [])]];
    },
    bar: tools.node,
    surface: async (options) => SegmentSurface.open(options, { speech, typed, tools, onPlaying: () => session.clock.sign() }),
  };
});
