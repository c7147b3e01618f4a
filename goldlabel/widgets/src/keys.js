// @ts-check
/**
 * The keys that all tasks share: what they do and what the help says about them.
 *
 * The shell handles keys before the page's drawing surface sees any: jupyter-bbox-widget would swallow Tab and
 * Ctrl+S and would push boxes out of the picture. A surface of our own is asked first (`Surface.key`).
 */

/**
 * @typedef {object} Actions What keys can do.
 * @property {(event: KeyboardEvent, drawing: boolean) => boolean} first The task's own keys come first.
 * @property {(event: KeyboardEvent, drawing: boolean) => boolean} alt Keys with Alt, which are the task's alone, and those typed in its own fields.
 * @property {(index: number) => void} choose
 * @property {() => void} add
 * @property {() => void} relabel
 * @property {() => void} remove
 * @property {(step: number) => boolean} cycle Whether there was another box to go to.
 * @property {(dx: number, dy: number) => void} nudge
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

/** @type {[string, string][]} */
const ONLY_PICTURES = [
  ["arrows", "move by 1 pixel, with Shift by 10"],
  ["+, -, 0 with Ctrl", "zoom in, out, fit; also Ctrl+wheel"],
  ["Space+drag", "move the zoomed picture; also the middle button"],
];

/** @param {{text?: boolean, sound?: boolean, plays?: boolean}} task */
const thingOf = ({ text, sound, plays }) => (text ? "text" : sound ? "sound" : plays ? "clip" : "picture");

/**
 * For the help: the task's own keys among those of every task.
 * @param {import("./types").Task} task @param {import("./types").Flag[]} flags
 * @returns {import("./types").HelpGroup[]}
 */
export const helpTable = ({ noun, plural, help, answers, writes, text, sound, plays }, flags) => answers || writes ? help : [
  ...help,
  [
    `Every ${noun}`,
    [
      ["1 to 9, 0", "choose the class"],
      ["C", `give the selected ${noun} the chosen class`],
      ...flags.filter((one) => one.key).map((one) => /** @type {[string, string]} */ ([one.key.toUpperCase(), `turn the flag ${one.name} on or off`])),
      ["Tab, Shift+Tab", `next or previous ${noun}; past the last one, on to the buttons`],
      ...(text || sound ? [] : ONLY_PICTURES.slice(0, 1)),
      ["Delete", `delete the selected ${noun}`],
      ["Ctrl+Z, Ctrl+Shift+Z", `undo, redo (all ${plural} of the ${thingOf({ text, sound, plays })})`],
      ["Esc", `stop a stroke, then unselect, then leave the ${thingOf({ text, sound })}`],
    ],
  ],
  [
    "Go",
    [
      ["F or Ctrl+Enter", `done, next ${thingOf({ text, sound, plays })}`],
      ["Shift+F", `previous ${thingOf({ text, sound, plays })}`],
      ...(text || sound ? [] : ONLY_PICTURES.slice(1, plays ? 2 : 3)),
      ...(plays ? [/** @type {[string, string]} */ (["Middle button+drag", "move the zoomed picture"])] : []),
      ["G", "guideline"],
      ["?", "this help"],
    ],
  ],
];

/** Where a key moves the selected one: x, y. @type {Record<string, [number, number]>} */
const MOVES = {
  KeyW: [0, -1],
  KeyS: [0, 1],
  KeyA: [-1, 0],
  KeyD: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
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
  const way = MOVES[event.code];
  if (way && (drawing || event.code.startsWith("Key"))) {
    const by = event.shiftKey ? 10 : 1;
    actions.nudge(way[0] * by, way[1] * by);
    return true;
  }
  if (event.key === "F" && event.shiftKey) {
    actions.previous();
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
    const within = picture.contains(target);
    if (within) event.stopPropagation();
    // A text that is read scrolls by the keys that move what is drawn.
    const drawing = within && !target.closest("[role=document]");
    const control = event.ctrlKey || event.metaKey;
    const typing = target.matches("input:not([type=range], [type=checkbox]), select, textarea");
    if (target.closest("dialog") || event.isComposing) return;
    if ((event.altKey || (typing && within)) && actions.alt(event, drawing)) return void event.preventDefault();
    if (event.altKey) return;
    if (event.key === "Escape" && target.matches("textarea")) return root.focus({ preventScroll: true });
    if (typing && !(control && ["Enter", "s"].includes(event.key))) return;
    const ours = actions.first(event, drawing) || (control ? withControl(event, actions) : plain(event, actions, drawing));
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

/** Labels need no saving, but Ctrl+S means the notebook: pass it on. @param {HTMLElement} root @param {KeyboardEvent} event */
export function saveNotebook(root, event) {
  const { key, code, keyCode, ctrlKey, metaKey, shiftKey } = event;
  const again = new KeyboardEvent("keydown", { key, code, keyCode, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
  root.closest(".jp-Notebook")?.dispatchEvent(again);
}
