// @ts-check
/** @typedef {import("./types").Annotation} Annotation */

/** Undo and redo of one item. It starts with the states of earlier sessions. */
export class History {
  /** @param {Annotation[][]} past Earlier states, oldest first, without the present one. */
  constructor(past = []) {
    this.past = [...past];
    /** @type {Annotation[][]} */
    this.future = [];
  }

  get canUndo() {
    return this.past.length > 0;
  }

  get canRedo() {
    return this.future.length > 0;
  }

  /** Remember `before`, which a new change replaces. @param {Annotation[]} before */
  push(before) {
    this.past.push(before);
    this.future = [];
  }

  /** @param {Annotation[]} present @returns {Annotation[] | undefined} */
  undo(present) {
    const state = this.past.pop();
    if (state) this.future.push(present);
    return state;
  }

  /** @param {Annotation[]} present @returns {Annotation[] | undefined} */
  redo(present) {
    const state = this.future.pop();
    if (state) this.past.push(present);
    return state;
  }
}
