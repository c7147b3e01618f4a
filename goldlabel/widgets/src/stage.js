// @ts-check
/** The picture's frame: it fits, zooms and pans, and keeps its height so that nothing on the page jumps. */

import { clamp } from "./geometry.js";
import { h } from "./dom.js";

const MAX_ZOOM = 8;
const STEP = 1.25;
/** Share of the window's height that a picture may take when it fits, and where a timeline lies under it. */
const HEIGHT_SHARE = { alone: 0.6, above: 0.44 };
const MAX_ENLARGE = 1.5;
/** Room round the picture, so that names of boxes at its edge can be read and edges be grabbed. */
const MARGIN = 20;

export class Stage {
  /** @param {() => void} onZoom @param {keyof typeof HEIGHT_SHARE} [place] */
  constructor(onZoom, place = "alone") {
    this.onZoom = onZoom;
    this.share = HEIGHT_SHARE[place];
    this.zoom = 1;
    this.size = { width: 3, height: 2 };
    this.surface = h("div", { class: "gl-surface" });
    this.viewport = h("div", { class: "gl-viewport" }, this.surface);
    this.notice = h("div", { class: "gl-notice", hidden: true });
    this.node = h("div", { class: "gl-stage" }, this.viewport, this.notice);
    this.panning = false;
    this.observer = new ResizeObserver(() => this.layout());
    this.observer.observe(this.node);
    this.viewport.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.viewport.addEventListener("pointerdown", (event) => this.#pan(event), true);
  }

  /** @param {{width: number, height: number}} size Of the item, in pixels. */
  open(size) {
    this.size = size;
    this.zoom = 1;
    this.layout();
  }

  /** Say something in the picture's place; an empty sentence shows the picture. @param {string} sentence */
  say(sentence) {
    this.notice.textContent = sentence;
    this.notice.hidden = !sentence;
  }

  layout() {
    const room = this.node.clientWidth - 2 * MARGIN;
    if (room <= 0) return; // hidden: the observer tells when it is not
    const { width, height } = this.size;
    // A text has no size of its own and flows.
    this.node.classList.toggle("gl-text", !width);
    if (!width) return;
    const highest = Math.max(240, Math.min(window.innerHeight * this.share, 900));
    this.fit = Math.min(room / width, highest / height, MAX_ENLARGE);
    // Whole pixels: the surface measures in whole pixels and would be off by a fraction else.
    const shown = { width: Math.round(width * this.fit * this.zoom), height: Math.round(height * this.fit * this.zoom) };
    this.surface.style.setProperty("--gl-w", `${shown.width}px`);
    this.surface.style.setProperty("--gl-h", `${shown.height}px`);
    this.node.style.height = `${Math.round(height * this.fit) + 2 * MARGIN}px`;
    this.viewport.classList.toggle("gl-zoomed", this.zoom > 1);
  }

  /** @param {number} steps Positive: in. @param {{clientX: number, clientY: number}} [at] Stays where it is. */
  zoomBy(steps, at) {
    const before = this.zoom;
    this.zoom = steps === 0 ? 1 : clamp(before * STEP ** steps, 1, MAX_ZOOM);
    if (this.zoom < 1.01) this.zoom = 1;
    const view = this.viewport.getBoundingClientRect();
    const x = at?.clientX ?? view.left + view.width / 2;
    const y = at?.clientY ?? view.top + view.height / 2;
    const old = this.#frame();
    this.layout();
    const grown = this.zoom / before;
    const now = this.#frame();
    this.viewport.scrollBy(now.left + (x - old.left) * grown - x, now.top + (y - old.top) * grown - y);
    this.onZoom();
  }

  /** The middle of what can be seen, in pixels of the item. @returns {[number, number]} */
  centre() {
    const view = this.viewport.getBoundingClientRect();
    const picture = this.#frame();
    const scale = (this.fit ?? 1) * this.zoom;
    const middle = (/** @type {number} */ low, /** @type {number} */ high) => (low + high) / 2;
    const x = middle(Math.max(view.left, picture.left), Math.min(view.right, picture.right)) - picture.left;
    const y = middle(Math.max(view.top, picture.top), Math.min(view.bottom, picture.bottom)) - picture.top;
    return [x / scale, y / scale];
  }

  /** Space is held: the next drag moves the picture. @param {boolean} on */
  setPanning(on) {
    this.panning = on;
    this.viewport.classList.toggle("gl-panning", on);
  }

  destroy() {
    this.observer.disconnect();
  }

  /** Where the picture is in the window, without its margin. */
  #frame() {
    const { left, top, right, bottom } = this.surface.getBoundingClientRect();
    return { left: left + MARGIN, top: top + MARGIN, right: right - MARGIN, bottom: bottom - MARGIN };
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1 : -1, event);
  }

  /** @param {PointerEvent} down */
  #pan(down) {
    if (down.button !== 1 && !(this.panning && down.button === 0)) return;
    down.preventDefault();
    down.stopPropagation();
    const { scrollLeft, scrollTop } = this.viewport;
    const move = (/** @type {PointerEvent} */ event) =>
      this.viewport.scrollTo(scrollLeft + down.clientX - event.clientX, scrollTop + down.clientY - event.clientY);
    const up = () => {
      this.viewport.removeEventListener("pointermove", move);
      this.viewport.removeEventListener("pointerup", up);
    };
    this.viewport.setPointerCapture(down.pointerId);
    this.viewport.addEventListener("pointermove", move);
    this.viewport.addEventListener("pointerup", up);
  }
}

/** The address of the shown item's sound or its picture, decoded, so that it appears at once; empty where the item is a text. @param {import("./session.js").Session} session */
export async function pictureOf({ item, model }) {
  if (item.problem) throw new Error(item.problem);
  if (item.text) return "";
  const url = URL.createObjectURL(new Blob([model.get("media")], { type: item.sound }));
  if (item.sound) return url;
  const image = new Image();
  image.src = url;
  await image.decode().catch(() => {
    URL.revokeObjectURL(url);
    throw new Error("This picture is damaged and cannot be shown. Skip it or flag it; the others go on.");
  });
  return url;
}
