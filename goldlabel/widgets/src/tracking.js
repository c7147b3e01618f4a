// @ts-check
/**
 * What the keyframes of a track mean in every frame, as in CVAT; the same rules as `goldlabel.annotations.tracks`.
 *
 * Between two keyframes the box moves evenly. A keyframe that is `outside` ends visibility until the next one that is
 * not; up to it the box still moves. After the last keyframe a visible box stands still to the end of the clip.
 * `occluded` holds from its keyframe until the next one.
 */

import { inside, tooSmall } from "./geometry.js";
import { rounded } from "./points.js";

/** @typedef {import("./types").Track} Track */
/** @typedef {import("./types").TrackedBox} TrackedBox */
/** @typedef {TrackedBox["xyxy"]} Corners */
/** @typedef {TrackedBox & {keyframe: boolean}} FrameBox A track in one frame; `keyframe`: somebody set it there. */

/** A keyframe with its keys in the order in which the kernel writes them. @param {number} frame @param {Corners} xyxy @param {{outside?: boolean, occluded?: boolean}} [flags] @returns {TrackedBox} */
export const keyframeOf = (frame, xyxy, { outside = false, occluded = false } = {}) => ({ frame, xyxy, outside, occluded, visibility: 1 });

/** @param {string} id @param {string} label @param {TrackedBox[]} keyframes @returns {Track} */
export const newTrack = (id, label, keyframes) => ({ type: "track", id, label, keyframes, attributes: {} });

