// @ts-check
/**
 * The outbox: every edit that the kernel has not confirmed, the newest of each item.
 *
 * It is sent whole each time. ipywidgets merges quick changes of a trait, so only the last value is sure to
 * arrive; since that value holds everything unanswered, nothing can be lost between.
 */

/** @typedef {import("./types").Edit} Edit */
/** @typedef {import("./types").Saved} Saved */
/** @typedef {import("./types").Problem} Problem */
/** @typedef {{edit: Edit, state: "waiting" | "refused" | "failed", problem: Problem | null}} Entry */

/** Milliseconds without an answer after which the learner is told. */
export const PATIENCE = 2500;

/** Milliseconds between attempts once something went wrong. */
const RETRY = 5000;

export class Outbox {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  #seq = 0;
  #turn = 0;
  /** Active seconds by item that edits of this client have brought to disk. @type {Map<string, number>} */
  #counted = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {object} options
   * @param {string} options.client
   * @param {import("./drafts.js").Drafts} options.drafts
   * @param {(value: object, again: boolean) => void} options.send `again`: an attempt after silence.
   * @param {() => void} options.onChange Called when {@link status} may have changed.
   */
  constructor({ client, drafts, send, onChange }) {
    this.client = client;
    this.drafts = drafts;
    this.send = send;
    this.onChange = onChange;
    /** Whether the kernel has been silent for too long. */
    this.silent = false;
    /** @type {Date | null} */
    this.savedAt = null;
  }

  /** What is unanswered or refused for an item. @param {string} item */
  entry(item) {
    return this.#entries.get(item);
  }

  get entries() {
    return [...this.#entries.values()];
  }

  /** Whether everything is on disk. */
  get empty() {
    return this.#entries.size === 0;
  }

  /** Whether nothing is on its way (refused edits wait for the learner). */
  get settled() {
    return this.entries.every((entry) => entry.state === "refused");
  }

  /** @returns {import("./types").Status} */
  get status() {
    const troubled = this.entries.find((entry) => entry.problem);
    const at = this.savedAt;
    if (this.silent) return { kind: "lost", at, problem: null };
    if (troubled) return { kind: "problem", at, problem: troubled.problem };
    if (!this.empty) return { kind: "saving", at, problem: null };
    return { kind: at ? "saved" : "idle", at, problem: null };
  }

  /** Put an edit in and send everything. @param {Omit<Edit, "seq">} wanted */
  put(wanted) {
    const edit = { ...wanted, seq: ++this.#seq };
    this.#entries.set(edit.item, { edit, state: "waiting", problem: null });
    this.#draft(edit);
    this.#sendAll(false);
  }

  /** The kernel answered. @param {Saved} saved @returns {Entry | undefined} The entry that it settles. */
  answer(saved) {
    if (saved.client !== this.client) return undefined;
    this.silent = false;
    const entry = this.#entries.get(saved.item);
    if (!entry) return undefined;
    const newest = saved.seq === entry.edit.seq;
    if (!saved.problem) this.#confirmed(saved, entry, newest);
    else if (newest) this.#refused(saved.problem, entry);
    this.#wait();
    this.onChange();
    return newest ? entry : undefined;
  }

  /** Give up an edit; what is on disk holds. @param {string} item */
  drop(item) {
    this.#entries.delete(item);
    this.drafts.forget(item);
    this.#wait();
    this.onChange();
  }

  /** Try again at once. */
  again() {
    for (const entry of this.#entries.values()) if (entry.state === "failed") entry.state = "waiting";
    this.#sendAll(true);
  }

  /** The kernel was asked something else; tell if it stays silent. @param {() => boolean} answered */
  expect(answered) {
    setTimeout(() => {
      if (answered()) return;
      this.silent = true;
      this.onChange();
    }, PATIENCE);
  }

  /** The kernel gave a sign of life, perhaps a late one. */
  heard() {
    if (!this.silent) return;
    this.silent = false;
    this.#wait();
    this.onChange();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  /** @param {Saved} saved @param {Entry} entry @param {boolean} newest */
  #confirmed(saved, entry, newest) {
    this.savedAt = new Date();
    if (newest) {
      this.#counted.set(saved.item, entry.edit.seconds);
      this.#entries.delete(saved.item);
      this.drafts.forget(saved.item);
    } else {
      // A newer stroke is on its way; it stands on what was saved just now.
      entry.edit = { ...entry.edit, base: saved.rev };
      this.#draft(entry.edit);
    }
  }

  /** @param {Problem} problem @param {Entry} entry */
  #refused(problem, entry) {
    entry.problem = problem;
    entry.state = problem.kind === "disk" ? "failed" : "refused";
  }

  /** A draft is read by another client, which counts time from zero. @param {Edit} edit */
  #draft(edit) {
    this.drafts.keep({ ...edit, seconds: edit.seconds - (this.#counted.get(edit.item) ?? 0) });
  }

  /** @param {boolean} again */
  #sendAll(again) {
    const edits = this.entries.filter((entry) => entry.state !== "refused").map((entry) => entry.edit);
    if (edits.length) this.send({ client: this.client, turn: ++this.#turn, edits }, again);
    this.#wait();
    this.onChange();
  }

  /** Watch for an answer as long as something is on its way. */
  #wait() {
    clearTimeout(this.#timer);
    if (this.settled) {
      this.silent = false;
      return;
    }
    const failed = this.entries.some((entry) => entry.state === "failed");
    this.#timer = setTimeout(() => this.#overdue(), failed || this.silent ? RETRY : PATIENCE);
  }

  #overdue() {
    if (this.entries.some((entry) => entry.state === "waiting")) this.silent = true;
    this.#sendAll(true);
  }
}
