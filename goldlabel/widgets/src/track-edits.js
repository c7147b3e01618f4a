// @ts-check
/** What is done to tracks in the frame that is shown: begin, move, flag, split, merge, renumber. */

import { ClipSurface } from "./clip-surface.js";
import { keyframeOf, merged, newTrack, nextId, placed, renumbered, splitAt, stateAt, toggledKeyframe, turned } from "./tracking.js";

/** @typedef {import("./types").Track} Track */
/** @typedef {import("./tracking.js").Corners} Corners */

export class TrackEdits extends ClipSurface {
  /** @type {Track[]} */
  tracks = [];
  /** The track that waits for another one to be merged with. @type {string | null} */
  merging = null;
  /** The next press draws, whatever lies there. */
  armed = false;

  /** The selected track. */
  get track() {
    return this.tracks.find((one) => one.id === this.selected);
  }

  /** @param {string} label @param {Corners} xyxy */
  freshTrack(label, xyxy) {
    return newTrack(nextId(this.tracks), label, [keyframeOf(this.frame, /** @type {Corners} */ (xyxy.map((value) => Math.round(value * 100) / 100)))]);
  }

  /** @param {Track} fresh */
  add(fresh) {
    this.armed = false;
    this.cross = null;
    this.commit([...this.tracks, fresh], "draw", fresh.id);
  }

  /** @param {Track} changed @param {string} action */
  change(changed, action) {
    const before = this.tracks.find((one) => one.id === changed.id);
    if (before === changed) return this.rest();
    this.commit(this.tracks.map((one) => (one === before ? changed : one)), action, changed.id);
  }

  /** @param {Corners} by @param {boolean} moved */
  nudgeSides(by, moved) {
    this.toSelected((one, frame) => {
      const at = stateAt(one, frame);
      if (!at || at.outside) return this.say("It is not seen in this frame. O brings it here.");
      this.change(placed(one, frame, /** @type {Corners} */ (at.xyxy.map((value, n) => value + by[n])), this.item, moved), "move");
    });
  }

  /** @param {"outside" | "occluded"} name */
  flag(name) {
    this.toSelected((one, frame) => {
      const after = turned(one, frame, name);
      if (after.keyframes.every((each) => each.outside)) return this.say("It would be seen nowhere. Delete the track if there is no such object.");
      this.change(after, "attribute");
    });
  }

  toggleKeyframe() {
    this.toSelected((one, frame) => {
      const after = toggledKeyframe(one, frame);
      if (after === one) return this.say(stateAt(one, frame) ? "This is its only keyframe. Delete removes the whole track." : "It has not begun yet in this frame. O brings it here.");
      this.change(after, "keyframe");
    });
  }

  split() {
    this.toSelected((one, frame) => {
      const parts = splitAt(one, frame, nextId(this.tracks));
      if (typeof parts === "string") return this.say(parts);
      this.commit(this.tracks.flatMap((each) => (each === one ? parts : [each])), "split", parts[1].id);
    });
  }

  /** The selected track waits for another one. */
  merge() {
    if (!this.track) return this.say("Select the track that begins first, then merge it with the one that goes on.");
    if (this.tracks.length < 2) return this.say("There is no other track to merge it with.");
    this.note = "";
    this.merging = this.selected;
    this.options.onHint();
    this.draw();
  }

  /** @param {string} id */
  mergeWith(id) {
    const [first, second] = [this.merging, id].map((name) => this.tracks.find((one) => one.id === name));
    if (!first || !second || first === second) return this.say(`That is ${id} itself. Choose another track.`);
    this.merging = null;
    const one = merged(first, second);
    if (typeof one === "string") {
      this.options.onSelect(first.id);
      return this.say(one);
    }
    this.commit(this.tracks.filter((each) => each !== second).map((each) => (each === first ? one : each)), "merge", first.id);
  }

  renumber() {
    const after = renumbered(this.tracks);
    const place = renumberedPlace(this.tracks, this.selected);
    if (after.every((one, n) => one.id === this.tracks[n].id)) return this.say("They are numbered already in the order in which they begin.");
    this.commit(after, "renumber", place);
  }

  /** Do something with the selected track in this frame. @param {(one: Track, frame: number) => void} act */
  toSelected(act) {
    this.onFrame(() => {
      const one = this.track;
      if (one) act(one, this.frame);
      else this.say("Select a track first: click it, or press Tab.");
    });
  }
}

/** What the selected track is called after renumbering. @param {Track[]} tracks @param {string | null} selected */
function renumberedPlace(tracks, selected) {
  const ordered = [...tracks].sort((a, b) => a.keyframes[0].frame - b.keyframes[0].frame);
  const place = ordered.findIndex((one) => one.id === selected);
  return place < 0 ? null : `t${place + 1}`;
}
