// @ts-check
/** Tracks: boxes followed through a clip. The picture shows every track as it is in the frame that is shown. */

import { s } from "./dom.js";
import { boxAt, inside, tooSmall } from "./geometry.js";
import { distance } from "./points.js";
import { TrackEdits } from "./track-edits.js";
import { diamond, HANDLES, handleAt, holds, nameOf, original, outline, pulled, spanned } from "./track-shape.js";
import { nextKeyframe, placed, stateAt, visibleRuns } from "./tracking.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Track} Track */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {import("./tracking.js").FrameBox} FrameBox */
/** @typedef {FrameBox["xyxy"]} Corners */
/** @typedef {import("./track-shape.js").Seen} Seen */

/** Half the side of a new box by key, in pixels. */
const HALF = 30;
/** How keys change the sides. @type {Record<string, Corners>} */
const RESIZES = { e: [-1, 0, 1, 0], w: [1, 0, -1, 0], r: [0, -1, 0, 1], t: [0, 1, 0, -1] };
export class TrackSurface extends TrackEdits {
  /** A box that is being dragged open. @type {Corners | null} */
  #fresh = null;
  /** @type {{kind: "handle" | "move" | "pick" | "new" | "none", handle?: number, id?: string}} */
  #doing = { kind: "none" };
  /** @type {Map<string, Seen>} */
  #seen = new Map();

  // --- how it looks ------------------------------------------------------------------------------------

  /** @param {Annotation} one */
  shape(one) {
    const { at, label, id } = /** @type {Seen} */ (one);
    const [x1, y1, x2] = at.xyxy;
    const d = outline(at.xyxy);
    const name = this.nameAt({ ...one, label: nameOf(label, id), attributes: { ...one.attributes, occluded: at.occluded } }, [x1, y1]);
    const area = s("path", { class: `gl-area${at.occluded ? " gl-half-hidden" : ""}`, d });
    const set = at.keyframe ? [s("path", { class: "gl-key", d: diamond(x2, y1, this.px(5)) })] : [];
    return [s("path", { class: "gl-under", d }), area, ...set, name];
  }

