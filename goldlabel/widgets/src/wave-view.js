// @ts-check
/** The picture of a sound: ruler, waveform and spectrogram under each other, on one axis of time that zooms and scrolls. */

import { h } from "./dom.js";
import { RATE } from "./player.js";
import { peaks, spectrogram, WINDOW } from "./spectrum.js";
import { ticks, timeText } from "./times.js";

/** Heights on the screen, in pixels. */
export const RULER = 20;
const WAVE = 84;
const SPECTRUM = 130;
/** Highest frequency that is shown, in hertz, and where it is named. */
const HIGHEST = 8000;
const NAMED = [2000, 4000, 6000];
/** Zooming in ends at so many pixels a second: a millisecond is seen. */
const MAX_SCALE = 1600;
const STEP = 1.5;
const ROWS = Math.round((HIGHEST / RATE) * WINDOW);
const MOST_COLUMNS = 16_000;

export class WaveView {
  /** Pixels a second; 0: not laid out yet. */
  scale = 0;
  zoom = 1;
  /** The spectrogram, one pixel a window and frequency. @type {HTMLCanvasElement | null} */
  #spectrum = null;
  #frame = 0;
  #head = 0;

  /**
   * @param {{samples: Float32Array, seconds: number}} sound
   * @param {{role: string, name: string, lanes?: HTMLElement, names?: HTMLElement, onZoom: () => void}} parts `role` and `name`: for
   *   screen readers; `lanes`: what stands under the pictures; `names`: beside it.
   */
  constructor({ samples, seconds }, { role, name, lanes, names, onZoom }) {
    this.samples = samples;
    this.seconds = seconds;
    this.onZoom = onZoom;
    this.loudest = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-4);
    this.canvas = h("canvas", { class: "gl-wave-canvas", "aria-hidden": "true" });
    this.head = h("div", { class: "gl-head", "aria-hidden": "true" });
    /** What stands on the pictures and the lanes. */
    this.over = h("div", { class: "gl-wave-over", "aria-hidden": "true" });
    this.inner = h("div", { class: "gl-wave-inner" }, h("div", { class: "gl-wave-pictures" }, this.canvas), lanes, this.over, this.head);
    // What scrolls takes the focus, else the keyboard could not scroll it.
    this.scroll = h("div", { class: "gl-wave-scroll", tabindex: "0", role, "aria-label": name }, this.inner);
    const axis = NAMED.map((hertz) => {
      const mark = h("span", {}, `${hertz / 1000} kHz`);
      mark.style.top = `${RULER + WAVE + SPECTRUM * (1 - hertz / HIGHEST)}px`;
      return mark;
    });
    const axes = h("div", { class: "gl-wave-axis" }, ...axis);
    axes.style.height = `${RULER + WAVE + SPECTRUM}px`;
    this.node = h("div", { class: "gl-wave" }, h("div", { class: "gl-wave-side", "aria-hidden": "true" }, axes, names), this.scroll);
    this.observer = new ResizeObserver(() => this.layout());
    this.observer.observe(this.scroll);
    this.scroll.addEventListener("scroll", () => this.draw());
    this.scroll.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    void this.#prepare();
  }

  /** Height of ruler, waveform and spectrogram, in pixels. */
  get height() {
    return RULER + WAVE + SPECTRUM;
  }

  destroy() {
    this.samples = new Float32Array();
    this.observer.disconnect();
    cancelAnimationFrame(this.#frame);
    this.node.remove();
  }

  /** Where a time is, in pixels from the beginning. @param {number} seconds */
  x(seconds) {
    return seconds * this.scale;
  }

  /** The time under a pointer, inside the sound. @param {{clientX: number}} event */
  time({ clientX }) {
    const at = (clientX - this.inner.getBoundingClientRect().left) / (this.scale || 1);
    return Math.max(0, Math.min(this.seconds, at));
  }

  /** @param {number} steps Positive: in; 0: the whole sound. @param {number} [at] A time that stays where it is. */
  zoomBy(steps, at = this.#head) {
    const left = this.x(at) - this.scroll.scrollLeft;
    const seen = left >= 0 && left <= this.scroll.clientWidth ? left : this.scroll.clientWidth / 2;
    const fit = this.scroll.clientWidth / this.seconds;
    this.zoom = steps === 0 ? 1 : Math.max(1, Math.min(MAX_SCALE / fit, this.zoom * STEP ** steps));
    if (this.zoom < 1.01) this.zoom = 1;
    this.layout();
    this.scroll.scrollLeft = this.x(at) - seen;
    this.onZoom();
  }

  /** Show a time, with some room round it. @param {number} seconds */
  reveal(seconds) {
    const { scrollLeft, clientWidth } = this.scroll;
    const at = this.x(seconds);
    if (at < scrollLeft || at > scrollLeft + clientWidth - 8) this.scroll.scrollLeft = at - clientWidth * 0.1;
  }

  /** @param {number} seconds */
  setHead(seconds) {
    this.#head = seconds;
    this.head.style.transform = `translateX(${this.x(seconds)}px)`;
  }

  layout() {
    const room = this.scroll.clientWidth;
    if (!room) return; // hidden: the observer tells when it is not
    this.scale = (room / this.seconds) * this.zoom;
    this.inner.style.width = `${Math.round(room * this.zoom)}px`;
    this.inner.style.setProperty("--gl-room", `${room}px`);
    this.inner.style.setProperty("--gl-scale", String(this.scale));
    this.setHead(this.#head);
    this.onZoom();
    this.draw();
  }

  /** Draw what can be seen, with the next frame. */
  draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    const width = this.scroll.clientWidth;
    const pen = this.canvas.getContext("2d");
    if (!pen || !width || !this.samples.length) return;
    const dense = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * dense);
    this.canvas.height = Math.round(this.height * dense);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${this.height}px`;
    pen.scale(dense, dense);
    const from = this.scroll.scrollLeft / this.scale;
    const to = from + width / this.scale;
    this.#paintWave(pen, from, to, width, dense);
    if (this.#spectrum) {
      const columns = this.#spectrum.width / this.seconds;
      const [first, last] = [from * columns, Math.min(to, this.seconds) * columns];
      pen.drawImage(this.#spectrum, first, 0, last - first, ROWS, 0, RULER + WAVE, (last - first) / columns * this.scale, SPECTRUM);
    }
    this.#paintRuler(pen, from, to);
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} from @param {number} to @param {number} width @param {number} dense */
  #paintWave(pen, from, to, width, dense) {
    const columns = Math.round(width * dense);
    const found = peaks(this.samples, from * RATE, to * RATE, columns);
    const [middle, half] = [RULER + WAVE / 2, WAVE / 2 - 4];
    pen.fillStyle = "#223";
    for (let n = 0; n < columns; n += 1) {
      const [low, high] = [found[2 * n] / this.loudest, found[2 * n + 1] / this.loudest];
      pen.fillRect(n / dense, middle - high * half - 0.35, 1 / dense, (high - low) * half + 0.7);
    }
  }

  /** @param {CanvasRenderingContext2D} pen @param {number} from @param {number} to */
  #paintRuler(pen, from, to) {
    const { digits, times } = ticks(from, Math.min(to, this.seconds), this.scale);
    pen.font = "11px system-ui, sans-serif";
    pen.textBaseline = "middle";
    pen.fillStyle = "#333";
    for (const time of times) {
      const x = this.x(time - from);
      pen.fillRect(x, RULER - 5, 1, 5);
      pen.fillText(timeText(time, digits), x + 3, RULER / 2);
    }
    for (const y of [RULER, RULER + WAVE, this.height - 1]) {
      pen.globalAlpha = 0.3;
      pen.fillRect(0, y, this.x(to - from), 1);
      pen.globalAlpha = 1;
    }
  }

  /** Make the spectrogram; until it is there, the waveform stands alone. */
  async #prepare() {
    const hop = Math.max(WINDOW / 4, Math.ceil(this.samples.length / MOST_COLUMNS));
    const { levels, columns } = await spectrogram(this.samples, hop, ROWS);
    if (!this.samples.length) return;
    const canvas = h("canvas", { width: columns, height: ROWS });
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const image = pen.createImageData(columns, ROWS);
    for (let column = 0; column < columns; column += 1) {
      // Low frequencies at the bottom; ink with the loudness as its opacity fits light and dark grounds.
      for (let row = 0; row < ROWS; row += 1) image.data[4 * ((ROWS - 1 - row) * columns + column) + 3] = levels[column * ROWS + row];
    }
    pen.putImageData(image, 0, 0);
    this.#spectrum = canvas;
    this.draw();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.zoomBy(event.deltaY < 0 ? 1 : -1, this.time(event));
  }
}
