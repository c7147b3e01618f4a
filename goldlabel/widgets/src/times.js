// @ts-check
/** Stretches of time on a sound: seconds, in whole milliseconds. Nothing here knows of a page. */

import { newId } from "./geometry.js";

/** @typedef {import("./types").Segment} Segment */
/** @typedef {{start: number, end: number}} Stretch In seconds. */
/**
 * @typedef {object} Course What segments must keep to.
 * @property {number} length Seconds of the sound.
 * @property {boolean} speech Whether a label is a speaker, who says one thing at a time.
 */

/** Seconds. A shorter segment is a slip of the hand; the shortest sound of speech takes about as long. */
export const SHORTEST = 0.03;

/** @param {number} seconds */
export const toMs = (seconds) => Math.round(seconds * 1000) / 1000;

/** The length of a sound as segments see it: rounded down, so that no end lies behind it. @param {number} seconds */
export const wholeMs = (seconds) => Math.floor(seconds * 1000 + 1e-6) / 1000;

/** In the order in which they are heard. @param {Segment} a @param {Segment} b */
export const byTime = (a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1);

/**
 * @param {string} label @param {number} start @param {number} end @returns {Segment} With its keys in the order in which
 *   the kernel writes them.
 */
export const newSegment = (label, start, end) => ({ type: "segment", id: newId(), label, start: toMs(start), end: toMs(end), text: "", attributes: {} });

/** What one speaker says at the same time; empty where overlaps are allowed. @param {Segment[]} segments @param {Segment} one @param {Course} course */
export const clashes = (segments, one, { speech }) =>
  speech ? segments.filter((each) => each.id !== one.id && each.label === one.label && each.start < one.end && one.start < each.end) : [];

/** @param {Segment} other What stands in the way. */
export const clashSentence = (other) =>
  `${other.label.replaceAll("_", " ")} speaks already from ${timeText(other.start)} to ${timeText(other.end)}: one speaker, one segment at a time. Two speakers may overlap.`;

/**
 * The room round a time in which a segment of a class may lie.
 * @param {Segment[]} segments @param {string} label @param {number} at @param {Course} course @param {string} [own] Id that is not in its own way.
 * @returns {[low: number, high: number] | null} Null inside a segment of the same speaker.
 */
export function roomAt(segments, label, at, { length, speech }, own = "") {
  let [low, high] = [0, length];
  if (!speech) return [low, high];
  for (const one of segments) {
    if (one.label !== label || one.id === own) continue;
    if (one.end <= at) low = Math.max(low, one.end);
    else if (one.start >= at) high = Math.min(high, one.start);
    else return null;
  }
  return [low, high];
}

/**
 * What a drag from one time to another marks.
 * @param {Segment[]} segments @param {string} label @param {number} from Where it began. @param {number} to @param {Course} course
 * @returns {{segment: Segment | null, stopped: boolean}} No segment: too short, or it began inside one of the same speaker. `stopped`: a neighbour ended it.
 */
export function drawn(segments, label, from, to, course) {
  const room = roomAt(segments, label, from, course);
  if (!room) return { segment: null, stopped: true };
  const [start, end] = [Math.max(room[0], Math.min(from, to)), Math.min(room[1], Math.max(from, to))];
  const stopped = (Math.min(from, to) < room[0] && room[0] > 0) || (Math.max(from, to) > room[1] && room[1] < course.length);
  return { segment: end - start < SHORTEST ? null : newSegment(label, start, end), stopped };
}

/**
 * One end brought to a time; it stops before the other end, at the ends of the sound and at the same speaker's neighbours.
 * @param {Segment[]} segments @param {Segment} one @param {"start" | "end"} side @param {number} to @param {Course} course @returns {Segment}
 */
export function resized(segments, one, side, to, course) {
  const [low, high] = roomAt(segments, one.label, (one.start + one.end) / 2, course, one.id) ?? [one.start, one.end];
  const bounded = side === "start" ? Math.max(low, Math.min(to, one.end - SHORTEST)) : Math.min(high, Math.max(to, one.start + SHORTEST));
  return { ...one, [side]: toMs(bounded) };
}

/** The whole brought so much later. @param {Segment[]} segments @param {Segment} one @param {number} by Seconds. @param {Course} course @returns {Segment} */
export function shifted(segments, one, by, course) {
  const [low, high] = roomAt(segments, one.label, (one.start + one.end) / 2, course, one.id) ?? [one.start, one.end];
  const step = Math.max(low - one.start, Math.min(high - one.end, by));
  return { ...one, start: toMs(one.start + step), end: toMs(one.end + step) };
}

/**
 * A new segment at a time, a second long where there is room; in a stretch that is taken, behind what takes it.
 * @param {Segment[]} segments @param {string} label @param {number} at @param {Course} course @returns {Segment | null} Null when there is no room behind it.
 */
export function placedAt(segments, label, at, course) {
  let from = Math.max(0, Math.min(at, course.length));
  for (const one of [...segments].sort(byTime)) if (course.speech && one.label === label && one.start < from + SHORTEST && from < one.end) from = one.end;
  if (course.length - from < SHORTEST && !course.speech) from = Math.max(0, course.length - 1);
  const room = roomAt(segments, label, from, course);
  const end = room && Math.min(room[1], from + 1);
  return end && end - from >= SHORTEST ? newSegment(label, from, end) : null;
}

/**
 * A segment with a typed time, or a sentence why that cannot be.
 * @param {Segment[]} segments @param {Segment} one @param {"start" | "end"} side @param {string} typed Seconds. @param {Course} course
 * @returns {Segment | string}
 */
export function withTime(segments, one, side, typed, course) {
  const value = Number(typed.trim().replace(",", "."));
  if (!typed.trim() || !Number.isFinite(value)) return "Type a time in seconds, such as 3.250";
  if (value < 0 || value > course.length) return `The sound goes from 0 to ${course.length} seconds.`;
  const changed = { ...one, [side]: toMs(value) };
  if (changed.end - changed.start <= 0) return "A segment ends after it starts.";
  const [other] = clashes(segments, changed, course);
  return other ? clashSentence(other) : changed;
}

/** "0:03.250". @param {number} seconds @param {number} [digits] */
export function timeText(seconds, digits = 2) {
  const unit = 10 ** digits;
  const all = Math.round(Math.max(0, seconds) * unit);
  const rest = (all % (60 * unit)) / unit;
  return `${Math.floor(all / (60 * unit))}:${rest.toFixed(digits).padStart(digits ? digits + 3 : 2, "0")}`;
}

/** Times for a ruler, about `room` apart on the screen. @param {number} from @param {number} to @param {number} scale Pixels a second. @param {number} [room] Pixels. */
export function ticks(from, to, scale, room = 70) {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((each) => each * scale >= room) ?? 1200;
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const times = [];
  for (let n = Math.max(0, Math.ceil(from / step - 1e-9)); n * step <= to + 1e-9; n += 1) times.push(n * step);
  return { digits, times };
}
