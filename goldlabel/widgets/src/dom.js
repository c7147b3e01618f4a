// @ts-check
/** A few lines that make elements, so that no framework is needed. */

/** What can take the focus must tell Jupyter to leave its keys alone; on an ancestor that is not enough. */
const FOCUSABLE = new Set(["button", "input", "select", "summary", "textarea", "a"]);

const ATTRIBUTES = new Set(["class", "role", "tabindex"]);

/**
 * An element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [properties] `on*` are listeners, {@link ATTRIBUTES} and names with a dash are attributes, the rest are properties.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (ATTRIBUTES.has(name) || name.includes("-")) node.setAttribute(name, value);
    else /** @type {any} */ (node)[name] = value;
  }
  if (FOCUSABLE.has(tag) || node.hasAttribute("tabindex")) quiet(node);
  node.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
  return node;
}

/** Keep Jupyter's shortcuts away from a node and everything in it that takes the focus. @param {Element} node */
export function quiet(node) {
  node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const inner of node.querySelectorAll("a, button, input, select, summary, textarea, [tabindex]")) {
    inner.setAttribute("data-lm-suppress-shortcuts", "true");
  }
}

/**
 * A button with a picture and perhaps a word.
 * @param {object} options
 * @param {string} options.title Its name; shown as a tooltip with the key.
 * @param {string} [options.key]
 * @param {string} [options.icon]
 * @param {string} [options.text]
 * @param {string} [options.kind]
 * @param {(event: MouseEvent) => void} options.onclick
 */
export function button({ title, key = "", icon = "", text = "", kind = "", onclick }) {
  const node = h("button", { type: "button", class: `gl-button ${kind}`, title: key ? `${title} (${key})` : title, onclick });
  if (!text) node.setAttribute("aria-label", title);
  if (icon) node.append(drawIcon(icon));
  if (text) node.append(h("span", {}, text));
  if (key) node.setAttribute("aria-keyshortcuts", key.replace("Ctrl", "Control").replaceAll(" ", ""));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** Line drawings on a 16 by 16 grid. @type {Record<string, string>} */
const ICONS = {
  undo: "M6 3 2.5 6.5 6 10M3 6.5h6.5a4 4 0 0 1 0 8H7",
  redo: "M10 3l3.5 3.5L10 10M13 6.5H6.5a4 4 0 0 0 0 8H9",
  trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.7 6.5v4.5M9.3 6.5v4.5",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  flag: "M4 14V2.5h8L10 5.5l2 3H4",
  book: "M8 4C6.500 2.800 4 2.700 2 3v9.500c2-.3 4.500-.2 6 1 1.500-1.200 4-1.300 6-1V3c-2-.3-4.500-.2-6 1zM8 4v9.500",
  help: "M6 6a2 2 0 1 1 3 1.700c-.7.4-1 .8-1 1.600M8 11.800v.2",
  next: "M6 3l5 5-5 5",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.500 6.500 12 13 4.500",
  skip: "M3 3l5 5-5 5M8 3l5 5-5 5",
  part: "M2.5 3h6v6h-6zM11.500 8.500v6M8.500 11.500h6",
  brush: "M13.500 2.500 7 9M7 9c-2-.5-3.500.8-3.700 2.500-.1 1-.6 1.500-1.300 2 2.500.5 6 .2 6.200-2.500C8.300 10 7.800 9.300 7 9z",
  eraser: "M6 13h7.500M3 10.500 9.500 3.500l4 4L8 13H5.500z",
  outline: "M3 5l5-2.500L13.500 6l-2 7H4z",
  holes: "M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0-11zM8 6a2 2 0 1 1 0 4a2 2 0 1 1 0-4z",
  hand: "M4 2.500v9l2.500-2.500L8.500 13l1.700-.8-2-4H12z",
  swap: "M2.500 5.500h10M10 3l2.500 2.500L10 8M13.500 10.500h-10M6 8l-2.500 2.500L6 13",
  eye: "M1.500 8C4 3.800 12 3.800 14.500 8 12 12.200 4 12.200 1.500 8zM8 6.500a1.500 1.500 0 1 1 0 3a1.500 1.500 0 1 1 0-3z",
  away: "M3 3l10 10M8 2.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0-11z",
  play: "M4.500 2.500v11l9-5.500z",
  pause: "M5 3v10M11 3v10",
  back: "M10 3 5 8l5 5",
  rewind: "M8 3.500 3.500 8 8 12.500M13 3.500 8.500 8 13 12.500",
  key: "M8 2.500 13.500 8 8 13.500 2.500 8z",
  split: "M8 2v12M5.500 5 2.500 8l3 3M10.500 5l3 3-3 3",
  join: "M1.500 8h5M4.500 5.500 7 8l-2.500 2.500M14.500 8h-5M11.500 5.500 9 8l2.500 2.500",
  turn: "M13 8a5 5 0 1 1-1.500-3.600M13 2.500v3h-3",
};

/** @param {string} name */
export function drawIcon(name) {
  return s("svg", { viewBox: "0 0 16 16", class: "gl-icon", "aria-hidden": "true" }, s("path", { d: ICONS[name] }));
}

/**
 * An element of a drawing.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Record<string, string | number>} [attributes] @param {...(Node | string)} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/**
 * One tab stop for a row of buttons; arrow keys move within.
 * @param {HTMLElement} row
 */
export function roving(row) {
  const buttons = () => /** @type {HTMLElement[]} */ ([...row.querySelectorAll("button")]);
  row.addEventListener("keydown", (event) => {
    const all = buttons();
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length].focus();
  });
  return () => {
    const all = buttons();
    const current = all.find((one) => one.ariaPressed === "true" || one.ariaCurrent === "true") ?? all[0];
    for (const one of all) one.tabIndex = one === current ? 0 : -1;
  };
}

/** @param {string} word */
export const capital = (word) => word[0].toUpperCase() + word.slice(1);
