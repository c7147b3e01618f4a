// @ts-check
/** Events: what happens in a clip, as stretches of time on its timeline. */

import { ClipBar } from "./clip-bar.js";
import { PLAYING } from "./clip-surface.js";
import { widget } from "./entry.js";
import { EventSurface } from "./event-surface.js";
import { newId } from "./geometry.js";
import "./canvas.css";
import "./clips.css";

/** @typedef {import("./types").Segment} Segment */

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  PLAYING,
  [
    "Mark an event",
    [
      ["N", "it begins in this frame; N again: it ends with this frame"],
      ["Drag", "along the lane of its class"],
      ["Esc", "give up an event that has been begun"],
    ],
  ],
  [
    "Selected event",
    [
      ["I", "it begins in this frame"],
      ["O", "it ends with this frame"],
      ["Left, Right", "earlier or later by a frame, with Shift by ten"],
      ["Drag", "an end of its bar"],
    ],
  ],
];

/** @param {import("./session.js").Session} session */
function makeTask(session) {
  const tools = new ClipBar();
  const act = (/** @type {(surface: EventSurface) => void} */ does) => (/** @type {EventSurface} */ surface) => {
    does(surface);
    surface.focus();
  };
  tools.button({ title: "Begin an event here, or end it", key: "N", icon: "plus", text: "Begin or end" }, act((surface) => surface.begin()), (surface) => ({ pressed: surface.begun !== null }));
  return /** @type {import("./types").Task} */ ({
    noun: "event",
    plural: "events",
    plays: true,
    hint: "Go to the first frame of an event and press N, then to its last and press N again; or drag along the lane of its class.",
    selectedHint: "",
    help: HELP,
    fresh: (label, _centre, item) => {
      const rate = (item.frames ?? 1) / (item.seconds_long || 1);
      const start = Math.round((1000 * (tools.surface?.frame ?? 0)) / rate) / 1000;
      const end = Math.min(start + 1, item.seconds_long ?? 1);
      return /** @type {Segment} */ ({ type: "segment", id: newId(), label, start, end, text: "", attributes: {} });
    },
    moved: (one) => one,
    heads: ["start, s", "end, s"],
    rows: (one, item) => [[cell(/** @type {Segment} */ (one), "start", item), cell(/** @type {Segment} */ (one), "end", item)]],
    bar: tools.node,
    below: tools.below,
    surface: async (options) => new EventSurface(options, tools, session.model),
  });
}

/** @param {Segment} one @param {"start" | "end"} name @param {import("./types").ItemState} item @returns {import("./types").Cell} */
function cell(one, name, item) {
  const long = item.seconds_long ?? 0;
  return {
    name,
    value: String(one[name]),
    input: "number",
    max: long,
    set: (text) => {
      const after = { ...one, [name]: Number.parseFloat(text) };
      if (after.start >= 0 && after.start < after.end && after.end <= long) return after;
      return `An event ends after it begins, between 0 and ${long} seconds.`;
    },
  };
}

export default widget(makeTask);