/** The last keyframe up to a frame: its place in the list, or -1. @param {Track} track @param {number} frame */
function lastUpTo({ keyframes }, frame) {
  let [low, high] = [0, keyframes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyframes[middle].frame <= frame) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The track in a frame; `outside` where it is not to be seen; nothing before its first keyframe. @param {Track} track @param {number} frame @returns {FrameBox | null} */
export function stateAt(track, frame) {
  const at = lastUpTo(track, frame);
  if (at < 0) return null;
  const [before, after] = [track.keyframes[at], track.keyframes[at + 1]];
  const keyframe = before.frame === frame;
  if (keyframe || before.outside || !after) return { ...before, frame, keyframe };
  const share = (frame - before.frame) / (after.frame - before.frame);
  const xyxy = /** @type {Corners} */ (before.xyxy.map((from, n) => from + share * (after.xyxy[n] - from)));
  return { ...before, frame, xyxy, keyframe };
}

/** Every frame that an export of CVAT writes: the visible ones, and the keyframes that end visibility. @param {Track} track @param {number} frames @returns {FrameBox[]} */
export function exported(track, frames) {
  /** @type {FrameBox[]} */
  const found = [];
  for (let frame = 0; frame < frames; frame++) {
    const state = stateAt(track, frame);
    if (state && (state.keyframe || !state.outside)) found.push(state);
  }
  return found;
}

/** Runs of frames in which the track is seen: first and last. @param {Track} track @param {number} frames @returns {[number, number][]} */
export function visibleRuns({ keyframes }, frames) {
  /** @type {[number, number][]} */
  const runs = [];
  keyframes.forEach(({ frame, outside }, n) => {
    const end = Math.min(keyframes[n + 1]?.frame ?? frames, frames) - 1;
    const last = runs.at(-1);
    if (outside || end < frame) return;
    if (last && last[1] === frame - 1 && !keyframes[n - 1].outside) last[1] = end;
    else runs.push([frame, end]);
  });
  return runs;
}

/** The track with this keyframe in place of one in the same frame. @param {Track} track @param {TrackedBox} fresh @returns {Track} */
export function withKeyframe(track, fresh) {
  const { frame, xyxy, outside, occluded, visibility } = fresh;
  const others = track.keyframes.filter((one) => one.frame !== frame);
  const keyframes = [...others, { frame, xyxy: /** @type {Corners} */ (xyxy.map(rounded)), outside, occluded, visibility }];
  return { ...track, keyframes: keyframes.sort((a, b) => a.frame - b.frame) };
}

/** The box is set in a frame: a keyframe there. It keeps inside the picture. @param {Track} track @param {number} frame @param {Corners} xyxy @param {import("./points.js").Size} size @param {boolean} moved Keeps its size. @returns {Track} */
export function placed(track, frame, xyxy, size, moved) {
  const wanted = inside(xyxy, size, moved);
  const now = stateAt(track, frame) ?? { ...track.keyframes[0], outside: false };
  return tooSmall(wanted) ? track : withKeyframe(track, { ...now, frame, xyxy: wanted });
}

/** Turn a flag from a frame on: a keyframe there. @param {Track} track @param {number} frame @param {"outside" | "occluded"} flag @returns {Track} */
export function turned(track, frame, flag) {
  const now = stateAt(track, frame);
  // Before its first keyframe a track is nowhere: "not outside" brings its first box there.
  if (!now) return flag === "outside" ? withKeyframe(track, { ...track.keyframes[0], frame, outside: false }) : track;
  return withKeyframe(track, { ...now, [flag]: !now[flag] });
}

/** A keyframe more or less in a frame. The last one of a track stays. @param {Track} track @param {number} frame @returns {Track} */
export function toggledKeyframe(track, frame) {
  const now = stateAt(track, frame);
  if (!now?.keyframe) return now ? withKeyframe(track, now) : track;
  const keyframes = track.keyframes.filter((one) => one.frame !== frame);
  return keyframes.some((one) => !one.outside) ? { ...track, keyframes } : track;
}

/**
 * Two tracks out of one: the first ends before the frame, the second begins there. Together they have the same boxes.
 * @param {Track} track @param {number} frame @param {string} id Of the second. @returns {[Track, Track] | string} Or why it cannot be.
 */
export function splitAt(track, frame, id) {
  let before = track.keyframes.filter((one) => one.frame < frame);
  let after = track.keyframes.filter((one) => one.frame >= frame);
  const [last] = before.slice(-1);
  if (!last) return `${track.id} begins here: go to a later frame to split it.`;
  if (!last.outside) {
    const { keyframe: _keyframe, ...here } = /** @type {FrameBox} */ (stateAt(track, frame));
    const xyxy = /** @type {Corners} */ (here.xyxy.map(rounded));
    before = [...before, { ...here, xyxy, outside: true }];
    if (after[0]?.frame !== frame) after = [{ ...here, xyxy }, ...after];
  }
  if (after.every((one) => one.outside)) return `${track.id} has ended before this frame: nothing is left to split off.`;
  while (after[0].outside) after = after.slice(1);
  return [{ ...track, keyframes: before }, { ...track, id, keyframes: after }];
}

/** One track with the keyframes of both, and the id and class of the first. @param {Track} first @param {Track} second @returns {Track | string} Or why it cannot be. */
export function merged(first, second) {
  const keyframes = new Map(first.keyframes.map((one) => [one.frame, one]));
  for (const one of second.keyframes) {
    const there = keyframes.get(one.frame);
    if (there && !there.outside && !one.outside) return `${first.id} and ${second.id} both have a box in frame ${one.frame}: an object is in one place only.`;
    if (!there || there.outside) keyframes.set(one.frame, one);
  }
  let ordered = [...keyframes.values()].sort((a, b) => a.frame - b.frame);
  // Nothing has to be ended before the object is seen for the first time.
  while (ordered[0]?.outside) ordered = ordered.slice(1);
  return { ...first, keyframes: ordered };
}

/** Called t1, t2 ... in the order in which they begin. @param {Track[]} tracks @returns {Track[]} */
export function renumbered(tracks) {
  const ordered = [...tracks].sort((a, b) => a.keyframes[0].frame - b.keyframes[0].frame);
  return ordered.map((one, n) => ({ ...one, id: `t${n + 1}` }));
}

/** An id that no track has: one more than the highest. @param {Track[]} tracks */
export const nextId = (tracks) => `t${Math.max(0, ...tracks.map(({ id }) => Number(/^t(\d{1,6})$/.exec(id)?.[1] ?? 0))) + 1}`;

/** The keyframe before or after a frame. @param {Track[]} tracks @param {number} frame @param {number} step @returns {number | undefined} */
export function nextKeyframe(tracks, frame, step) {
  const frames = tracks.flatMap((one) => one.keyframes.map((each) => each.frame)).filter((one) => (one - frame) * step > 0);
  return frames.length ? frames.reduce((best, one) => (Math.abs(one - frame) < Math.abs(best - frame) ? one : best)) : undefined;
}
