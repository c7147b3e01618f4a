// @ts-check
/** The flags of the selected annotation (truncated, occluded ...) as toggle buttons with keys. */

import { button, h, roving } from "./dom.js";

/**
 * @param {import("./types").Flag[]} flags @param {string} noun
 * @param {(name: string) => void} onToggle
 */
export function flagBar(flags, noun, onToggle) {
  const node = h("div", { class: "gl-flags", role: "group", "aria-label": `Flags of the selected ${noun}`, hidden: flags.length === 0 });
  const settle = roving(node);
  node.append(h("span", { class: "gl-flags-word", "aria-hidden": "true" }, `This ${noun} is`));
  const buttons = flags.map((one) => {
    const made = button({ title: one.hint || one.name, text: one.name, kind: "gl-toggle", onclick: () => onToggle(one.name) });
    made.prepend(h("span", { class: "gl-tick", "aria-hidden": "true" }));
    if (one.key) {
      made.append(h("kbd", { "aria-hidden": "true" }, one.key.toUpperCase()));
      made.setAttribute("aria-keyshortcuts", one.key.toUpperCase());
    }
    return node.appendChild(made);
  });
  return {
    node,
    /** @param {import("./types").Annotation | undefined} selected */
    update(selected) {
      flags.forEach((one, n) => {
        buttons[n].disabled = !selected;
        buttons[n].ariaPressed = String(Boolean(selected?.attributes[one.name]));
      });
      settle();
    },
    /** The flag of a key. @param {string} key */
    named: (key) => flags.find((one) => one.key !== "" && one.key.toLowerCase() === key.toLowerCase())?.name,
  };
}
