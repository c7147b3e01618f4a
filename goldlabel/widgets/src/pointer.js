// @ts-check
/**
 * Pointers for a surface that knows only the mouse.
 *
 * One finger, a pen or the left button becomes the three mouse events that the surface listens to. The pointer
 * is captured, so a release outside the picture arrives too, and its place is kept inside the picture, so no
 * box grows out of it. The browser's own mouse events are held back, else everything would happen twice.
 */

import { clamp } from "./geometry.js";

const MOUSE = ["mousedown", "mousemove", "mouseup"];

/**
 * @param {HTMLElement} root The surface's host.
 * @param {{onStart: (event: PointerEvent) => void, onEnd: (event: PointerEvent) => void, onCancel: () => void}} on
 * @returns {() => void} Stops it.
 */
export function bridgePointers(root, on) {
  /** @type {number | null} The pointer that draws. */
  let active = null;
  const stage = () => /** @type {SVGElement | null} */ (root.querySelector(".image > svg"));

  /** @param {string} type @param {PointerEvent} event @param {Element} target */
  const dispatch = (type, event, target) => {
    const frame = /** @type {Element} */ (root.querySelector("img")).getBoundingClientRect();
    const mouse = new MouseEvent(type, { bubbles: true, cancelable: true, button: 0 });
    // Chromium cuts a mouse event's place to whole pixels, which would shift every box up and left.
    Object.defineProperty(mouse, "clientX", { value: clamp(event.clientX, frame.left, frame.right) });
    Object.defineProperty(mouse, "clientY", { value: clamp(event.clientY, frame.top, frame.bottom) });
    target.dispatchEvent(mouse);
  };

  /** @param {PointerEvent} event */
  const down = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (active !== null || event.button !== 0 || !stage()?.contains(target)) return;
    // Without this the browser would send mouse events of its own, and Jupyter would take the focus.
    event.preventDefault();
    active = event.pointerId;
    root.setPointerCapture(event.pointerId);
    on.onStart(event);
    // With Shift a box is drawn even where the selected one would be grabbed.
    dispatch("mousedown", event, event.shiftKey ? /** @type {Element} */ (stage()) : target);
  };
  /** @param {PointerEvent} event */
  const move = (event) => {
    const svg = stage();
    if (event.pointerId === active && svg) dispatch("mousemove", event, svg);
  };
  /** @param {PointerEvent} event */
  const up = (event) => {
    if (event.pointerId !== active) return;
    active = null;
    const svg = stage();
    if (svg) dispatch("mouseup", event, svg);
    on.onEnd(event);
  };
  /** @param {PointerEvent} event */
  const cancel = (event) => {
    if (event.pointerId !== active) return;
    active = null;
    on.onCancel();
  };
  /** @param {Event} event */
  const block = (event) => {
    if (event.isTrusted) event.stopPropagation();
  };

  const listeners = /** @type {[string, EventListener][]} */ ([
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", cancel],
    ["lostpointercapture", cancel],
  ]);
  for (const [type, listener] of listeners) root.addEventListener(type, listener);
  for (const type of MOUSE) root.addEventListener(type, block, true);
  return () => {
    for (const [type, listener] of listeners) root.removeEventListener(type, listener);
    for (const type of MOUSE) root.removeEventListener(type, block, true);
  };
}
