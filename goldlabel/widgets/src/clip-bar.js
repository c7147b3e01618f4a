// @ts-check
/** The transport of a clip under its picture: play, step, speed, where we are, and the timeline. */

import { button, drawIcon, h } from "./dom.js";
import { SPEEDS } from "./playhead.js";
import { TaskBar } from "./taskbar.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("./clip-surface.js").ClipSurface} ClipSurface */

export class ClipBar extends TaskBar {
  timeline = new Timeline();
  #place = h("span", { class: "gl-clip-place" });
  #loaded = h("span", { class: "gl-clip-loaded" });
  #icon = "play";

  constructor() {
    super();
    const act = (/** @type {(surface: ClipSurface) => void} */ does) => () => this.surface && does(this.surface);
    this.playing = button({ title: "Play", key: "Space", icon: "play", onclick: act((surface) => surface.playhead.toggle()) });
    this.speed = h("select", { "aria-label": "Speed", onchange: act((surface) => surface.playhead.faster(SPEEDS.indexOf(Number(this.speed.value)) - SPEEDS.indexOf(surface.playhead.speed))) }, ...SPEEDS.map((speed) => h("option", { value: String(speed), selected: speed === 1 }, `${speed}x`)));
    const step = (/** @type {string} */ title, /** @type {string} */ key, /** @type {string} */ text, /** @type {(surface: ClipSurface) => void} */ does) => {
      const made = button({ title, key, text, onclick: act(does) });
      made.setAttribute("aria-label", title);
      return made;
    };
    const transport = h(
      "div",
      { class: "gl-transport", role: "group", "aria-label": "Play and step" },
      this.playing,
      step("Back ten frames", "Shift+[", "-10", (surface) => surface.playhead.step(-10)),
      step("Back one frame", "[", "-1", (surface) => surface.playhead.step(-1)),
      step("On one frame", "]", "+1", (surface) => surface.playhead.step(1)),
      step("On ten frames", "Shift+]", "+10", (surface) => surface.playhead.step(10)),
      h("label", { class: "gl-slider" }, h("span", {}, "speed"), this.speed),
      this.#place,
      h("span", { class: "gl-gap" }),
      this.#loaded,
    );
    this.below = h("div", { class: "gl-clip" }, transport, this.timeline.node);
  }

  /** @param {import("./types").Surface | null} surface */
  attach(surface) {
    super.attach(surface);
    if (!surface) this.timeline.onPress = null;
  }

  update() {
    super.update();
    const surface = /** @type {ClipSurface | null} */ (this.surface);
    if (!surface?.playhead) return;
    this.tell(surface);
  }

  /** Where the clip is. @param {ClipSurface} surface */
  tell({ playhead, frames, item }) {
    const { shown, wanted, playing, speed } = playhead;
    const seconds = (shown / playhead.rate).toFixed(2);
    const place = `frame ${shown} of ${playhead.frames - 1} · ${seconds} s${wanted === shown ? "" : ` · frame ${wanted} is on its way`}`;
    if (this.#place.textContent !== place) this.#place.textContent = place;
    this.timeline.move(shown, `frame ${shown}, ${seconds} seconds`);
    const icon = playing ? "pause" : "play";
    if (icon !== this.#icon) {
      this.#icon = icon;
      this.playing.replaceChildren(drawIcon(icon));
      this.playing.setAttribute("aria-label", playing ? "Pause" : "Play");
    }
    if (Number(this.speed.value) !== speed) this.speed.value = String(speed);
    const missing = (item.frames ?? 0) - frames.here;
    this.#loaded.textContent = missing > 0 ? `${frames.here} of ${item.frames} frames are here` : "";
  }
}
