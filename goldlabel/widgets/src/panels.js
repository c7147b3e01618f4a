// @ts-check
/** What opens beside or under the picture: the guideline, the check's feedback, the note of a flag. */

import { button, h, quiet } from "./dom.js";

/** @typedef {import("./session.js").Session} Session */

/** @param {Session} session @param {(open: boolean) => void} onToggle */
export function guidelinePanel(session, onToggle) {
  // The HTML is made by the kernel from the exercise's own Markdown, raw HTML in it escaped.
  const text = h("div", { class: "gl-prose", tabindex: "0", role: "region", "aria-label": "Guideline text", innerHTML: session.exercise.guideline });
  const close = button({ title: "Close the guideline", icon: "close", onclick: () => toggle(false) });
  const node = h("aside", { class: "gl-guideline", "aria-label": "Guideline", hidden: true }, h("div", { class: "gl-panel-head" }, h("strong", {}, "Guideline"), close), text);
  quiet(node);

  /** @param {boolean} [open] */
  const toggle = (open = Boolean(node.hidden)) => {
    node.hidden = !open;
    onToggle(open);
  };
  /** Open it at one rule. @param {string} rule */
  const show = (rule) => {
    toggle(true);
    const heading = /** @type {HTMLElement | null} */ (text.querySelector(`[data-rule="${CSS.escape(rule)}"]`));
    if (heading) text.scrollTo({ top: heading.offsetTop - text.offsetTop });
    heading?.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  };
  return { node, toggle, show };
}

/** @param {Session} session @param {(rule: string) => void} onRule */
export function feedbackPanel(session, onRule) {
  const { thing } = session.exercise;
  const text = h("div", { class: "gl-feedback-text" });
  const close = button({ title: "Close the feedback", icon: "close", onclick: () => session.closeFeedback() });
  const node = h("section", { class: "gl-feedback", "aria-label": `Feedback on this ${thing}`, hidden: true }, h("div", { class: "gl-panel-head" }, h("strong", {}, `How you did on this ${thing}`), close), text);
  // The region is there before its text, else a screen reader does not announce it.
  const live = h("div", { "aria-live": "polite" }, node);
  const update = () => {
    const { feedback } = session;
    node.hidden = !feedback;
    if (!feedback) return text.replaceChildren();
    if (feedback.waiting) return text.replaceChildren(h("p", {}, "Checking…"));
    text.innerHTML = feedback.html;
    for (const cell of text.querySelectorAll("td")) linkRule(cell, onRule);
    node.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  return { node: live, update };
}

/** A cell that names a rule ("R3 Draw tight") opens the guideline there. @param {HTMLElement} cell @param {(rule: string) => void} onRule */
function linkRule(cell, onRule) {
  const words = cell.textContent ?? "";
  const rule = /^R\d+\b/.exec(words)?.[0];
  if (!rule || cell.children.length) return;
  cell.replaceChildren(h("button", { type: "button", class: "gl-link", onclick: () => onRule(rule) }, words));
}

/** A button and a small form for a note to the lead. @param {Session} session @param {string} [word] On the button. */
export function flagControl(session, word = "Flag") {
  const name = `Flag this ${session.exercise.thing} for somebody else to look at`;
  const input = h("input", { type: "text", maxLength: 300, placeholder: "What is unclear?", "aria-label": "Note to the lead" });
  const form = h(
    "div",
    { class: "gl-flag-form", role: "group", "aria-label": "Flag", hidden: true },
    input,
    button({ title: "Flag with this note", text: "Set flag", onclick: () => save(input.value.trim() || "unclear") }),
    button({ title: "Remove the flag", text: "Remove", onclick: () => save("") }),
  );
  const open = button({ title: name, icon: "flag", text: word, onclick: () => toggle(Boolean(form.hidden)) });
  const node = h("div", { class: "gl-flag" }, open, form);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle(false);
    // Inside a notebook's output Chromium neither submits a form on Enter nor tells of a change.
    if (event.key !== "Enter" || event.target !== input) return;
    // The focus goes to the button now, which the same key would press.
    event.preventDefault();
    save(input.value.trim() || "unclear");
  });

  /** @param {string} flag */
  const save = (flag) => {
    toggle(false);
    if (flag !== session.item.flag) session.mark({ flag }, "flag");
  };
  /** @param {boolean} shown */
  const toggle = (shown) => {
    form.hidden = !shown;
    open.ariaExpanded = String(shown);
    if (!shown) return open.focus();
    input.value = session.item.flag;
    input.focus();
  };
  const update = () => {
    open.ariaPressed = String(Boolean(session.item.flag));
    open.title = session.item.flag ? `Flagged: ${session.item.flag}` : name;
  };
  return { node, update, open: () => toggle(true) };
}
