// @ts-check
/** Tracks: objects followed through a clip by keyframes, as in CVAT. */

import { ClipBar } from "./clip-bar.js";
import { PLAYING } from "./clip-surface.js";
import { widget } from "./entry.js";
import { inside, tooSmall } from "./geometry.js";
import { TrackSurface } from "./track-surface.js";
import { toggledKeyframe, withKeyframe } from "./tracking.js";
import "./canvas.css";
import "./clips.css";

/** @typedef {import("./types").Track} Track */
/** @typedef {import("./types").TrackedBox} TrackedBox */

const SIDES = ["x1", "y1", "x2", "y2"];

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  PLAYING,
  [
    "Draw and follow",
    [
      ["Drag", "a box round an object that has no track: a new track begins in this frame"],
      ["N", "new track in the middle of the view, or at the yellow cross"],
      ["Drag a box", "in another frame: a keyframe there. Between two keyframes it moves evenly"],
      ["Shift+Drag", "draw inside another box"],
      ["E, W", "wider, narrower (Shift: by 10)"],
      ["R, T", "taller, shorter (Shift: by 10)"],
    ],
  ],
  [
    "Selected track",
    [
      ["K", "make a keyframe here, or take it away"],
      ["O", "outside: from here on it is not seen, or it is again"],
      ["Q", "occluded: from here on something hides a part, or no longer"],
      ["X", "split: what comes from here on is another object"],
      ["M", "merge with the track that goes on with the same object"],
    ],
  ],
];

/** @param {import("./session.js").Session} session */
function makeTask(session) {
  const tools = new ClipBar();
  const act = (/** @type {(surface: TrackSurface) => void} */ does) => (/** @type {TrackSurface} */ surface) => {
    does(surface);
    surface.focus();
  };
  const none = (/** @type {TrackSurface} */ surface) => ({ disabled: !surface.track });
  tools.button({ title: "Draw a new track", icon: "plus", text: "New track" }, act((surface) => surface.arm()), (surface) => ({ pressed: surface.armed }));
  tools.button({ title: "Keyframe here, or none", key: "K", icon: "key", text: "Keyframe" }, act((surface) => surface.toggleKeyframe()), (surface) => ({ ...none(surface), pressed: Boolean(surface.seen?.at.keyframe) }));
  tools.button({ title: "Outside: not seen from here on", key: "O", icon: "away", text: "Outside" }, act((surface) => surface.flag("outside")), (surface) => ({ ...none(surface), pressed: Boolean(surface.track) && !surface.seen }));
  tools.button({ title: "Occluded: a part is hidden from here on", key: "Q", icon: "part", text: "Occluded" }, act((surface) => surface.flag("occluded")), (surface) => ({ ...none(surface), pressed: Boolean(surface.seen?.at.occluded) }));
  tools.gap();
  tools.button({ title: "Split: another object from here on", key: "X", icon: "split", text: "Split" }, act((surface) => surface.split()), none);
  tools.button({ title: "Merge with another track", key: "M", icon: "join", text: "Merge" }, act((surface) => surface.merge()), (surface) => ({ ...none(surface), pressed: surface.merging !== null }));
  tools.button({ title: "Number all tracks in the order in which they begin", text: "Renumber" }, act((surface) => surface.renumber()), (surface) => ({ disabled: !surface.tracks.length }));
  return /** @type {import("./types").Task} */ ({
    noun: "track",
    plural: "tracks",
    plays: true,
    hint: "Drag a box round an object, then follow it: go on some frames and put the box in place again.",
    selectedHint: "",
    help: HELP,
    moved: (one) => one,
    heads: ["track", "frame", ...SIDES, "outside", "occluded", "keyframe"],
    rows: (one, item) => /** @type {Track} */ (one).keyframes.map((key) => cells(/** @type {Track} */ (one), key, item)),
    bar: tools.node,
    below: tools.below,
    surface: async (options) => new TrackSurface(options, tools, session.model),
  });
}

/** @param {Track} one @param {TrackedBox} key @param {import("./types").ItemState} item @returns {import("./types").Cell[]} */
function cells(one, key, item) {
  const named = (/** @type {string} */ name) => `${name} in frame ${key.frame}`;
  /** @param {"outside" | "occluded"} flag @returns {import("./types").Cell} */
  const turn = (flag) => ({
    name: named(flag),
    value: key[flag] ? "yes" : "no",
    input: [["no", "no"], ["yes", "yes"]],
    set: (text) => seenSomewhere(withKeyframe(one, { ...key, [flag]: text === "yes" })),
  });
  return [
    { name: named("track"), value: one.id },
    { name: named("frame"), value: String(key.frame), input: "number", max: (item.frames ?? 1) - 1, set: (text) => moved(one, key, Number(text), item) },
    ...SIDES.map((name, side) => /** @type {import("./types").Cell} */ ({
      name: named(name),
      value: String(key.xyxy[side]),
      input: "number",
      max: side % 2 ? item.height : item.width,
      set: (text) => resized(one, key, side, Number.parseFloat(text), item),
    })),
    turn("outside"),
    turn("occluded"),
    { name: named("keyframe"), value: "keep", input: [["keep", "keep"], ["remove", "remove"]], set: () => removed(one, key.frame) },
  ];
}

/** @param {Track} one */
const seenSomewhere = (one) => (one.keyframes.every((key) => key.outside) ? "A track must be seen somewhere; delete it if there is no such object." : one);

/** @param {Track} one @param {number} frame */
function removed(one, frame) {
  const after = toggledKeyframe(one, frame);
  return after === one ? "This is the only keyframe in which it is seen; delete the track instead." : after;
}

/** @param {Track} one @param {TrackedBox} key @param {number} frame @param {import("./types").ItemState} item */
function moved(one, key, frame, item) {
  const last = (item.frames ?? 1) - 1;
  if (!Number.isInteger(frame) || frame < 0 || frame > last) return `Frames are whole numbers from 0 to ${last}.`;
  if (one.keyframes.some((each) => each !== key && each.frame === frame)) return `${one.id} has a keyframe in frame ${frame} already.`;
  return withKeyframe({ ...one, keyframes: one.keyframes.filter((each) => each !== key) }, { ...key, frame });
}

/** @param {Track} one @param {TrackedBox} key @param {number} side @param {number} value @param {import("./types").ItemState} item */
function resized(one, key, side, value, item) {
  const wanted = /** @type {TrackedBox["xyxy"]} */ (key.xyxy.map((old, n) => (n === side ? value : old)));
  const xyxy = inside(wanted, item, false);
  if (!wanted.every(Number.isFinite) || tooSmall(xyxy)) return "x1 must be left of x2 and y1 above y2, 3 pixels apart at least.";
  return withKeyframe(one, { ...key, xyxy });
}

export default widget(makeTask);
