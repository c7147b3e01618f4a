// @ts-check
/** The boxes as a table of numbers: everything that the mouse can do, without one. */

import { button, h } from "./dom.js";
import { inside, newBox, tooSmall } from "./geometry.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./session.js").Session} Session */

const SIDES = ["x1", "y1", "x2", "y2"];

/**
 * @param {Session} session
 * @param {{noun: string, selected: () => string | null, select: (id: string) => void, add: () => void}} view
 */
export function boxTable(session, view) {
  const body = h("tbody");
  const summary = h("summary", {});
  const complaint = h("span", { class: "gl-complaint", role: "alert" });
  const add = button({ title: `Add a ${view.noun}`, text: `Add a ${view.noun}`, icon: "plus", onclick: view.add });
  const heads = ["#", "class", ...SIDES, ""].map((text) => h("th", { scope: "col" }, text || h("span", { class: "gl-hidden" }, "delete")));
  const node = h(
    "details",
    { class: "gl-table", ontoggle: () => update() },
    summary,
    h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body),
    h("div", { class: "gl-table-foot" }, add, complaint),
  );

  /** @param {Annotation} box @param {Partial<Annotation>} changes @param {string} action */
  const change = (box, changes, action) => {
    complaint.textContent = "";
    session.change(session.item.annotations.map((one) => (one.id === box.id ? { ...one, ...changes } : one)), action);
  };

  /** @param {Annotation} box @param {number} side @param {HTMLInputElement} input */
  const setSide = (box, side, input) => {
    if (input.valueAsNumber === box.xyxy[side]) return;
    const wanted = /** @type {Annotation["xyxy"]} */ (box.xyxy.map((value, n) => (n === side ? input.valueAsNumber : value)));
    const xyxy = inside(wanted, session.item, false);
    if (wanted.every(Number.isFinite) && !tooSmall(xyxy)) return change(box, { xyxy }, "move");
    complaint.textContent = "x1 must be left of x2 and y1 above y2, 3 pixels apart at least.";
    input.value = String(box.xyxy[side]);
  };

  /** @param {Annotation} box @param {number} n */
  const row = (box, n) => {
    const classes = h(
      "select",
      { "aria-label": `Class of ${view.noun} ${n}`, "data-cell": `${box.id} class`, onchange: (/** @type {any} */ event) => change(box, { label: event.target.value }, "relabel") },
      ...session.exercise.classes.map((one) => h("option", { value: one.name, selected: one.name === box.label }, one.name)),
    );
    const sides = SIDES.map((name, side) => {
      const input = h("input", {
        type: "number",
        step: "1",
        min: "0",
        max: String(side % 2 ? session.item.height : session.item.width),
        value: String(box.xyxy[side]),
        "aria-label": `${name} of ${view.noun} ${n}`,
        "data-cell": `${box.id} ${name}`,
        onchange: () => setSide(box, side, input),
        // Inside a notebook's output Chromium tells of no change on Enter.
        onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && setSide(box, side, input),
      });
      return h("td", {}, input);
    });
    const remove = button({
      title: `Delete ${view.noun} ${n}`,
      icon: "trash",
      onclick: () => session.change(session.item.annotations.filter((one) => one.id !== box.id), "delete"),
    });
    const line = h("tr", { onfocusin: () => view.select(box.id) }, h("td", {}, String(n)), h("td", {}, classes), ...sides, h("td", {}, remove));
    line.classList.toggle("gl-selected", box.id === view.selected());
    line.dataset.id = box.id;
    return line;
  };

  function update() {
    const boxes = session.item.annotations;
    summary.textContent = `${boxes.length} ${boxes.length === 1 ? view.noun : `${view.noun}es`} as numbers`;
    if (!node.open) return;
    const cell = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.cell;
    body.replaceChildren(...boxes.map((box, n) => row(box, n + 1)));
    // Typing goes on where it was, though the row was made anew.
    if (cell) /** @type {HTMLElement | null} */ (body.querySelector(`[data-cell="${CSS.escape(cell)}"]`))?.focus();
  }

  const mark = () => {
    for (const line of body.querySelectorAll("tr")) line.classList.toggle("gl-selected", line.dataset.id === view.selected());
  };
  return { node, update, mark };
}

/** A box of 60 by 60 pixels round a point. @param {string} label @param {[number, number]} centre @param {{width: number, height: number}} item */
export function boxRound(label, [x, y], item) {
  const half = 30;
  return newBox(label, inside([Math.round(x) - half, Math.round(y) - half, Math.round(x) + half, Math.round(y) + half], item, true));
}
