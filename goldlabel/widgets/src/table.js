// @ts-check
/** The annotations as a table of numbers: everything that the mouse can do, without one. */

import { button, h } from "./dom.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Cell} Cell */
/** @typedef {import("./session.js").Session} Session */

/**
 * @param {Session} session
 * @param {import("./types").Task} task
 * @param {{selected: () => string | null, select: (id: string) => void, add: () => void}} view
 */
export function labelTable(session, task, view) {
  const { noun } = task;
  const flags = session.exercise.attributes;
  const body = h("tbody");
  const summary = h("summary", {});
  const complaint = h("span", { class: "gl-complaint", role: "alert" });
  const add = task.fresh && button({ title: `Add a ${noun}`, text: `Add a ${noun}`, icon: "plus", onclick: view.add });
  const heads = ["#", "class", ...task.heads, ...flags.map((one) => one.name), ""].map((text) =>
    h("th", { scope: "col" }, text || h("span", { class: "gl-hidden" }, "delete")),
  );
  const node = h(
    "details",
    { class: "gl-table", ontoggle: () => update() },
    summary,
    h("div", { class: "gl-table-scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ...heads)), body)),
    h("div", { class: "gl-table-foot" }, add, complaint),
  );

  /** @param {Annotation} changed @param {string} action */
  const change = (changed, action) => {
    complaint.textContent = "";
    session.change(session.item.annotations.map((one) => (one.id === changed.id ? changed : one)), action);
  };

  /** @param {Annotation} one @param {Cell} cell @param {HTMLInputElement | HTMLSelectElement} input */
  const set = (one, cell, input) => {
    if (input.value === cell.value || !cell.set) return;
    const changed = cell.set(input.value);
    if (typeof changed !== "string") return change(changed, "move");
    complaint.textContent = changed;
    input.value = cell.value;
  };

  /** @param {Annotation} one @param {HTMLSelectElement} select */
  const relabel = (one, select) => {
    const changed = task.relabelled?.(one, select.value, session.item) ?? { ...one, label: select.value };
    if (typeof changed !== "string") return change(changed, "relabel");
    complaint.textContent = changed;
    select.value = one.label;
  };

  /** @param {Annotation} one @param {Cell} cell @param {string} whose */
  const cellOf = (one, cell, whose) => {
    if (!cell.input) return h("td", {}, cell.value);
    const common = { "aria-label": `${cell.name} of ${whose}`, "data-cell": `${one.id} ${cell.name}` };
    if (Array.isArray(cell.input)) {
      const choices = cell.input.map(([value, text]) => h("option", { value, selected: value === cell.value }, text));
      const select = h("select", { ...common, onchange: () => set(one, cell, select) }, ...choices);
      return h("td", {}, select);
    }
    const input = h("input", {
      ...common,
      type: cell.input,
      "data-was": cell.value,
      class: cell.input === "text" ? "gl-wide" : "",
      ...(cell.input === "number" ? { step: "any", min: String(cell.min ?? 0), max: String(cell.max ?? "") } : {}),
      value: cell.value,
      onchange: () => set(one, cell, input),
      // Inside a notebook's output Chromium tells of no change on Enter.
      onkeydown: (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && set(one, cell, input),
    });
    return h("td", {}, input);
  };

  /** @param {Annotation} one @param {import("./types").Flag} flag @param {string} whose */
  const flagCell = (one, flag, whose) =>
    h("input", {
      type: "checkbox",
      checked: Boolean(one.attributes[flag.name]),
      "aria-label": `${flag.name}: ${whose}`,
      "data-cell": `${one.id} ${flag.name}`,
      onchange: () => change(flagged(one, flag.name), "attribute"),
    });

  /** The rows of one annotation: its parts, with what belongs to the whole in the first. @param {Annotation} one @param {number} n */
  const rowsOf = (one, n) => {
    const whose = `${noun} ${n}`;
    const parts = task.rows(one, session.item);
    const rowSpan = Math.max(1, parts.length);
    const classes = h(
      "select",
      { "aria-label": `Class of ${whose}`, "data-cell": `${one.id} class`, onchange: (/** @type {any} */ event) => relabel(one, event.target) },
      ...session.exercise.classes.map((each) => h("option", { value: each.name, selected: each.name === one.label }, each.name.replaceAll("_", " "))),
    );
    const remove = button({
      title: `Delete ${whose}`,
      icon: "trash",
      onclick: () => session.change(session.item.annotations.filter((each) => each.id !== one.id), "delete"),
    });
    return Array.from({ length: rowSpan }, (_, row) => {
      const cells = (parts[row] ?? []).map((cell) => cellOf(one, cell, whose));
      const line = h("tr", { onfocusin: () => view.selected() === one.id || view.select(one.id) });
      if (row === 0) {
        const own = flags.map((flag) => h("td", { rowSpan }, flagCell(one, flag, whose)));
        line.append(h("td", { rowSpan }, String(n)), h("td", { rowSpan }, classes), ...cells, ...own, h("td", { rowSpan }, remove));
      } else line.append(...cells);
      line.dataset.id = one.id;
      return line;
    });
  };

  /** Rows by annotation; `key`: what they show. @type {Map<string, {key: string, n: number, lines: HTMLTableRowElement[]}>} */
  let known = new Map();
  let shown = "";

  /** Bring the rows up to date, touching only what changed: with hundreds of them the browser would stall else. @param {Annotation[]} annotations */
  function settle(annotations) {
    if (shown !== session.item.id) known = new Map();
    shown = session.item.id;
    const rows = annotations.map((one, at) => {
      const [key, n, old] = [JSON.stringify(one), at + 1, known.get(one.id)];
      if (old?.key !== key) return { id: one.id, key, n, lines: rowsOf(one, n) };
      if (old.n !== n) renumber(old.lines, `${noun} ${old.n}`, `${noun} ${n}`, n);
      return { id: one.id, key, n, lines: old.lines };
    });
    known = new Map(rows.map(({ id, ...row }) => [id, row]));
    const lines = rows.flatMap((row) => row.lines);
    const wanted = new Set(lines);
    for (const line of [...body.rows]) if (!wanted.has(line)) line.remove();
    lines.forEach((line, at) => body.rows[at] !== line && body.insertBefore(line, body.rows[at] ?? null));
  }

  /** @param {HTMLTableRowElement[]} lines @param {string} was @param {string} is @param {number} n */
  function renumber(lines, was, is, n) {
    lines[0].cells[0].textContent = String(n);
    for (const node of lines.flatMap((line) => [...line.querySelectorAll("[aria-label]")])) {
      for (const name of ["aria-label", "title"]) {
        const text = node.getAttribute(name);
        if (text?.endsWith(was)) node.setAttribute(name, text.slice(0, -was.length) + is);
      }
    }
  }

  function update() {
    const { annotations } = session.item;
    summary.textContent = `${annotations.length} ${annotations.length === 1 ? noun : task.plural} as numbers`;
    if (!node.open) return;
    const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
    const cell = active?.dataset?.cell;
    const typed = cell && active.dataset.was !== undefined && active.value !== active.dataset.was ? active.value : null;
    settle(annotations);
    mark();
    // Typing goes on where it was, though the row was made anew.
    const again = cell && /** @type {HTMLInputElement | null} */ (body.querySelector(`[data-cell="${CSS.escape(cell)}"]`));
    if (!again) return;
    if (typed !== null) again.value = typed;
    again.focus();
  }

  function mark() {
    for (const line of body.querySelectorAll("tr")) line.classList.toggle("gl-selected", line.dataset.id === view.selected());
  }
  return { node, update, mark };
}

/** An annotation with one flag turned. @param {Annotation} one @param {string} name @returns {Annotation} */
export function flagged(one, name) {
  const { [name]: set, ...rest } = one.attributes;
  return { ...one, attributes: set ? rest : { ...rest, [name]: true } };
}
