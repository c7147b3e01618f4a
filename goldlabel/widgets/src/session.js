// @ts-check
/**
 * The state of one widget in one page, without any drawing: which item is shown, its annotations, undo, and
 * the conversation with the kernel. All views of the widget share it.
 */

import { Clock } from "./clock.js";
import { Drafts } from "./drafts.js";
import { History } from "./history.js";
import { Outbox } from "./outbox.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").ItemState} ItemState */
/** @typedef {import("./types").Saved} Saved */
/** @typedef {"item" | "annotations" | "items" | "status" | "feedback" | "tick"} Part */

const EMPTY = { annotations: [], done: false, skipped: false, flag: "", rev: 0, seconds: 0 };

export class Session {
  /** @type {Set<(part: Part) => void>} */
  #listeners = new Set();
  /** @type {Map<string, History>} */
  #histories = new Map();
  /** Views in the middle of a stroke. @type {Set<object>} */
  #busy = new Set();
  #deferred = false;

  /** @param {import("./types").Model} model */
  constructor(model) {
    this.model = model;
    this.client = crypto.randomUUID?.() ?? `c${Date.now()}${Math.random()}`;
    /** @type {import("./types").Exercise} */
    this.exercise = model.get("exercise");
    /** @type {ItemState} What is shown, with the learner's newest changes. */
    this.item = { ...EMPTY, ...model.get("item"), id: "" };
    /** The item asked for and not yet arrived. */
    this.target = "";
    /** What the kernel could not do, apart from edits. @type {import("./types").Problem | null} */
    this.notice = null;
    this.greeted = false;
    /** @type {{item: string, html: string, waiting: boolean} | null} */
    this.feedback = null;
    this.clock = new Clock(() => this.#tell("tick"));
    this.outbox = new Outbox({
      client: this.client,
      drafts: new Drafts(this.exercise.file_id, this.client),
      send: (value, again) => this.#send(value, again),
      onChange: () => this.#tell("status"),
    });
    this.#listen();
    this.#takeItem();
    this.#greet();
    this.#sendDrafts();
  }

  /** @returns {import("./types").ItemEntry[]} */
  get items() {
    const known = /** @type {import("./types").ItemEntry[]} */ (this.model.get("items"));
    // What was changed a moment ago is shown before the kernel confirms it.
    return known.map((entry) => {
      const edit = this.outbox.entry(entry.id)?.edit;
      return edit ? { ...entry, status: statusOf(edit), flag: edit.flag } : entry;
    });
  }

  get history() {
    let history = this.#histories.get(this.item.id);
    if (!history) this.#histories.set(this.item.id, (history = new History(this.model.get("past"))));
    return history;
  }

  /** An edit of the shown item that the learner must decide about. */
  get refused() {
    const entry = this.outbox.entry(this.item.id);
    return entry?.state === "refused" ? entry : undefined;
  }

  /** Active seconds on the shown item: those on disk and those of this session. */
  get seconds() {
    return this.item.seconds + this.clock.seconds(this.item.id);
  }

  /** @param {(part: Part) => void} listener @returns {() => void} Stops listening. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A stroke begins or ends; nothing from the kernel is shown during one. @param {object} view @param {boolean} busy */
  setBusy(view, busy) {
    if (busy) this.#busy.add(view);
    else this.#busy.delete(view);
    if (!this.#busy.size && this.#deferred) this.#takeItem();
  }

  // --- changes by the learner ------------------------------------------------------------------------

  /** @param {Annotation[]} annotations @param {string} action @param {Partial<ItemState>} [marks] That change with them. */
  change(annotations, action, marks = {}) {
    if (same(annotations, this.item.annotations)) return;
    this.history.push(this.item.annotations);
    this.#commit({ annotations, ...marks }, action);
  }

  undo() {
    const annotations = this.history.undo(this.item.annotations);
    if (annotations) this.#commit({ annotations }, "undo");
  }

  redo() {
    const annotations = this.history.redo(this.item.annotations);
    if (annotations) this.#commit({ annotations }, "redo");
  }

  /** @param {Partial<ItemState>} marks done, skipped, flag @param {string} action */
  mark(marks, action) {
    this.#commit(marks, action);
  }

  /** Done with this item; go to the next one that waits. @returns {boolean} Whether one waits. */
  finish() {
    if (!this.item.done) this.mark({ done: true, skipped: false }, "done");
    return this.#goOn();
  }

  /** Leave this item out, or take it in again. */
  skip() {
    const skipped = !this.item.skipped;
    this.mark({ skipped, done: false }, skipped ? "skip" : "unskip");
    if (skipped) this.#goOn();
  }

  /** @param {string} item */
  go(item) {
    if (item === (this.target || this.item.id)) return;
    this.target = item;
    this.#post(() => {
      this.model.set("goto", { client: this.client, item, turn: Date.now() });
      this.model.save_changes();
    });
    this.outbox.expect(() => this.target !== item);
    this.#tell("items");
  }

