// @ts-check
/**
 * Drafts: edits that the kernel has not confirmed, kept in this browser.
 *
 * They are bound to the identity of the labels file, not to its name: a fresh copy of the course never
 * receives the drafts of an old one.
 */

/** @typedef {import("./types").Edit} Edit */
/** @typedef {Edit & {client: string, time: number}} Draft */

export class Drafts {
  /** @param {string} fileId @param {string} client */
  constructor(fileId, client) {
    this.prefix = `goldlabel:draft:${fileId}:`;
    this.client = client;
  }

  /** @param {Edit} edit */
  keep(edit) {
    const draft = { ...edit, client: this.client, time: Date.now() };
    // A full or forbidden storage costs the draft, never the drawing.
    this.#quietly(() => localStorage.setItem(this.prefix + edit.item, JSON.stringify(draft)));
  }

  /** Forget the draft of an item, unless another tab wrote it. @param {string} item */
  forget(item) {
    if (this.#read(this.prefix + item)?.client === this.client) this.#remove(item);
  }

  /** Take over all drafts that an earlier page left behind. @returns {Draft[]} */
  takeOver() {
    const keys = this.#quietly(() => Object.keys(localStorage)) ?? [];
    return keys
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => this.#read(key))
      .filter((draft) => draft !== null)
      .sort((a, b) => a.time - b.time);
  }

  /** @param {string} item */
  #remove(item) {
    this.#quietly(() => localStorage.removeItem(this.prefix + item));
  }

  /** @param {string} key @returns {Draft | null} */
  #read(key) {
    const draft = this.#quietly(() => JSON.parse(localStorage.getItem(key) ?? "null"));
    return draft && Array.isArray(draft.annotations) && typeof draft.item === "string" ? draft : null;
  }

  /** @template T @param {() => T} action @returns {T | null} */
  #quietly(action) {
    try {
      return action();
    } catch {
      return null;
    }
  }
}
