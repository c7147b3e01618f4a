// @ts-check
/** The list of joints beside the picture: what is set, what is asked for next. */

import { h, roving } from "./dom.js";
import { asked, sideOf, spoken, STATES } from "./joints.js";

/** @typedef {import("./types").Keypoints} Keypoints */

/**
 * @param {import("./types").Skeleton} skeleton @param {(name: string) => void} onChoose
 */
export function jointPanel(skeleton, onChoose) {
  const title = h("strong", {}, "Points");
  const list = h("div", { class: "gl-joints", role: "group", "aria-label": "Points of the selected figure" });
  const settle = roving(list);
  const rows = skeleton.points.map((name) => {
    const state = h("span", { class: "gl-joint-state" });
    const row = h(
      "button",
      { type: "button", class: "gl-joint", onclick: () => onChoose(name) },
      h("span", { class: "gl-joint-mark", "aria-hidden": "true" }),
      h("span", {}, spoken(name)),
      state,
    );
    row.dataset.side = sideOf(name);
    return { name, row: list.appendChild(row), state };
  });
  const legend = h(
    "p",
    { class: "gl-legend" },
    h("span", { class: "gl-legend-left" }, "left"),
    h("span", { class: "gl-legend-right" }, "right"),
    " of the figure itself, not of the picture",
  );
  const node = h("aside", { class: "gl-side", "aria-label": "Points" }, title, list, legend);

  /** @param {Keypoints | undefined} one @param {string | null} chosen @param {string | null} wanted */
  const update = (one, chosen, wanted) => {
    const next = wanted ?? asked(one, skeleton);
    const left = skeleton.points.filter((name) => !one || !(name in one.points)).length;
    title.textContent = !one ? "Points" : left ? `${left} of ${skeleton.points.length} points to go` : "All points are answered";
    for (const { name, row, state } of rows) {
      const v = one?.points[name]?.[2];
      row.dataset.state = v === undefined ? "open" : String(v);
      const now = chosen === null && name === next;
      row.ariaCurrent = now ? "true" : null;
      row.ariaPressed = String(name === chosen);
      state.textContent = v === undefined ? (now ? "next" : "") : STATES[v];
    }
    settle();
  };
  return { node, update };
}
