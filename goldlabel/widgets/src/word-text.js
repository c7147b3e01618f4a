// @ts-check
/** What is typed for a word: a field beside the picture, under the word itself, enlarged. */

import { h } from "./dom.js";
import { bounds } from "./points.js";

/** @typedef {import("./types").WordBox} WordBox */

/** Milliseconds after the last key until what is typed so far goes to disk. */
const PAUSE = 1200;
/** Screen pixels of the enlarged word. */
const LENS = { width: 260, height: 96 };
/** Room round the word, as a share of its height. */
const ROOM = 0.45;
const LONGEST = 200;

/** As the kernel saves it: one line without control characters. @param {string} text */
export const oneLine = (text) => text.replace(/[\p{Cc}\s]+/gu, " ").replace(/[\p{Cf}\p{Cs}]/gu, "").trim().normalize("NFC");

/**
 * @param {{save: (id: string, text: string) => void, enter: () => void, leave: () => void, step: (by: number) => void, field: (index: number) => void}} does
 *   `save`: the text of a word is this; `enter`: this word is finished; `leave`: back to the picture;
 *   `step`: to the next or previous word; `field`: the word belongs to the field of that place.
 */
export function wordText(does) {
  const lens = h("canvas", { class: "gl-lens", "aria-hidden": "true", width: LENS.width * 2, height: LENS.height * 2 });
  const title = h("strong", {}, "Text");
  const input = h("input", {
    type: "text",
    class: "gl-word-input",
    maxLength: LONGEST,
    spellcheck: false,
    autocomplete: "off",
    "autocapitalize": "off",
    "aria-label": "Text of the selected word",
    placeholder: "What does it say?",
    disabled: true,
    oninput: () => later(),
    onblur: () => keep(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => key(event),
  });
  const place = h("p", { class: "gl-word-field" });
  const keys = [["Enter", "next"], ["Esc", "back to the picture"], ["Alt+1", "field 1; Alt+2 field 2 …"], ["↑ ↓", "other words"]];
  const legend = h("dl", { class: "gl-word-keys" }, ...keys.flatMap(([cap, what]) => [h("dt", {}, h("kbd", {}, cap)), h("dd", {}, what)]));
  const left = h("p", { class: "gl-word-left", role: "status" });
  const node = h("aside", { class: "gl-side gl-words", "aria-label": "Text of the word" }, title, lens, input, place, legend, left);

  /** The word that is typed, and its text as the labels have it. @type {{id: string, text: string} | null} */
  let shown = null;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  /** What is typed goes to the labels. */
  function keep() {
    clearTimeout(timer);
    if (!shown) return;
    const text = oneLine(input.value);
    if (text === shown.text) return;
    shown.text = text;
    does.save(shown.id, text);
  }

  /** @param {KeyboardEvent} event */
  const key = (event) => {
    if (event.isComposing) return;
    const digit = event.altKey && !event.ctrlKey && /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    if (digit) does.field((Number(digit[1]) + 9) % 10);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) (keep(), does.enter());
    else if (event.key === "Escape") (keep(), does.leave());
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") (keep(), does.step(event.key === "ArrowDown" ? 1 : -1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return {
    node,
    keep,
    /** Type from here on; what is there is marked, so that typing replaces it. */
    focus() {
      if (input.disabled) return;
      input.focus({ preventScroll: true });
      input.select();
    },
    /**
     * Follow the selection.
     * @param {WordBox[]} words @param {WordBox | undefined} one What is selected, as it is shown.
     * @param {{image: HTMLImageElement, scale: number} | null} picture `scale`: pixels of the item per pixel of the image.
     */
    update(words, one, picture) {
      if (one?.id !== shown?.id) {
        keep();
        shown = one ? { id: one.id, text: one.text } : null;
        input.value = one?.text ?? "";
        input.disabled = !one;
      } else if (one && shown && one.text !== shown.text) {
        // Undo, or another tab: the labels win over what stands here.
        shown.text = one.text;
        input.value = one.text;
      }
      const number = words.findIndex((each) => each.id === one?.id) + 1;
      // The one that is being typed is no reproach.
      const open = unread(words).filter((each) => each.id !== one?.id).length;
      title.textContent = number ? `Word ${number} of ${words.length}` : "Text";
      place.textContent = one ? `Field: ${one.label}` : "Draw a box round a word, or click one.";
      left.textContent = open ? `${open}${one ? " other" : ""} ${open === 1 ? "box has" : "boxes have"} no text yet` : "";
      left.classList.toggle("gl-word-open", open > 0);
      drawLens(lens, one, picture);
    },
  };
}

/** Boxes that still wait for their text. @param {WordBox[]} words */
export const unread = (words) => words.filter((one) => !one.text);

/** The word enlarged, with its box. @param {HTMLCanvasElement} lens @param {WordBox | undefined} one @param {{image: HTMLImageElement, scale: number} | null} picture */
function drawLens(lens, one, picture) {
  const pen = lens.getContext("2d");
  if (!pen) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, lens.width, lens.height);
  lens.classList.toggle("gl-lens-empty", !one);
  if (!one || !picture?.image.naturalWidth) return;
  const [x1, y1, x2, y2] = bounds(one.corners);
  const room = ROOM * (y2 - y1) + 2;
  const [width, height] = [x2 - x1 + 2 * room, y2 - y1 + 2 * room];
  const zoom = Math.min(lens.width / width, lens.height / height, 12);
  pen.imageSmoothingQuality = "high";
  // The middle of the word is the middle of the lens; canvas coordinates are pixels of the item from here on.
  pen.setTransform(zoom, 0, 0, zoom, lens.width / 2 - ((x1 + x2) / 2) * zoom, lens.height / 2 - ((y1 + y2) / 2) * zoom);
  const { image, scale } = picture;
  pen.drawImage(image, 0, 0, image.naturalWidth * scale, image.naturalHeight * scale);
  pen.lineWidth = 2.5 / zoom;
  pen.strokeStyle = "#c2185b";
  pen.beginPath();
  for (const [x, y] of one.corners) pen.lineTo(x, y);
  pen.closePath();
  pen.stroke();
}
