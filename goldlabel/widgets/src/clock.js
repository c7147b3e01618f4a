// @ts-check
/** Active time: seconds in which the learner did something, or had done so shortly before. */

/** Milliseconds after the last sign of life at which the clock stops. */
export const IDLE_AFTER = 20_000;

const TICK = 1000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel"];

export class Clock {
  /** @param {() => void} onTick Called once a second while time is counted. */
  constructor(onTick) {
    /** @type {Map<string, number>} Active milliseconds by item in this session. */
    this.spent = new Map();
    this.item = "";
    this.lastSign = -Infinity;
    this.lastCount = performance.now();
    this.onTick = onTick;
    this.timer = setInterval(() => this.#count(true), TICK);
  }

  get idle() {
    return document.hidden || performance.now() - this.lastSign > IDLE_AFTER;
  }

  /** The learner did something. */
  sign() {
    const now = performance.now();
    // Time since a long pause is not counted: counting starts again from here.
    if (now - this.lastSign > IDLE_AFTER) this.lastCount = now;
    this.lastSign = now;
  }

  /** Signs of life are looked for here. @param {HTMLElement} root */
  watch(root) {
    const alive = () => this.sign();
    for (const sign of SIGNS_OF_LIFE) root.addEventListener(sign, alive, { passive: true, capture: true });
  }

  /** @param {string} item */
  turnTo(item) {
    this.#count(false);
    this.item = item;
  }

  /** Active seconds on `item` in this session. @param {string} item */
  seconds(item) {
    if (item === this.item) this.#count(false);
    return Math.round((this.spent.get(item) ?? 0) / 100) / 10;
  }

  /** Count time that an earlier page spent. @param {string} item @param {number} seconds */
  add(item, seconds) {
    this.spent.set(item, (this.spent.get(item) ?? 0) + Math.max(0, seconds) * 1000);
  }

  stop() {
    clearInterval(this.timer);
  }

  /** @param {boolean} tell */
  #count(tell) {
    const now = performance.now();
    const until = Math.min(now, this.lastSign + IDLE_AFTER);
    const active = Math.max(0, until - this.lastCount);
    this.lastCount = now;
    if (!active || document.hidden || !this.item) return;
    this.spent.set(this.item, (this.spent.get(this.item) ?? 0) + active);
    if (tell) this.onTick();
  }
}
