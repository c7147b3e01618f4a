// @ts-check
/**
 * COCO's run lengths: a mask's pixels column by column, runs of 0 and of 1 in turn, a run of 0 first.
 *
 * The compressed text packs each number into characters of five bits, lowest first, a sixth bit for "more to come",
 * plus 48; from the fourth number on the difference to the one two places before is packed (`rleToString` in COCO's
 * maskApi.c, Dollar and Lin 2014). In the browser a mask is a `Uint8Array` of 0 and 1, row by row.
 */

/** @param {Uint8Array} bits Row by row. @param {number} width @param {number} height @returns {string} */
export function encode(bits, width, height) {
  const runs = [];
  let value = 0;
  let length = 0;
  for (let x = 0; x < width; x++) {
    for (let at = x, end = width * height; at < end; at += width) {
      if (bits[at] === value) length++;
      else {
        runs.push(length);
        value ^= 1;
        length = 1;
      }
    }
  }
  runs.push(length);
  return pack(runs);
}

/** @param {string} counts @param {number} width @param {number} height @returns {Uint8Array} Row by row. */
export function decode(counts, width, height) {
  const bits = new Uint8Array(width * height);
  setRuns(bits, unpack(counts), width, height, 1);
  return bits;
}

/** Set or clear what runs cover. @param {Uint8Array} bits @param {number[]} runs @param {number} width @param {number} height @param {0 | 1} value */
export function setRuns(bits, runs, width, height, value) {
  eachRun(runs, height, (x, from, to) => {
    for (let y = from; y < to; y++) bits[y * width + x] = value;
  });
}

/** Tell every piece of a column that is set. @param {number[]} runs @param {number} height @param {(x: number, from: number, to: number) => void} tell Rows from `from` to before `to`. */
export function eachRun(runs, height, tell) {
  let at = 0;
  for (const [n, run] of runs.entries()) {
    if (n % 2) {
      for (let from = at, end = at + run; from < end; ) {
        const x = Math.floor(from / height);
        const to = Math.min(end, (x + 1) * height);
        tell(x, from - x * height, to - x * height);
        from = to;
      }
    }
    at += run;
  }
}

/** Pixels that are set. @param {number[]} runs */
export const area = (runs) => runs.reduce((sum, run, n) => (n % 2 ? sum + run : sum), 0);

/** The box round what is set, or null: x1, y1, x2, y2. @param {number[]} runs @param {number} height @returns {[number, number, number, number] | null} */
export function extent(runs, height) {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  eachRun(runs, height, (x, from, to) => {
    if (x < x1) x1 = x;
    if (x + 1 > x2) x2 = x + 1;
    if (from < y1) y1 = from;
    if (to > y2) y2 = to;
  });
  return x2 < 0 ? null : [x1, y1, x2, y2];
}

/** Whether a pixel is set. @param {number[]} runs @param {number} height @param {number} x @param {number} y */
export function covers(runs, height, x, y) {
  let left = Math.floor(x) * height + Math.floor(y);
  for (const [n, run] of runs.entries()) {
    if (left < run) return n % 2 === 1;
    left -= run;
  }
  return false;
}

/** @param {number[]} runs @returns {string} */
export function pack(runs) {
  let text = "";
  for (const [n, run] of runs.entries()) {
    let rest = n > 2 ? run - runs[n - 2] : run;
    for (let more = true; more; ) {
      let digit = rest & 0x1f;
      rest >>= 5;
      more = digit & 0x10 ? rest !== -1 : rest !== 0;
      if (more) digit |= 0x20;
      text += String.fromCharCode(digit + 48);
    }
  }
  return text;
}

/** @param {string} text @returns {number[]} */
export function unpack(text) {
  /** @type {number[]} */
  const runs = [];
  for (let at = 0; at < text.length; ) {
    let number = 0;
    let shift = 0;
    for (let more = true; more && at < text.length; at++, shift += 5) {
      const digit = text.charCodeAt(at) - 48;
      number |= (digit & 0x1f) << shift;
      more = (digit & 0x20) !== 0;
      if (!more && digit & 0x10) number |= -1 << (shift + 5);
    }
    runs.push(runs.length > 2 ? number + runs[runs.length - 2] : number);
  }
  return runs;
}

/** Run lengths of a mask, unpacked once. @type {WeakMap<object, number[]>} */
const unpacked = new WeakMap();

/** @param {import("./types").Annotation} mask */
export function runsOf(mask) {
  let runs = unpacked.get(mask);
  if (!runs) unpacked.set(mask, (runs = unpack(/** @type {import("./types").Mask} */ (mask).counts)));
  return runs;
}

/** The smallest mask that covers a point. @param {import("./types").Annotation[]} masks @param {import("./types").Point} point */
export function maskAt(masks, [x, y]) {
  const height = (/** @type {any} */ mask) => mask.size[0];
  return masks.filter((one) => covers(runsOf(one), height(one), x, y)).sort((a, b) => area(runsOf(a)) - area(runsOf(b)))[0];
}
