// @ts-check
/** What the line above the picture says when nothing is wrong with saving. */

/** @param {import("./shell.js").Shell} shell @returns {import("./messages.js").Message} */
export function hintOf({ session, task, surface, classes, label, finished, selected, complaint, answers }) {
  const { thing } = session.exercise;
  if (finished) return { text: `Every ${thing} is done or skipped. You can still open and change any of them.` };
  if (answers) return { text: task.hint };
  if (complaint) return { text: complaint, kind: "warning" };
  const own = surface?.hint?.();
  if (own) return { text: own.text, kind: own.bad ? "warning" : "hint" };
  if (selected !== null) return { text: `${task.selectedHint} C gives it the class ${label.replaceAll("_", " ")}; Delete removes it.` };
  const hint = classes.find((one) => one.name === label)?.hint;
  return { text: `${task.hint} ${hint ? `${label.replaceAll("_", " ")}: ${hint}` : ""}` };
}
