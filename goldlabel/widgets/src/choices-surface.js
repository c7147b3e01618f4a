// @ts-check
/** Shows the item that a class is chosen for: a picture as large as there is room, or a text that reads well. */

import { h } from "./dom.js";
import { reading, sideBySide, wordCount, words } from "./reading.js";

/** @typedef {import("./types").Surface} Surface */

/** @implements {Surface} */
export class ChoiceSurface {
  busy = false;

  /** @param {import("./types").SurfaceOptions} options */
  constructor({ host, url, item }) {
    // Focusable, so that a screen reader can read it and the keyboard can scroll it.
    this.shown = item.text ? reading(item.text) : h("img", { class: "gl-picture", src: url, alt: item.alt, draggable: false, tabindex: "0" });
    this.node = item.beside ? beside(item, this.shown) : this.shown;
    host.append(this.node);
  }

  focus() {
    this.shown.focus({ preventScroll: true });
  }

  destroy() {
    this.node.remove();
  }

  // Nothing is drawn on the item: the shell shows the answer in its buttons.
  show() {}

  select() {}

  choose() {}

  cancel() {}
}

/** The source on the left, the text that is judged on the right, with its length. @param {import("./types").ItemState} item @param {HTMLElement} shown */
function beside({ beside: source, text }, shown) {
  return sideBySide([
    ["The source", reading(source, "The source")],
    [`The text to judge: ${words(wordCount(text))}`, shown],
  ]);
}