  /** @param {number} step */
  step(step) {
    const at = this.items.findIndex((entry) => entry.id === (this.target || this.item.id));
    const next = this.items[at + step];
    if (next) this.go(next.id);
  }

  check() {
    this.feedback = { item: this.item.id, html: "", waiting: true };
    this.#tell("feedback");
    this.#askWhenSaved();
  }

  closeFeedback() {
    if (!this.feedback) return;
    this.feedback = null;
    this.#tell("feedback");
  }

  /** The learner decides a conflict. @param {boolean} mine */
  settle(mine) {
    const entry = this.refused;
    if (!entry) return;
    const kept = this.model.get("item");
    const current = kept.id === this.item.id ? kept : this.item;
    if (mine) {
      this.item = { ...this.item, rev: current.rev };
      this.#commit({}, "mine");
    } else {
      this.outbox.drop(this.item.id);
      this.#adopt(current);
    }
  }

  stop() {
    this.outbox.stop();
    this.clock.stop();
    for (const [event, callback] of this.events) this.model.off(event, callback);
  }

  // --- inside ----------------------------------------------------------------------------------------

  #listen() {
    /** @type {[string, (...args: any[]) => void][]} */
    this.events = [
      ["change:item", () => this.#takeItem()],
      ["change:items", () => this.#tell("items")],
      ["change:saved", () => this.#takeAnswer(this.model.get("saved"))],
      ["msg:custom", (message) => this.#takeMessage(message)],
    ];
    for (const [event, callback] of this.events) this.model.on(event, callback);
  }

  #greet() {
    this.greeted = false;
    this.#post(() => this.model.send({ type: "hello", client: this.client }));
    this.outbox.expect(() => this.greeted);
  }

  /** Drafts go out as they are; the kernel knows whether they still fit. */
  #sendDrafts() {
    for (const { client: _client, time: _time, seq: _seq, ...draft } of this.outbox.drafts.takeOver()) {
      if (!this.items.some((entry) => entry.id === draft.item)) continue;
      this.clock.add(draft.item, draft.seconds);
      if (draft.item === this.item.id) {
        if (!same(draft.annotations, this.item.annotations)) this.history.push(this.item.annotations);
        this.#hold({ ...this.item, ...draft, rev: this.item.rev, seconds: this.item.seconds });
      }
      this.outbox.put({ ...draft, action: "draft" });
    }
  }

  /** @param {Partial<ItemState>} changes @param {string} action */
  #commit(changes, action) {
    this.#hold({ ...this.item, ...changes });
    const { id, rev, annotations, done, skipped, flag } = this.item;
    const seconds = this.clock.seconds(id);
    this.outbox.put({ item: id, base: rev, annotations, action, done, skipped, flag, seconds });
  }

