// @ts-check
/** Texts that are read: paragraphs, and a source beside what is judged or written. */

import { h } from "./dom.js";

/**
 * A text to read. It takes the focus, so that a screen reader can read it and the keyboard can scroll.
 * @param {string} text Paragraphs are parted by an empty line. @param {string} [name] For screen readers.
 */
export function reading(text, name = "The text") {
  const paragraphs = text.split(/\n\s*\n/).map((part) => h("p", {}, part));
  return h("div", { class: "gl-reading", role: "document", tabindex: "0", "aria-label": name }, ...paragraphs);
}

/** Two columns with a title each, one below the other where it is narrow. @param {[title: string | Node, body: Node][]} columns */
export function sideBySide(columns) {
  return h("div", { class: "gl-beside" }, ...columns.map(([title, body]) => h("div", { class: "gl-column" }, h("div", { class: "gl-column-title" }, title), body)));
}

/** Words as word processors count them: runs between spaces with a letter or a digit in them. @param {string} text */
export const wordCount = (text) => text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

/** "1 word", "3 words". @param {number} count */
export const words = (count) => `${count} ${count === 1 ? "word" : "words"}`;
