// @ts-check
/**
 * All keys of the widget in one table: what they do and what the help says about them.
 *
 * The shell handles keys before the drawing surface sees any: the surface would swallow Tab and Ctrl+S and
 * would push boxes out of the picture.
 */

/**
 * @typedef {object} Actions What keys can do.
 * @property {(index: number) => void} choose
 * @property {() => void} add
 * @property {() => void} relabel
 * @property {() => void} remove
 * @property {(step: number) => boolean} cycle Whether there was another box to go to.
 * @property {(by: [number, number, number, number]) => void} nudge
 * @property {() => boolean} escape
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} finish
 * @property {() => void} previous
 * @property {(steps: number) => void} zoom
 * @property {(on: boolean) => void} pan
 * @property {() => void} help
 * @property {() => void} guideline
 * @property {(event: KeyboardEvent) => void} save
 */

/** For the help: keys and what they do. @param {string} noun @returns {[string, [string, string][]][]} */
export const helpTable = (noun) => [
  [
    "Draw",
    [
      ["Drag", `draw a ${noun}; with Shift also inside the selected one`],
      ["Click", `select a ${noun}, then drag it or its edges`],
      ["1 to 9, 0", "choose the class"],
      ["N", `new ${noun} in the middle of the view`],
      ["C", `give the selected ${noun} the chosen class`],
      ["Delete", `delete the selected ${noun}`],
      ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo"],
      ["Esc", "stop a stroke, then unselect, then leave the picture"],
    ],
  ],
  [
    `Selected ${noun}`,
    [
      ["Tab, Shift+Tab", `next or previous ${noun}; past the last one, on to the buttons`],
      ["W A S D or arrows", "move by 1 pixel, with Shift by 10"],
      ["E, Q", "wider, narrower (Shift: by more)"],
      ["R, T", "taller, shorter (Shift: by more)"],
    ],
  ],
  [
    "Go",
    [
      ["F or Ctrl+Enter", "done, next picture"],
      ["B", "previous picture"],
      ["+, -, 0 with Ctrl", "zoom in, out, fit; also Ctrl+wheel"],
      ["Space+drag", "move the zoomed picture; also the middle button"],
      ["G", "guideline"],
      ["?", "this help"],
    ],
  ],
];

/** Which sides move: x1, y1, x2, y2. @type {Record<string, [number, number, number, number]>} */
const NUDGES = {
  KeyW: [0, -1, 0, -1],
  KeyS: [0, 1, 0, 1],
  KeyA: [-1, 0, -1, 0],
  KeyD: [1, 0, 1, 0],
  ArrowUp: [0, -1, 0, -1],
  ArrowDown: [0, 1, 0, 1],
  ArrowLeft: [-1, 0, -1, 0],
  ArrowRight: [1, 0, 1, 0],
  KeyE: [-1, 0, 1, 0],
  KeyQ: [1, 0, -1, 0],
  KeyR: [0, -1, 0, 1],
  KeyT: [0, 1, 0, -1],
};

/** @type {Record<string, (actions: Actions) => void>} */
const LETTERS = {
  n: (actions) => actions.add(),
  c: (actions) => actions.relabel(),
  f: (actions) => actions.finish(),
  b: (actions) => actions.previous(),
  g: (actions) => actions.guideline(),
  "?": (actions) => actions.help(),
  "+": (actions) => actions.zoom(1),
  "-": (actions) => actions.zoom(-1),
  Delete: (actions) => actions.remove(),
  Backspace: (actions) => actions.remove(),
};

/** @param {KeyboardEvent} event @param {Actions} actions @returns {boolean} Whether the key was ours. */
function withControl(event, actions) {
  const key = event.key.toLowerCase();
  if (key === "z") event.shiftKey ? actions.redo() : actions.undo();
  else if (key === "y") actions.redo();
  else if (key === "enter") actions.finish();
  else if (key === "s") actions.save(event);
  else if (key === "+" || key === "=") actions.zoom(1);
  else if (key === "-") actions.zoom(-1);
  else if (key === "0") actions.zoom(0);
  else return false;
  return true;
}

/** @param {KeyboardEvent} event @param {Actions} actions @param {boolean} drawing Whether the focus is in the picture. */
function plain(event, actions, drawing) {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  if (digit && !event.shiftKey) {
    actions.choose((Number(digit[1]) + 9) % 10);
    return true;
  }
  if (event.key === "Escape") return actions.escape();
  if (drawing && event.key === "Tab") return actions.cycle(event.shiftKey ? -1 : 1);
  if (drawing && event.key === " ") {
    actions.pan(true);
    return true;
  }
  const sides = NUDGES[event.code];
  if (sides && (drawing || event.code.startsWith("Key"))) {
    const by = event.shiftKey ? 10 : 1;
    actions.nudge(/** @type {[number, number, number, number]} */ (sides.map((side) => side * by)));
    return true;
  }
  const letter = LETTERS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  letter?.(actions);
  return Boolean(letter);
}

/**
 * Handle the widget's keys.
 * @param {HTMLElement} root @param {HTMLElement} picture The focusable drawing surface's host. @param {Actions} actions
 */
export function listenToKeys(root, picture, actions) {
  /** @param {KeyboardEvent} event */
  const down = (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const drawing = picture.contains(target);
    if (drawing) event.stopPropagation();
    const control = event.ctrlKey || event.metaKey;
    const typing = target.matches("input, select, textarea");
    if (target.closest("dialog") || event.altKey || event.isComposing) return;
    if (typing && !(control && ["Enter", "s"].includes(event.key))) return;
    const ours = control ? withControl(event, actions) : plain(event, actions, drawing);
    if (ours) event.preventDefault();
  };
  /** @param {KeyboardEvent} event */
  const up = (event) => {
    if (event.key === " ") actions.pan(false);
    if (picture.contains(/** @type {Node} */ (event.target))) event.stopPropagation();
  };
  root.addEventListener("keydown", down, true);
  root.addEventListener("keyup", up, true);
}
