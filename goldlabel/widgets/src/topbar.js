// @ts-check
/** The first rows: title, progress, save status, time, and the strip of items. */

import { button, capital, h, roving } from "./dom.js";

/** @typedef {import("./session.js").Session} Session */

const WORDS = { todo: "to do", started: "begun", done: "done", skipped: "skipped" };
const MARKS = { todo: "", started: "•", done: "✓", skipped: "»" };

/** @param {number} seconds */
const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** @param {Session} session */
export function topBar(session) {
  const { thing } = session.exercise;
  const place = h("span", { class: "gl-place" });
  const time = h("span", { class: "gl-time", title: `Active time on this ${thing}; it pauses when you pause` });
  const dot = h("span", { class: "gl-dot", "aria-hidden": "true" });
  const word = h("span", {});
  const status = h("span", { class: "gl-status", role: "status" }, dot, word);
  const node = h("div", { class: "gl-top" }, h("strong", { class: "gl-title" }, session.exercise.title), place, h("span", { class: "gl-gap" }), time, status);

  const update = () => {
    const done = session.items.filter((entry) => entry.status === "done").length;
    place.textContent = `${capital(thing)} ${session.item.n} of ${session.items.length} · ${done} done`;
  };
  const tick = () => {
    time.textContent = clockText(session.seconds);
    time.classList.toggle("gl-paused", session.clock.idle);
  };
  const showStatus = () => {
    const { kind, at } = session.outbox.status;
    status.dataset.kind = kind;
    const saved = at ? `Saved ${at.toLocaleTimeString([], { hourCycle: "h23" })}` : "Nothing to save yet";
    const text = { saving: "Saving…", lost: "NOT SAVED", problem: "NOT SAVED", saved, idle: saved }[kind];
    if (word.textContent !== text) word.textContent = text;
  };
  return { node, update, tick, showStatus };
}

/** Numbered buttons, one an item. @param {Session} session */
export function itemStrip(session) {
  const { thing } = session.exercise;
  const node = h("div", { class: "gl-strip", role: "group", "aria-label": `${capital(thing)}s` });
  const settle = roving(node);
  const buttons = session.items.map((entry) =>
    node.appendChild(button({ title: "", text: String(entry.n), kind: "gl-item", onclick: () => session.go(entry.id) })),
  );
  const update = () => {
    session.items.forEach((entry, n) => {
      const shown = entry.id === session.item.id;
      const { status, flag } = entry;
      buttons[n].dataset.status = status;
      buttons[n].dataset.mark = MARKS[status] + (flag ? " ⚑" : "");
      buttons[n].ariaCurrent = shown ? "true" : null;
      buttons[n].classList.toggle("gl-loading", entry.id === session.target);
      const name = `${capital(thing)} ${entry.n}: ${WORDS[status]}${flag ? ", flagged" : ""}`;
      buttons[n].title = name;
      buttons[n].setAttribute("aria-label", name);
    });
    settle();
  };
  return { node, update };
}
