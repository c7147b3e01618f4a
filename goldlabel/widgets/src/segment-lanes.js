// @ts-check
/** Segments drawn on a sound: a band on its picture and a block in a lane under it. */

import { h } from "./dom.js";
import { lanesOf } from "./lanes.js";
import { RULER } from "./wave-view.js";

/** @typedef {import("./types").Segment} Segment */

/** Height of a lane on the screen, in pixels. */
const LANE = 30;
/** Sounds of all classes share lanes; so many there are at least, so that the page does not jump. */
const FEWEST = 2;

export class SegmentLanes {
  /** What is drawn, by id. @type {Map<string, {band: HTMLElement, block: HTMLElement, lane: number}>} */
  #drawn = new Map();

  /** @param {import("./types").OntologyClass[]} classes @param {{speech: boolean, typed: boolean}} task `speech`: a lane a speaker; else as many as overlaps need. `typed`: blocks tell what is said. */
  constructor(classes, { speech, typed }) {
    this.typed = typed;
    this.classes = classes;
    this.speech = speech;
    this.colors = new Map(classes.map((one) => [one.name, one.color]));
    this.node = h("div", { class: "gl-lanes", "aria-hidden": "true" });
    this.names = h("div", { class: "gl-lane-names" });
    this.bands = h("div", { class: "gl-bands" });
    if (speech) {
      for (const { name, color, key } of classes) {
        const label = h("div", { class: "gl-lane-name", title: name.replaceAll("_", " ") }, h("kbd", {}, key), h("span", {}, name.replaceAll("_", " ")));
        label.style.setProperty("--gl-class", color);
        this.names.append(label);
      }
    }
    this.#resize(speech ? classes.length : FEWEST);
  }

  /** @param {Segment[]} segments @param {string | null} selected @param {number} height Of the picture without its ruler, in pixels. */
  draw(segments, selected, height) {
    const lanes = this.speech ? new Map(segments.map((one) => [one.id, this.classes.findIndex((each) => each.name === one.label)])) : lanesOf(segments);
    if (!this.speech) this.#resize(Math.max(FEWEST, ...[...lanes.values()].map((lane) => lane + 1)));
    for (const [id, old] of this.#drawn) {
      if (lanes.has(id)) continue;
      old.band.remove();
      old.block.remove();
      this.#drawn.delete(id);
    }
    for (const one of segments) {
      const { band, block } = this.#of(one.id);
      const lane = lanes.get(one.id) ?? 0;
      this.#drawn.set(one.id, { band, block, lane });
      for (const node of [band, block]) {
        node.style.setProperty("--a", String(one.start));
        node.style.setProperty("--b", String(one.end));
        node.style.setProperty("--gl-class", this.colors.get(one.label) ?? "#888888");
        node.classList.toggle("gl-chosen", one.id === selected);
      }
      band.style.top = `${RULER}px`;
      band.style.height = `${height}px`;
      block.style.top = `${lane * LANE + 3}px`;
      block.textContent = this.typed ? one.text || "…" : one.label.replaceAll("_", " ");
    }
  }

  /** The lane at a height in the page, or -1 on the picture. @param {number} y */
  laneAt(y) {
    const { top, bottom } = this.node.getBoundingClientRect();
    return y < top || y >= bottom ? -1 : Math.floor((y - top) / LANE);
  }

  /** In which lane a segment stands. @param {string} id */
  laneOf(id) {
    return this.#drawn.get(id)?.lane ?? -1;
  }

  /** @param {string} id */
  #of(id) {
    const known = this.#drawn.get(id);
    if (known) return known;
    const band = h("div", { class: "gl-band" });
    const block = h("div", { class: "gl-block", "data-shape": id });
    this.bands.append(band);
    this.node.append(block);
    return { band, block };
  }

  /** @param {number} count */
  #resize(count) {
    this.node.style.height = `${count * LANE}px`;
    this.node.style.setProperty("--gl-lane", `${LANE}px`);
  }
}
