// @ts-check
/** What a pointer does on a sound: draws a segment, moves one or an end of it, puts the playhead. */

import { listenToPointer } from "./text-pointer.js";
import { drawn, resized, shifted } from "./times.js";

/** @typedef {import("./types").Segment} Segment */
/** @typedef {import("./text-pointer.js").At} At */
/** @typedef {import("./segment-surface.js").SegmentSurface} SegmentSurface */

/** Pixels from an edge at which it is grabbed. */
const REACH = 7;

export class SegmentStrokes {
  /** What the stroke under way makes of a segment, or a new one. @type {Segment | null} */
  draft = null;
  /** @type {{kind: "draw" | "move" | "start" | "end", id: string, label: string}} */
  #stroke = { kind: "draw", id: "", label: "" };

  /** @param {SegmentSurface} surface */
  constructor(surface) {
    this.surface = surface;
    this.#giveUp = listenToPointer(surface.view.inner, { unitAt: (event) => surface.view.time(event) }, {
      down: (at) => this.#down(at),
      start: () => this.#start(),
      drag: (from, to) => this.#drag(from, to),
      drop: () => this.#drop(),
      click: (at) => this.#click(at),
      cancel: () => this.cancel(),
    });
  }

  /** @type {() => void} */
  #giveUp;

  cancel() {
    this.#giveUp();
    this.#rest();
    this.surface.draw();
  }

  /** @param {At} at */
  #down(at) {
    const { surface } = this;
    surface.pressed();
    const lane = surface.lanes.laneAt(at.y);
    const edge = this.#edge(at, lane);
    const under = this.#under(at, lane);
    if (edge) this.#stroke = edge;
    else if (under) this.#stroke = { kind: "move", id: under.id, label: under.label };
    // A lane is a speaker's: who draws there, means that one.
    else this.#stroke = { kind: "draw", id: "", label: (surface.course.speech && surface.options.classes[lane]?.name) || surface.label };
    return true;
  }

  #start() {
    const { surface } = this;
    const { kind, id, label } = this.#stroke;
    surface.busy = true;
    surface.options.onStart();
    if (kind === "draw" && label !== surface.label) surface.options.onChoose(label);
    surface.options.onSelect(id || null);
  }

  /** @param {At} from @param {At} to */
  #drag(from, to) {
    const { surface } = this;
    const { kind, id, label } = this.#stroke;
    const { segments, course } = surface;
    const one = segments.find((each) => each.id === id);
    if (kind === "draw") {
      const { segment, stopped } = drawn(segments, label, from.unit, to.unit, course);
      this.draft = segment && { ...segment, id: "draft" };
      surface.complain(stopped ? `${label.replaceAll("_", " ")} speaks already beside it: the segments of one speaker do not overlap.` : "");
    } else if (one) this.draft = kind === "move" ? shifted(segments, one, to.unit - from.unit, course) : resized(segments, one, kind, to.unit, course);
    const { scroll } = surface.view;
    const { left, right } = scroll.getBoundingClientRect();
    if (to.x < left + 6) scroll.scrollLeft -= 16;
    if (to.x > right - 6) scroll.scrollLeft += 16;
    surface.draw();
  }

  #drop() {
    const { draft, surface } = this;
    const { complaint, segments, course } = surface;
    this.#rest();
    if (!draft) surface.draw();
    else if (draft.id !== "draft") surface.change(draft, "move");
    else {
      const fresh = drawn(segments, draft.label, draft.start, draft.end, course).segment;
      if (fresh) surface.add(fresh, true);
    }
    if (complaint) surface.complain(complaint);
  }

  /** A click selects a block; elsewhere it puts the playhead. @param {At} at */
  #click(at) {
    const { surface } = this;
    const lane = surface.lanes.laneAt(at.y);
    const under = this.#under(at, lane);
    if (under) return surface.options.onSelect(under.id);
    // On the picture a selected segment stays so: its ends are put where the playhead stands.
    if (lane >= 0) surface.options.onSelect(null);
    surface.go(at.unit);
  }

  #rest() {
    this.draft = null;
    this.surface.busy = false;
    this.surface.options.onRest();
  }

  /**
   * The end of a segment that is grabbed here: in a lane of any, on the picture of the selected one.
   * @param {At} at @param {number} lane @returns {{kind: "start" | "end", id: string, label: string} | undefined}
   */
  #edge(at, lane) {
    const { view, lanes, selected, segments } = this.surface;
    const near = segments
      .filter((one) => (lane < 0 ? one.id === selected : lanes.laneOf(one.id) === lane))
      .flatMap((one) =>
        /** @type {const} */ (["start", "end"]).map((kind) => ({
          kind,
          id: one.id,
          label: one.label,
          off: Math.abs(view.x(one[kind] - at.unit)),
          outside: kind === "start" ? at.unit < one.start : at.unit > one.end,
        })),
      )
      .filter((edge) => edge.off <= REACH);
    // Of two that meet here, that of the selected one, else the one that the pointer is on.
    const rank = (/** @type {(typeof near)[0]} */ edge) => Number(edge.id !== selected) + Number(edge.outside) / 2 + edge.off / 100;
    return near.sort((a, b) => rank(a) - rank(b))[0];
  }

  /** @param {At} at @param {number} lane */
  #under(at, lane) {
    const { lanes, segments } = this.surface;
    return segments.find((one) => lane >= 0 && lanes.laneOf(one.id) === lane && one.start <= at.unit && at.unit <= one.end);
  }
}
