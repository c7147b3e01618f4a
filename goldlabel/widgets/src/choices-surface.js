// @ts-check
/** Shows the item that a class is chosen for: a picture as large as there is room, or a text that reads well. */

import { h } from "./dom.js";

/** @typedef {import("./types").Surface} Surface */

/** @implements {Surface} */
export class ChoiceSurface {
  busy = false;

  /** @param {import("./types").SurfaceOptions} options */
  constructor({ host, url, item }) {
    this.node = item.text ? reading(item.text) : h("img", { class: "gl-picture", src: url, alt: item.alt, draggable: false });
    // Focusable, so that a screen reader can read it and the keyboard can scroll it.
    this.node.setAttribute("tabindex", "0");
    this.node.setAttribute("data-lm-suppress-shortcuts", "true");
    host.append(this.node);
  }

  focus() {
    this.node.focus({ preventScroll: true });
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

/** @param {string} text Paragraphs are parted by an empty line. */
function reading(text) {
  const paragraphs = text.split(/\n\s*\n/).map((part) => h("p", {}, part));
  return h("div", { class: "gl-reading", role: "document", "aria-label": "The text" }, ...paragraphs);
}
