// @ts-check
/**
 * Where in a clip the learner is.
 *
 * Two frames are told apart: the one that is *wanted* and the one that is *shown*. They differ while a frame is on its
 * way. Labels always belong to the one that is shown, so nothing lands on a frame that nobody saw.
 */

import { clamp } from "./geometry.js";

/** Shares of the clip's own speed. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Playhead {
  wanted = 0;
  shown = 0;
  playing = false;
  speed = 1;
  /** What waits until the wanted frame is shown. @type {(() => void)[]} */
  #waiting = [];
  #due = 0;
  #request = 0;

  /**
   * @param {{frames: number, seconds: number}} clip
   * @param {{want: (frame: number, way: number) => void, show: (frame: number) => boolean, change: () => void}} does
   *   `want`: the frame will be needed; `show`: paint it if it is there; `change`: playing or speed changed.
   */
  constructor(clip, does) {
    this.frames = clip.frames;
    this.seconds = clip.seconds;
    this.does = does;
  }

  /** Frames a second. */
  get rate() {
    return this.frames / this.seconds;
  }

  /** @param {number} frame */
  go(frame) {
    this.pause();
    this.#want(frame);
  }

  /** @param {number} by */
  step(by) {
    this.go(this.wanted + by);
  }

  /** Do something once the wanted frame is shown; at once when it is. @param {() => void} act */
  settled(act) {
    if (this.wanted === this.shown) act();
    else this.#waiting.push(act);
  }

  /** A frame arrived or may be painted now. */
  arrived() {
    if (this.shown !== this.wanted && this.does.show(this.wanted)) this.#shows();
  }

  toggle() {
    if (this.playing) return this.pause();
    if (this.wanted >= this.frames - 1) this.#want(0);
    this.playing = true;
    this.#due = performance.now() + this.#length;
    this.#request = requestAnimationFrame((now) => this.#tick(now));
    this.does.change();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.#request);
    this.does.change();
  }

  /** @param {number} steps Up or down the list of speeds. */
  faster(steps) {
    this.speed = SPEEDS[clamp(SPEEDS.indexOf(this.speed) + steps, 0, SPEEDS.length - 1)];
    this.does.change();
  }

  /** Milliseconds that a frame is shown. */
  get #length() {
    return 1000 / (this.rate * this.speed);
  }

  /** One frame at most each time: none is skipped. @param {number} now */
  #tick(now) {
    if (!this.playing) return;
    if (this.shown === this.wanted && now >= this.#due) {
      if (this.wanted >= this.frames - 1) return this.pause();
      // After a frame that came late the clip goes on at its own speed; it does not run to catch up.
      this.#due = Math.max(this.#due + this.#length, now);
      this.#want(this.wanted + 1);
    }
    this.#request = requestAnimationFrame((next) => this.#tick(next));
  }

  /** @param {number} frame */
  #want(frame) {
    const wanted = clamp(Math.round(frame), 0, this.frames - 1);
    const way = wanted < this.wanted ? -1 : 1;
    this.wanted = wanted;
    this.does.want(wanted, way);
    if (this.does.show(wanted)) this.#shows();
  }

  #shows() {
    this.shown = this.wanted;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) act();
  }
}
