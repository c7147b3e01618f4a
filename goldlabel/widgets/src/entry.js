// @ts-check
/** What every widget's module gives to anywidget: `initialize`, called once, and `render`, called for each view. */

import { Session } from "./session.js";
import { Shell } from "./shell.js";
import "./shell.css";

/** @typedef {import("./types").Model} Model */

/** All views of one widget share one session: one outbox, one undo. @type {Map<string, Session>} */
const sessions = new Map();

/** @param {(session: Session) => import("./types").Task} makeTask Called for each view. */
export function widget(makeTask) {
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
    const shell = new Shell(session, makeTask(session), el);
    return () => shell.destroy();
  }

  return { initialize, render };
}
