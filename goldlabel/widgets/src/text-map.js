// @ts-check
/**
 * Places in a text, exactly.
 *
 * Labels count Unicode *code points*, as Python does; the page counts UTF-16 *units*, as JavaScript does. An emoji is
 * one code point and two units. A *cluster* is what a reader takes for one character: a letter with its accents, a
 * family of emoji, a flag. No mark may begin or end within one.
 */

const MARK = /[\p{M}\u200c\u200d\ufe00-\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}]/u;
const FLAG = /[\u{1f1e6}-\u{1f1ff}]/u;
const JOINER = "\u200d";

export class TextMap {
  /** For each unit, how many code points stand before it; null where every character is one unit. @type {Uint32Array | null} */
  #points = null;
  /** The other way round. @type {Uint32Array | null} */
  #units = null;
  /** 1 where a cluster begins, and at the end of the text. @type {Uint8Array} */
  #edges;

  /** @param {string} text @param {boolean} [plain] Do without the browser's own segmenter. */
  constructor(text, plain = false) {
    this.text = text;
    if (/[\ud800-\udbff][\udc00-\udfff]/.test(text)) this.#count(text);
    this.#edges = edges(text, plain);
    /** Length of the text in code points. */
    this.length = this.toPoint(text.length);
  }

  /** @param {string} text */
  #count(text) {
    const points = new Uint32Array(text.length + 1);
    const units = new Uint32Array(text.length + 1);
    let [unit, point] = [0, 0];
    for (const character of text) {
      units[point] = unit;
      points[unit] = point;
      if (character.length === 2) points[unit + 1] = point;
      unit += character.length;
      point += 1;
    }
    units[point] = unit;
    points[unit] = point;
    this.#points = points;
    this.#units = units.slice(0, point + 1);
  }

  /** Code points before a unit; the second half of a pair counts as its first one. @param {number} unit */
  toPoint(unit) {
    return this.#points ? this.#points[unit] : unit;
  }

  /** Units before a code point; places outside the text are brought to its ends. @param {number} point */
  toUnit(point) {
    const inside = Math.min(Math.max(point, 0), this.length ?? point);
    return this.#units ? this.#units[inside] : inside;
  }

  /** Whether a cluster begins or the text ends at a unit. @param {number} unit */
  isEdge(unit) {
    return this.#edges[unit] === 1;
  }

  /** The nearest edge of a cluster from a unit on. @param {number} unit @param {1 | -1} step Where to look. */
  edge(unit, step) {
    let at = Math.min(Math.max(unit, 0), this.text.length);
    while (!this.#edges[at]) at += step;
    return at;
  }

  /** The edge one cluster on. @param {number} unit @param {1 | -1} step */
  next(unit, step) {
    return this.edge(unit + step, step);
  }
}

/** Where clusters begin. @param {string} text @param {boolean} plain @returns {Uint8Array} */
function edges(text, plain) {
  const found = new Uint8Array(text.length + 1);
  found[text.length] = 1;
  if (!plain && typeof Intl.Segmenter === "function") {
    for (const { index } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) found[index] = 1;
    return found;
  }
  let [unit, before, flags] = [0, "", 0];
  for (const character of text) {
    const flag = FLAG.test(character);
    const goesOn = before !== "" && before !== "\n" && (MARK.test(character) || before === JOINER || (flag && flags % 2 === 1));
    if (!goesOn) found[unit] = 1;
    flags = flag ? flags + 1 : 0;
    before = character;
    unit += character.length;
  }
  return found;
}