  overlay() {
    const color = this.colors.get(this.label) ?? "#888888";
    if (this.#fresh) {
      const d = outline(this.#fresh);
      return [s("path", { class: "gl-under", d }), s("path", { class: "gl-draft", d, style: `--gl-class:${color}` })];
    }
    const one = this.seen;
    if (one) return HANDLES.map((_, n) => handleAt(one.at.xyxy, n)).map(([cx, cy]) => s("circle", { class: "gl-handle", cx, cy, r: this.px(4) }));
    const away = this.track && stateAt(this.track, this.frame);
    if (!away) return [];
    // Where a track that is outside was seen last.
    return [s("path", { class: "gl-ghost", d: outline(away.xyxy) })];
  }

  lanes() {
    const { frames } = this.playhead;
    return this.tracks.map((one) => ({
      id: one.id,
      name: nameOf(one.label, one.id),
      color: this.colors.get(one.label) ?? "#888888",
      chosen: one.id === this.selected,
      bars: visibleRuns(one, frames).map(([from, last]) => ({ from, to: last + 1 })),
      marks: one.keyframes.map(({ frame, outside }) => ({ frame, outside })),
    }));
  }

  hint() {
    const first = super.hint();
    if (first) return first;
    if (this.merging !== null) return { text: `Merge ${this.merging} with which track? Click it, or go to it with Tab and press Enter. Esc gives up.` };
    if (this.armed) return { text: `Draw the next ${this.label.replaceAll("_", " ")}.` };
    const one = this.track;
    if (!one) return null;
    const [name, at] = [nameOf(one.label, one.id), stateAt(one, this.frame)];
    if (!at) return { text: `${name} begins in frame ${one.keyframes[0].frame}; before that it is nowhere. O brings it here.` };
    if (at.outside) return { text: `${name} is outside here. When it comes back, press O and put its box in place.` };
    if (at.keyframe) return { text: `${name}: keyframe. Go on to where its path or its speed changes, and put the box in place there.` };
    return { text: `${name}: between keyframes. Where the box does not fit, drag it: that makes a keyframe. O: it is outside, Q: something hides a part.` };
  }

  // --- pointer -----------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, shift }) {
    this.playhead.pause();
    this.note = "";
    this.#doing = { kind: "none" };
    const one = this.seen;
    if (one && !this.armed && !shift && this.merging === null && this.#grab(one, at)) return;
    const under = !this.armed && !shift && this.#under(at);
    this.#doing = under ? { kind: "pick", id: under.id } : { kind: "new" };
    if (!under) this.start();
  }

  /** @param {Stroke} stroke */
  drag({ from, at, moved }) {
    if (!moved) return;
    if (this.#doing.kind === "pick" && this.merging === null) {
      this.#doing = { kind: "new" };
      this.start();
    }
    const { kind, handle = 0 } = this.#doing;
    const still = this.track;
    const here = still && stateAt(still, this.frame);
    if (kind === "new") {
      const xyxy = spanned(from, at);
      this.#fresh = tooSmall(xyxy) ? null : inside(xyxy, this.item, false);
    } else if (still && here && kind === "move") this.#put(still, [here.xyxy[0] + at[0] - from[0], here.xyxy[1] + at[1] - from[1], here.xyxy[2] + at[0] - from[0], here.xyxy[3] + at[1] - from[1]], true);
    else if (still && here && kind === "handle") this.#put(still, pulled(here.xyxy, handle, at), false);
  }

  /** @param {Stroke} _stroke */
  up(_stroke) {
    const { kind, id } = this.#doing;
    this.#doing = { kind: "none" };
    if (kind === "pick" && id !== undefined) return this.merging === null ? this.options.onSelect(id) : this.mergeWith(id);
    if (kind === "new") {
      const fresh = this.#fresh;
      this.#fresh = null;
      if (fresh && this.merging === null) return this.add(this.freshTrack(this.label, fresh));
      if (this.selected !== null && !this.armed) this.options.onSelect(null);
      return this.rest();
    }
    const changed = /** @type {Seen | null} */ (this.preview);
    if (changed) return this.change(original(changed), "move");
    this.rest();
  }

  /** @param {Point} at */
  hover(at) {
    const one = this.merging === null && !this.armed ? this.seen : undefined;
    const near = one && HANDLES.some((_, n) => distance(handleAt(one.at.xyxy, n), at) <= this.reach);
    this.pointAs(near ? "grab" : one && holds(one.at.xyxy, at) ? "move" : !this.armed && this.#under(at) ? "pick" : "cross");
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (event.ctrlKey || event.metaKey || this.busy) return super.key(event, drawing);
    const key = event.key.toLowerCase();
    const sides = RESIZES[key];
    if (sides) this.nudgeSides(/** @type {Corners} */ (sides.map((side) => side * (event.shiftKey ? 10 : 1))), false);
    else if (key === "o") this.flag("outside");
    else if (key === "q") this.flag("occluded");
    else if (key === "k") this.toggleKeyframe();
    else if (key === "x") this.split();
    else if (key === "m" && this.merging === null) this.merge();
    else if ((key === "m" || (key === "enter" && drawing)) && this.merging !== null) this.selected !== null && this.mergeWith(this.selected);
    else if (key === "enter" && drawing && this.cross) this.tap(this.cross, event.shiftKey);
    else return super.key(event, drawing);
    return true;
  }

  /** @param {number} dx @param {number} dy */
  nudge(dx, dy) {
    if (this.selected === null) return false;
    this.nudgeSides([dx, dy, dx, dy], true);
    return true;
  }

  /** A new track in the middle of the view, for the keyboard. */
  begin() {
    this.onFrame(() => {
      const [x, y] = (this.cross ?? this.options.centre()).map(Math.round);
      this.add(this.freshTrack(this.label, inside([x - HALF, y - HALF, x + HALF, y + HALF], this.item, true)));
    });
  }

  arm() {
    this.armed = true;
    this.options.onSelect(null);
    this.options.onHint();
  }

  abandon() {
    this.#fresh = null;
    this.armed = false;
    this.#doing = { kind: "none" };
  }

  cancel() {
    super.cancel();
    this.merging = null;
  }

  /** @param {string | null} id */
  select(id) {
    // Esc unselects: then nothing waits for a second track either.
    if (id === null) this.merging = null;
    super.select(id);
  }

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.tracks = /** @type {Track[]} */ (annotations);
    this.turned();
  }

  turned() {
    const alive = new Map();
    for (const one of this.tracks) {
      const seen = this.#project(one);
      if (seen) alive.set(one.id, seen);
    }
    this.#seen = alive;
    this.annotations = [...alive.values()];
    this.draw();
  }

  /** @param {number} step */
  nextMark(step) {
    const one = this.track;
    return nextKeyframe(one ? [one] : this.tracks, this.playhead.wanted, step);
  }

  /** @param {import("./timeline.js").Place} place */
  press(place) {
    if (place.lane !== null && this.merging !== null) this.mergeWith(place.lane);
    else if (place.lane !== null && !this.busy) this.options.onSelect(place.lane);
    return super.press(place);
  }

  /** The selected track as it is in this frame, if it is seen. */
  get seen() {
    return /** @type {Seen | undefined} */ (this.one);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** The same object as long as nothing of it changes, so that it is not drawn anew. @param {Track} one @returns {Seen | null} */
  #project(one) {
    const at = stateAt(one, this.frame);
    if (!at || at.outside) return null;
    const old = this.#seen.get(one.id);
    const same = old && old.keyframes === one.keyframes && old.label === one.label && old.attributes === one.attributes && old.at.keyframe === at.keyframe && old.at.occluded === at.occluded && old.at.xyxy.every((value, n) => value === at.xyxy[n]);
    return same ? old : { ...one, at, xyxy: at.xyxy };
  }

  /** @param {Track} still @param {Corners} xyxy @param {boolean} moved */
  #put(still, xyxy, moved) {
    const changed = placed(still, this.frame, xyxy, this.item, moved);
    const at = /** @type {FrameBox} */ (stateAt(changed, this.frame));
    this.preview = /** @type {Seen} */ ({ ...changed, at, xyxy: at.xyxy });
  }

  /** @param {Seen} one @param {Point} at */
  #grab(one, at) {
    const handle = HANDLES.findIndex((_, n) => distance(handleAt(one.at.xyxy, n), at) <= this.reach);
    if (handle >= 0) this.#doing = { kind: "handle", handle };
    else if (holds(one.at.xyxy, at)) this.#doing = { kind: "move" };
    else return false;
    this.start();
    return true;
  }

  /** @param {Point} at */
  #under([x, y]) {
    return boxAt(/** @type {any} */ (this.annotations), x, y);
  }
}
