// @ts-check
/** What is said, a line a segment in the order of time, to be typed while the sound plays. */

import { button, h } from "./dom.js";
import { timeText } from "./times.js";
import { oneLine } from "./word-text.js";

/** @typedef {import("./types").Segment} Segment */

/** Milliseconds without a key after which typing is saved, and the longest that it may go on unsaved. */
const PAUSE = 500;
const LONGEST = 1500;
/** Characters of one segment; the kernel keeps no more. */
const MOST = 1000;

export class SegmentTexts {
  /** @type {Map<string, {node: HTMLElement, area: HTMLTextAreaElement, who: HTMLElement, when: HTMLElement}>} */
  #lines = new Map();
  /** Whose text is being typed, and since when it is unsaved. @type {{id: string, since: number} | null} */
  #typing = null;
  #timer = 0;

  /**
   * @param {Map<string, string>} colors By speaker.
   * @param {{save: (id: string, text: string) => void, start: () => void, select: (id: string) => void, play: (id: string) => void}} does
   */
  constructor(colors, does) {
    this.colors = colors;
    this.does = does;
    this.empty = h("p", { class: "gl-turns-empty" }, "Each segment gets a line here.");
    this.list = h("div", { class: "gl-turn-list" });
    const keys = [["Enter", "next segment"], ["Tab", "play, stop"], ["Shift+Tab", "this segment again"], ["Alt+←", "back 2 s"], ["Alt+↓", "slower"], ["Alt+1", "speaker 1"], ["Esc", "leave the text"]];
    this.node = h(
      "div",
      { class: "gl-turns" },
      this.empty,
      this.list,
      h("p", { class: "gl-turn-keys" }, "While you type: ", ...keys.flatMap(([key, what]) => [h("kbd", {}, key), ` ${what}  `])),
    );
  }

  /** Whether a key was pressed in a text of ours. @param {EventTarget | null} target */
  has(target) {
    return target instanceof HTMLTextAreaElement && this.list.contains(target);
  }

  /** @param {Segment[]} segments In the order of time. @param {string | null} selected */
  show(segments, selected) {
    this.empty.hidden = segments.length > 0;
    const ids = new Set(segments.map((one) => one.id));
    for (const [id, line] of this.#lines) {
      if (ids.has(id)) continue;
      line.node.remove();
      this.#lines.delete(id);
    }
    segments.forEach((one, at) => {
      const line = this.#lines.get(one.id) ?? this.#line(one.id);
      const name = one.label.replaceAll("_", " ");
      line.who.textContent = name;
      line.when.textContent = timeText(one.start);
      line.node.style.setProperty("--gl-class", this.colors.get(one.label) ?? "#888888");
      line.node.classList.toggle("gl-selected", one.id === selected);
      line.area.setAttribute("aria-label", `What ${name} says from ${timeText(one.start)} to ${timeText(one.end)}`);
      // A space that was typed last is no other text.
      if (this.#typing?.id !== one.id && oneLine(line.area.value) !== one.text) line.area.value = one.text;
      this.#fit(line.area);
      if (this.list.children[at] !== line.node) this.list.insertBefore(line.node, this.list.children[at] ?? null);
    });
  }

  /** @param {string} id */
  focus(id) {
    const area = this.#lines.get(id)?.area;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
    area?.scrollIntoView({ block: "nearest" });
  }

  /** What is typed goes to the labels, now. */
  keep() {
    clearTimeout(this.#timer);
    const typed = this.#typing;
    this.#typing = null;
    const area = typed && this.#lines.get(typed.id)?.area;
    if (typed && area) this.does.save(typed.id, oneLine(area.value));
  }

  destroy() {
    clearTimeout(this.#timer);
    this.#typing = null;
    this.node.remove();
  }

  /** @param {string} id */
  #line(id) {
    const area = h("textarea", {
      rows: 1,
      maxLength: MOST,
      spellcheck: false,
      placeholder: "What is said?",
      oninput: () => this.#typed(id, area),
      onfocus: () => this.does.select(id),
      onblur: () => this.keep(),
    });
    const who = h("span", { class: "gl-turn-who" });
    const when = h("span", { class: "gl-turn-when" });
    const play = button({ title: "Play this segment", icon: "play", onclick: () => this.does.play(id) });
    const node = h("div", { class: "gl-turn", "data-id": id }, play, when, who, area);
    const line = { node, area, who, when };
    this.#lines.set(id, line);
    return line;
  }

  /** @param {string} id @param {HTMLTextAreaElement} area */
  #typed(id, area) {
    const now = performance.now();
    if (!this.#typing) {
      this.#typing = { id, since: now };
      this.does.start();
    }
    this.#fit(area);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), Math.max(0, Math.min(PAUSE, this.#typing.since + LONGEST - now)));
  }

  /** As high as its text. @param {HTMLTextAreaElement} area */
  #fit(area) {
    area.style.height = "";
    if (area.scrollHeight > area.clientHeight) area.style.height = `${area.scrollHeight + 2}px`;
  }
}
