// @ts-check
/**
 * The part of the shell for tasks that give one answer an item: large buttons, keys of their own, and the switch to
 * go on by itself. An answer finishes its item, so there is nothing to mark as done.
 */

import { h } from "./dom.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./types").OntologyClass} OntologyClass */

const SWITCH = "goldlabel:go-on";

/** Keys and what they do. @param {string} thing @returns {import("./types").HelpGroup[]} */
export const answerHelp = (thing) => [
  [
    "Answer",
    [
      ["1 to 9, 0", `choose the class; then the next ${thing} comes, unless you switched that off`],
      ["Backspace", "clear the answer"],
      ["N", "not sure: write a note to the lead"],
      ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo; where there is nothing to undo, back to the answer that you gave last"],
    ],
  ],
  [
    "Go",
    [
      ["→, F or Ctrl+Enter", `next ${thing}`],
      ["← or B", `previous ${thing}`],
      ...(thing === "picture" ? /** @type {[string, string][]} */ ([["+, -, 0 with Ctrl", "zoom in, out, fit; also Ctrl+wheel"]]) : []),
      ["G", "guideline"],
      ["?", "this help"],
    ],
  ],
];

export class Answers {
  /** The item that was answered last, to go back to. */
  #last = "";
  /** @param {Session} session @param {{question: string, unsure: () => void, finish: () => void}} does */
  constructor(session, does) {
    this.session = session;
    this.does = does;
    this.bar = answerBar(session.exercise.classes, does.question, (name) => this.give(name));
    this.goOn = goOnSwitch();
  }

  /** Whether there is one. */
  get given() {
    return this.session.item.annotations.length > 0;
  }

  update() {
    this.bar.update(this.session.item.annotations[0]?.label ?? "");
  }

  /** Give the shown item its answer. @param {string} name */
  give(name) {
    const { session } = this;
    // A key that comes before the next item is there was not meant for this one.
    if (session.target) return;
    const marks = { done: true, skipped: false };
    const answer = { type: "choice", id: "class", label: name, accepted: [], attributes: {} };
    if (session.item.annotations[0]?.label !== name) session.change([answer], "choose", marks);
    else if (!session.item.done) session.mark(marks, "done");
    this.#last = session.item.id;
    if (this.goOn.on()) this.does.finish();
  }

  clear() {
    this.session.change([], "clear", { done: false });
  }

  /** Where nothing can be undone, the answer given last is what is meant: go back to it. */
  undo() {
    const { session } = this;
    if (!session.history.canUndo && this.#last && this.#last !== session.item.id) return session.go(this.#last);
    session.undo();
    // An item whose answer was taken back is not done.
    if (session.item.done !== this.given) session.mark({ done: this.given }, this.given ? "done" : "reopen");
  }

  /** Show the next item that waits; one without an answer is passed over and comes round again. @returns {boolean} Whether one waits. */
  finish() {
    if (this.given) return this.session.finish();
    this.session.step(1);
    return true;
  }

  /** First look at a key. @param {KeyboardEvent} event @returns {boolean} Whether it was ours. */
  key(event) {
    if (event.ctrlKey || event.metaKey) return false;
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    const one = digit && !event.shiftKey && this.session.exercise.classes[(Number(digit[1]) + 9) % 10];
    if (one) this.give(one.name);
    else if (event.key === "Backspace" || event.key === "Delete") this.clear();
    else if (event.key === "n") this.does.unsure();
    else return this.#step(event);
    return true;
  }

  /** Arrows go to the item before or after; in the strip of items they move the focus. @param {KeyboardEvent} event */
  #step(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || /** @type {HTMLElement} */ (event.target).closest(".gl-strip")) return false;
    this.session.step(step);
    return true;
  }
}

/** The classes as large buttons. @param {OntologyClass[]} classes @param {string} question @param {(name: string) => void} onChoose */
function answerBar(classes, question, onChoose) {
  const node = h("div", { class: "gl-answers", role: "group", "aria-label": question });
  const buttons = classes.map((one) => {
    const name = h("span", { class: "gl-answer-name" }, one.name.replaceAll("_", " "));
    const top = h("span", { class: "gl-answer-top" }, h("span", { class: "gl-swatch", "aria-hidden": "true" }), name);
    const made = h("button", { type: "button", class: "gl-button gl-answer", onclick: () => onChoose(one.name) }, top);
    made.style.setProperty("--gl-class", one.color);
    if (one.hint) made.append(h("span", { class: "gl-answer-hint" }, one.hint));
    if (one.key) {
      top.append(h("kbd", { "aria-hidden": "true" }, one.key));
      made.setAttribute("aria-keyshortcuts", one.key);
    }
    return node.appendChild(made);
  });
  /** @param {string} chosen A class name, or "". */
  const update = (chosen) => classes.forEach((one, n) => (buttons[n].ariaPressed = String(one.name === chosen)));
  return { node, update };
}

/** Whether the next item is shown after an answer; remembered in this browser. */
function goOnSwitch() {
  const input = h("input", { type: "checkbox", checked: remembered() });
  input.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, input.checked ? "on" : "off");
    } catch {
      // A forbidden storage costs the memory, not the switch.
    }
  });
  const node = h("label", { class: "gl-switch" }, input, "Go on after each answer");
  return { node, on: () => input.checked };
}

function remembered() {
  try {
    return localStorage.getItem(SWITCH) !== "off";
  } catch {
    return true;
  }
}
