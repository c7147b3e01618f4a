// @ts-check
/** One line above the picture: a hint, or what went wrong and what to do. It keeps its place. */

import { button, capital, h } from "./dom.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {{text: string, kind?: string, buttons?: [string, () => void][]}} Message */

/** @param {Session} session @param {() => Message} hint */
export function messageLine(session, hint) {
  const node = h("div", { class: "gl-message" });
  let shown = "";

  const update = () => {
    const message = choose(session) ?? { kind: "hint", ...hint() };
    const key = JSON.stringify([message.text, message.kind]);
    if (key === shown) return;
    shown = key;
    node.dataset.kind = message.kind ?? "bad";
    node.setAttribute("role", message.kind === "hint" ? "note" : "alert");
    const buttons = (message.buttons ?? []).map(([text, onclick]) => button({ title: text, text, onclick }));
    node.replaceChildren(h("span", {}, message.text), ...buttons);
  };
  return { node, update };
}

/** @param {Session} session @returns {Message | null} */
function choose(session) {
  const status = session.outbox.status;
  if (session.refused) return refusal(session, /** @type {import("./types").Problem} */ (session.refused.problem));
  if (status.kind === "lost") return silence(session);
  if (status.problem?.kind === "disk") {
    const { what, todo } = status.problem;
    return { text: `NOT SAVED: ${what} ${todo} Your labels are kept in this browser.`, buttons: [["Try again", () => session.outbox.again()]] };
  }
  const elsewhere = session.outbox.entries.find((entry) => entry.state === "refused");
  if (elsewhere) {
    const place = session.items.find((entry) => entry.id === elsewhere.edit.item);
    return { text: `${capital(session.exercise.thing)} ${place?.n}: ${elsewhere.problem?.what}`, buttons: [["Open it", () => session.go(elsewhere.edit.item)]] };
  }
  return session.notice ? { text: `${session.notice.what} ${session.notice.todo}` } : null;
}

/** @param {Session} session @returns {Message} */
function silence(session) {
  return session.outbox.empty
    ? { text: "The notebook does not answer. If no other cell is running, run this cell again." }
    : { text: "NOT SAVED: run this cell again; your labels are kept in this browser." };
}

/** @param {Session} session @param {import("./types").Problem} problem @returns {Message} */
function refusal(session, problem) {
  if (problem.kind === "invalid") {
    return { text: `NOT SAVED: ${problem.what}`, buttons: [["Back to what is saved", () => session.settle(false)]] };
  }
  return {
    text: `NOT SAVED: ${problem.what}`,
    buttons: [
      ["Use mine", () => session.settle(true)],
      ["Keep saved", () => session.settle(false)],
    ],
  };
}