  /** Show another state of the same item. @param {ItemState} item */
  #hold(item) {
    const redraw = !same(item.annotations, this.item.annotations);
    this.item = item;
    if (redraw) this.closeFeedback();
    this.#tell("annotations");
  }

  /** The kernel showed an item: another one, or newer labels of this one. */
  #takeItem() {
    if (this.#busy.size) {
      this.#deferred = true;
      return;
    }
    this.#deferred = false;
    this.outbox.heard();
    const item = this.model.get("item");
    if (item.id === this.target) this.target = "";
    if (item.id !== this.item.id) this.#open(item);
    else if (!this.outbox.entry(item.id)) this.#adopt(item);
    else this.#tell("items");
  }

  /** @param {ItemState} item */
  #open(item) {
    const unsaved = this.outbox.entry(item.id)?.edit;
    this.item = unsaved ? { ...item, annotations: unsaved.annotations, done: unsaved.done, skipped: unsaved.skipped, flag: unsaved.flag } : item;
    this.feedback = null;
    // History of an earlier visit is older than what the kernel says, unless the kernel only repeats it.
    const known = this.#histories.get(item.id);
    if (!known) this.#histories.set(item.id, new History(this.model.get("past")));
    this.clock.turnTo(item.id);
    this.#tell("item");
  }

  /** Follow the disk: another tab or notebook changed this item. @param {ItemState} item */
  #adopt(item) {
    if (item.rev === this.item.rev && same(item.annotations, this.item.annotations)) {
      // Only time or marks can differ; the session's own clock goes on counting.
      this.item = { ...item, seconds: this.item.seconds };
      this.#tell("annotations");
      return;
    }
    const before = this.item.annotations;
    if (!same(before, item.annotations)) this.history.push(before);
    this.#hold({ ...item, seconds: this.item.seconds });
  }

  /** @param {Saved} saved */
  #takeAnswer(saved) {
    if (saved.client === "" && saved.problem) this.notice = saved.problem;
    const settled = this.outbox.answer(saved);
    // The revision that this client's own edit made is the base of the next one.
    const own = saved.client === this.client && !saved.problem && saved.item === this.item.id;
    if (own) this.item = { ...this.item, rev: saved.rev };
    if (settled?.state === "refused") this.#tell("annotations");
  }

  /** @param {any} message */
  #takeMessage(message) {
    this.outbox.heard();
    if (message?.type === "welcome" && message.client === this.client) this.greeted = true;
    if (message?.type === "feedback" && this.feedback?.item === message.item) {
      this.feedback = { item: message.item, html: message.html, waiting: false };
      this.#tell("feedback");
    }
  }

  /** A check looks at the disk, so it waits until everything is there. */
  #askWhenSaved() {
    const asked = this.feedback;
    if (!asked || asked.item !== this.item.id) return;
    if (!this.outbox.settled) setTimeout(() => this.feedback === asked && this.#askWhenSaved(), 50);
    else this.#post(() => this.model.send({ type: "check", item: asked.item }));
  }

  #goOn() {
    const entries = this.items;
    const at = entries.findIndex((entry) => entry.id === this.item.id);
    const round = [...entries.slice(at + 1), ...entries.slice(0, at)];
    const next = round.find((entry) => entry.status === "todo" || entry.status === "started");
    if (next) this.go(next.id);
    return Boolean(next);
  }

  /** @param {object} value @param {boolean} again */
  #send(value, again) {
    this.#post(() => {
      this.model.set("value", value);
      this.model.save_changes();
    });
    // After a lost "idle" ipywidgets holds traits back for ever; a message of our own still gets through.
    if (again) this.#post(() => this.model.send({ type: "value", value }));
  }

  /** Speak to the kernel. A dead one makes Jupyter throw; the missing answer tells the learner. @param {() => void} speak */
  #post(speak) {
    try {
      speak();
    } catch (error) {
      console.debug("Goldlabel: the kernel cannot be reached", error);
    }
  }

  /** @param {Part} part */
  #tell(part) {
    for (const listener of this.#listeners) listener(part);
  }
}

/** @param {import("./types").Edit} edit @returns {import("./types").ItemEntry["status"]} */
function statusOf(edit) {
  if (edit.done) return "done";
  if (edit.skipped) return "skipped";
  return edit.annotations.length ? "started" : "todo";
}

/** @param {Annotation[]} a @param {Annotation[]} b */
function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
