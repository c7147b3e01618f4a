// @ts-check
/** One pointer on a text, or on a sound: a drag covers a stretch, a click is a click, a grip moves an end. */

/** `unit`: place in the text; seconds of a sound. @typedef {{unit: number, target: Element | null, exact: boolean, x: number, y: number}} At */
/**
 * @typedef {object} PointerActions
 * @property {(at: At) => boolean} down Whether a stroke may begin here.
 * @property {() => void} start The pointer has moved.
 * @property {(from: At, to: At) => void} drag
 * @property {(from: At, to: At) => void} drop
 * @property {(at: At) => void} click
 * @property {() => void} cancel
 */

/** Pixels. A pointer that moved less has clicked. */
const SLACK = 4;

/**
 * @param {HTMLElement} node The text, which scrolls. @param {{unitAt(event: PointerEvent): number | null}} page @param {PointerActions} actions
 * @returns {() => void} Gives up the stroke under way.
 */
export function listenToPointer(node, page, actions) {
  /** @type {{pointer: number, x: number, y: number, from: At, to: At, moved: boolean} | null} */
  let stroke = null;

  /** @param {PointerEvent} event @returns {At | null} */
  const place = (event) => {
    const unit = page.unitAt(event);
    const { clientX: x, clientY: y, altKey: exact } = event;
    // While the pointer is captured its events name the text as a whole.
    return unit === null ? null : { unit, target: document.elementFromPoint(x, y), exact, x, y };
  };

  node.addEventListener("pointerdown", (event) => {
    const at = event.button === 0 && !stroke && place(event);
    // The bar that scrolls a long text is no part of it.
    const inside = event.clientX < node.getBoundingClientRect().left + node.clientLeft + node.clientWidth;
    if (!at || !inside || !actions.down(at)) return;
    stroke = { pointer: event.pointerId, x: event.clientX, y: event.clientY, from: at, to: at, moved: false };
    node.setPointerCapture(event.pointerId);
  });

  node.addEventListener("pointermove", (event) => {
    if (event.pointerId !== stroke?.pointer) return;
    if (!stroke.moved && Math.hypot(event.clientX - stroke.x, event.clientY - stroke.y) < SLACK) return;
    if (!stroke.moved) {
      stroke.moved = true;
      actions.start();
    }
    // A long text follows a pointer that leaves it.
    const { top, bottom } = node.getBoundingClientRect();
    if (event.clientY < top + 8) node.scrollBy(0, -16);
    if (event.clientY > bottom - 8) node.scrollBy(0, 16);
    stroke.to = place(event) ?? stroke.to;
    actions.drag(stroke.from, stroke.to);
  });

  node.addEventListener("pointerup", (event) => {
    if (event.pointerId !== stroke?.pointer) return;
    const { from, to, moved } = stroke;
    stroke = null;
    if (moved) actions.drop(from, to);
    else actions.click(from);
  });

  const cancel = () => {
    if (!stroke) return;
    stroke = null;
    actions.cancel();
  };
  node.addEventListener("pointercancel", cancel);
  node.addEventListener("lostpointercapture", cancel);
  // The browser's own selection of text would stand beside ours.
  node.addEventListener("mousedown", (event) => event.button === 0 && event.preventDefault());
  return () => void (stroke = null);
}
