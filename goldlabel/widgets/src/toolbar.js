// @ts-check
/** Buttons that act on labels and on the view (above the picture) and on the picture as a whole (under it). */

import { button, h } from "./dom.js";

/** @typedef {import("./session.js").Session} Session */

/**
 * @param {Session} session
 * @param {{trash: [title: string, key: string] | null, undo: () => void, redo: () => void, remove: () => void, zoom: ((steps: number) => void) | null, guideline: () => void, help: () => void}} does
 *   `trash`: null where nothing is deleted whole. `zoom`: null where there is no picture.
 */
export function toolBar(session, does) {
  const undo = button({ title: "Undo", key: "Ctrl+Z", icon: "undo", onclick: does.undo });
  const redo = button({ title: "Redo", key: "Ctrl+Shift+Z", icon: "redo", onclick: does.redo });
  const trash = does.trash && button({ title: does.trash[0], key: does.trash[1], icon: "trash", onclick: does.remove });
  const out = button({ title: "Zoom out", key: "-", icon: "minus", onclick: () => does.zoom?.(-1) });
  const text = h("span", { class: "gl-zoom" }, "fit");
  const into = button({ title: "Zoom in", key: "+", icon: "plus", onclick: () => does.zoom?.(1) });
  const fit = button({ title: "Fit the picture", key: "Ctrl+0", icon: "fit", onclick: () => does.zoom?.(0) });
  const guideline = button({ title: "Guideline", key: "G", icon: "book", text: "Guideline", onclick: does.guideline });
  guideline.ariaExpanded = "false";
  const help = button({ title: "Keys", key: "?", icon: "help", onclick: does.help });
  const group = (/** @type {(HTMLElement | null)[]} */ ...nodes) => h("div", { class: "gl-group" }, ...nodes);
  const node = h(
    "div",
    { class: "gl-tools", role: "group", "aria-label": "Tools" },
    group(undo, redo, trash),
    ...(does.zoom ? [group(out, text, into, fit)] : []),
    group(guideline, help),
  );
  return {
    node,
    /** @param {boolean} selected Whether there is something to remove. */
    update(selected) {
      undo.disabled = !session.history.canUndo;
      redo.disabled = !session.history.canRedo;
      if (trash) trash.disabled = !selected;
    },
    /** @param {number} zoom 1: the whole picture. */
    showZoom(zoom) {
      text.textContent = zoom === 1 ? "fit" : `${Math.round(zoom * 100)} %`;
      out.disabled = fit.disabled = zoom === 1;
    },
    /** @param {boolean} open */
    showGuideline(open) {
      guideline.ariaExpanded = String(open);
    },
  };
}

/**
 * @param {Session} session
 * @param {{flag: HTMLElement, finish: () => void, goOn?: HTMLElement}} does
 *   `goOn`: the switch of tasks in which an answer finishes its item, so that there is nothing to mark as done.
 */
export function decisionBar(session, does) {
  const { thing } = session.exercise;
  const skip = button({ title: `Leave this ${thing} out`, icon: "skip", text: "Skip", onclick: () => session.skip() });
  const reopen = button({
    title: `Mark this ${thing} as not done`,
    text: "Not done yet",
    onclick: () => session.mark({ done: false }, "reopen"),
  });
  const word = h("span", {});
  const finish = button({ title: does.goOn ? `Show the next ${thing}` : `This ${thing} is done; show the next one`, key: "F", icon: "check", kind: "gl-primary", onclick: does.finish });
  finish.removeAttribute("aria-label"); // its word is its name
  finish.append(word);
  const check =
    session.exercise.check &&
    button({ title: `Compare this ${thing} with the gold`, text: `Check this ${thing}`, onclick: () => session.check() });
  const node = h("div", { class: "gl-decisions" }, skip, does.flag, h("span", { class: "gl-gap" }), does.goOn, reopen, check, finish);
  const update = () => {
    const { done, skipped } = session.item;
    skip.ariaPressed = String(skipped);
    reopen.hidden = !done || Boolean(does.goOn);
    word.textContent = done || does.goOn ? "Next" : "Done, next";
  };
  return { node, update };
}
