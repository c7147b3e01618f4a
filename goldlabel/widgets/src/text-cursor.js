// @ts-check
/** The keyboard's place in a text: a word, or with Shift a run of words. */

import { nearestWord } from "./words.js";

/** @typedef {import("./words.js").Stretch} Stretch */

export class TextCursor {
  static KEYS = new Set(["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"]);
  /** Index of the word; null in a text without words. @type {number | null} */
  at;
  /** Where a run began. */
  anchor = 0;
  /** Whether the keyboard is in use: only then is the cursor shown, and only then do class keys mark its word. */
  shown = false;

  /** @param {Stretch[]} words @param {import("./text-page.js").TextPage} page */
  constructor(words, page) {
    this.words = words;
    this.page = page;
    this.at = words.length ? 0 : null;
  }

  /** What the cursor covers; null when it is not shown. @returns {Stretch | null} */
  get stretch() {
    if (!this.shown || this.at === null) return null;
    return [this.words[Math.min(this.at, this.anchor)][0], this.words[Math.max(this.at, this.anchor)][1]];
  }

  get wide() {
    return this.shown && this.at !== this.anchor;
  }

  /** Go to the word at a place, without showing it. @param {number} unit */
  put(unit) {
    this.at = nearestWord(this.words, unit);
    this.anchor = this.at ?? 0;
    this.shown = false;
  }

  /** A run shrinks to the word where the cursor is. */
  collapse() {
    this.anchor = this.at ?? 0;
  }

  /**
   * @param {string} key One of `KEYS`. @param {{extend: boolean, far: boolean}} how `extend`: the run grows;
   *   `far`: Home and End go to the ends of the text.
   */
  move(key, { extend, far }) {
    if (this.at === null) return;
    // The first key shows where the cursor is.
    if (this.shown || key === "Home" || key === "End") this.at = this.#goal(key, far);
    this.shown = true;
    if (!extend) this.collapse();
  }

  /** @param {string} key @param {boolean} far */
  #goal(key, far) {
    const at = this.at ?? 0;
    const last = this.words.length - 1;
    switch (key) {
      case "ArrowRight":
        return Math.min(at + 1, last);
      case "ArrowLeft":
        return Math.max(at - 1, 0);
      case "ArrowDown":
        return this.#otherLine(1);
      case "ArrowUp":
        return this.#otherLine(-1);
      case "Home":
        return far ? 0 : this.#lineEnd(-1);
      default:
        return far ? last : this.#lineEnd(1);
    }
  }

  /** The word above or below. @param {1 | -1} step */
  #otherLine(step) {
    const at = this.at ?? 0;
    const here = this.#rect(at);
    const x = (here.left + here.right) / 2;
    let [best, least] = [at, Infinity];
    let line = here;
    for (let n = at + step; n >= 0 && n < this.words.length; n += step) {
      const rect = this.#rect(n);
      if (sameLine(rect, here)) continue;
      if (line === here) line = rect;
      else if (!sameLine(rect, line)) break;
      const off = Math.abs((rect.left + rect.right) / 2 - x);
      if (off < least) [best, least] = [n, off];
    }
    return best;
  }

  /** The last word of the line in one direction. @param {1 | -1} step */
  #lineEnd(step) {
    let at = this.at ?? 0;
    const here = this.#rect(at);
    while (this.words[at + step] && sameLine(this.#rect(at + step), here)) at += step;
    return at;
  }

  /** @param {number} n */
  #rect(n) {
    return this.page.rects(this.words[n])[0] ?? { left: 0, right: 0, top: 0, bottom: 0 };
  }
}

/** @param {import("./text-page.js").Rect} a @param {import("./text-page.js").Rect} b */
const sameLine = (a, b) => a.top < (b.top + b.bottom) / 2 && (b.top + b.bottom) / 2 < a.bottom;
