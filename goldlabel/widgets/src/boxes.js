// @ts-check
/** Entry of the box widget: anywidget imports this module and calls `initialize` once, `render` for each view. */

import { BoxSurface } from "./box-surface.js";
import { Session } from "./session.js";
import { Shell } from "./shell.js";
import "./shell.css";
import "./boxes.css";

/** @typedef {import("./types").Model} Model */

/** All views of one widget share one session: one outbox, one undo. @type {Map<string, Session>} */
const sessions = new Map();

/** @param {{model: Model}} options */
function initialize({ model }) {
  const key = model.get("session");
  const session = new Session(model);
  sessions.set(key, session);
  return () => {
    sessions.delete(key);
    session.stop();
  };
}

/** @param {{model: Model, el: HTMLElement}} options */
function render({ model, el }) {
  const session = sessions.get(model.get("session"));
  if (!session) throw new Error("render before initialize");
  const shell = new Shell(
    session,
    {
      noun: "box",
      hint: "Drag to draw a box, click one to change it.",
      surface: (options) => BoxSurface.open(options, model.get("surface")),
    },
    el,
  );
  return () => shell.destroy();
}

export default { initialize, render };
