// @ts-check
/** A task's own tools above the picture. They outlive the surface, which is made anew for every picture. */

import { button, h } from "./dom.js";

/** @typedef {{disabled?: boolean, pressed?: boolean}} State */

export class TaskBar {
  /** @type {any} The surface that is shown, of the task's own class. */
  surface = null;
  /** @type {(() => void)[]} */
  #updates = [];

  /** @param {string} [name] For a screen reader. */
  constructor(name = "Drawing tools") {
    this.node = h("div", { class: "gl-taskbar", role: "group", "aria-label": name });
  }

  /** @param {import("./types").Surface | null} surface */
  attach(surface) {
    this.surface = surface;
    if (!surface) this.update();
  }

  update() {
    for (const one of this.#updates) one();
  }

  /**
   * Add a button.
   * @param {{title: string, key?: string, icon?: string, text?: string}} look
   * @param {(surface: any) => void} act @param {(surface: any) => State} [state]
   */
  button(look, act, state) {
    const made = button({ ...look, onclick: () => this.surface && act(this.surface) });
    if (look.key) made.append(h("kbd", { "aria-hidden": "true" }, look.key));
    this.node.append(made);
    this.#updates.push(() => {
      const { disabled = false, pressed } = this.surface ? (state?.(this.surface) ?? {}) : { disabled: true };
      if (made.disabled !== disabled) made.disabled = disabled;
      if (pressed !== undefined) made.ariaPressed = String(pressed);
    });
    return made;
  }

  /**
   * Add a slider.
   * @param {{name: string, min: number, max: number, step?: number, unit?: string}} look @param {() => number} get @param {(value: number) => void} set
   */
  slider({ name, min, max, step = 1, unit = "" }, get, set) {
    const value = h("output", {});
    const input = h("input", { type: "range", min: String(min), max: String(max), step: String(step), "aria-label": name, oninput: () => (set(input.valueAsNumber), this.update()) });
    this.node.append(h("label", { class: "gl-slider" }, h("span", {}, name), input, value));
    this.#updates.push(() => {
      const now = get();
      if (input.valueAsNumber !== now) input.value = String(now);
      value.textContent = `${now}${unit}`;
    });
  }

  /** Add room between two groups. */
  gap() {
    this.node.append(h("span", { class: "gl-bar-gap" }));
  }
}
