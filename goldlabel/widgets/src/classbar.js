// @ts-check
import { button, h, roving } from "./dom.js";

/**
 * The classes as toggle buttons.
 * @param {import("./types").OntologyClass[]} classes @param {string} noun @param {(name: string) => void} onChoose
 */
export function classBar(classes, noun, onChoose) {
  const node = h("div", { class: "gl-classes", role: "group", "aria-label": `Class of the next ${noun}` });
  const settle = roving(node);
  const buttons = classes.map((one) => {
    const made = button({ title: one.hint || one.name, text: one.name.replaceAll("_", " "), kind: "gl-class", onclick: () => onChoose(one.name) });
    made.style.setProperty("--gl-class", one.color);
    made.prepend(h("span", { class: "gl-swatch", "aria-hidden": "true" }));
    if (one.key) {
      made.append(h("kbd", { "aria-hidden": "true" }, one.key));
      made.setAttribute("aria-keyshortcuts", one.key);
    }
    return node.appendChild(made);
  });
  /** @param {string} chosen */
  const update = (chosen) => {
    classes.forEach((one, n) => (buttons[n].ariaPressed = String(one.name === chosen)));
    settle();
  };
  /** Show which classes cannot be given now, and why. @param {(name: string) => string} why Empty: it can. */
  const bar = (why) => {
    classes.forEach((one, n) => {
      const reason = why(one.name);
      if (reason) buttons[n].setAttribute("aria-disabled", "true");
      else buttons[n].removeAttribute("aria-disabled");
      buttons[n].title = reason || one.hint || one.name;
    });
  };
  return { node, update, bar };
}
