// @ts-check
import { button, h, quiet } from "./dom.js";
import { helpTable } from "./keys.js";

/** The keyboard help, a modal dialog. @param {import("./types").Task} task @param {import("./types").Flag[]} flags */
export function helpDialog(task, flags) {
  const groups = helpTable(task, flags).map(([title, rows]) =>
    h(
      "section",
      {},
      h("h3", {}, title),
      h("dl", {}, ...rows.flatMap(([keys, what]) => [h("dt", {}, ...keyCaps(keys)), h("dd", {}, what)])),
    ),
  );
  const close = button({ title: "Close", text: "Close", onclick: () => dialog.close() });
  const dialog = h("dialog", { class: "gl-help", "aria-label": "Keys" }, h("h2", {}, "Keys"), h("div", { class: "gl-help-groups" }, ...groups), close);
  quiet(dialog);
  return dialog;
}

/** "Ctrl+Z, Esc" with each key drawn as one. @param {string} keys */
function keyCaps(keys) {
  return keys.split(/(\+(?=\w)|(?<=\S), | or | to | with )/).map((part, n) => (n % 2 || !part ? part : h("kbd", {}, part)));
}
