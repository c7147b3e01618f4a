// @ts-check
/**
 * The words of a text and how a stroke snaps to them. Places are UTF-16 units; a stretch is `[start, end)`.
 *
 * A word is a run of letters and digits with their accents. A sign that says something by itself (+, €, an emoji) is a
 * stop of its own; commas, full stops, quotes and white space are not.
 */

/** @typedef {[start: number, end: number]} Stretch */

const STOPS = /[\p{L}\p{N}\p{M}]+(?:[\u200c\u200d][\p{L}\p{N}\p{M}]+)*|\p{S}/gu;

/** All words and signs, in order. @param {import("./text-map.js").TextMap} map @returns {Stretch[]} */
export function wordsOf(map) {
  /** @type {Stretch[]} */
  const words = [];
  for (const { 0: word, index } of map.text.matchAll(STOPS)) {
    // A stop is whole clusters: an emoji of several parts is one.
    const start = map.edge(index, -1);
    const end = map.edge(index + word.length, 1);
    const last = words.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else words.push([start, end]);
  }
  return words;
}

/** Index of the first word that ends after a place; the number of words when there is none. @param {Stretch[]} words @param {number} unit */
export function wordFrom(words, unit) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle][1] > unit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The word at a place, else the nearest one; null in a text without any. @param {Stretch[]} words @param {number} unit */
export function nearestWord(words, unit) {
  if (!words.length) return null;
  const after = wordFrom(words, unit);
  if (after === words.length) return after - 1;
  if (after === 0 || words[after][0] <= unit) return after;
  return unit - words[after - 1][1] < words[after][0] - unit ? after - 1 : after;
}

/** A stretch without white space at its ends; null when nothing else is in it. @param {string} text @param {Stretch} stretch @returns {Stretch | null} */
export function trimmed(text, [start, end]) {
  const inner = text.slice(start, end);
  if (!inner.trim()) return null;
  return [end - inner.trimStart().length, start + inner.trimEnd().length];
}

/**
 * What a drag means: whole words, as soon as a part of one is touched; what stands beside them is left out. Where no
 * word is touched, or `exact` is wished, whole clusters.
 * @param {import("./text-map.js").TextMap} map @param {Stretch[]} words @param {number} from @param {number} to @param {boolean} exact
 * @returns {Stretch | null} Null when there is nothing but white space.
 */
export function snapped(map, words, from, to, exact) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  if (low === high) return null;
  if (!exact) {
    const first = wordFrom(words, low);
    const last = wordFrom(words, high - 1);
    const end = last < words.length && words[last][0] < high ? last : last - 1;
    if (first <= end) return [words[first][0], words[end][1]];
  }
  return trimmed(map.text, [map.edge(low, -1), map.edge(high, 1)]);
}

/**
 * One end of a stretch dragged to a place; the other end stays, and something is left between them.
 * @param {import("./text-map.js").TextMap} map @param {Stretch[]} words @param {Stretch} stretch @param {"start" | "end"} side
 * @param {number} unit @param {boolean} exact @returns {Stretch}
 */
export function resized(map, words, [start, end], side, unit, exact) {
  const early = side === "start";
  const found = early ? snapped(map, words, Math.min(unit, end - 1), end, exact) : snapped(map, words, start, Math.max(unit, start + 1), exact);
  if (!found) return [start, end];
  return early ? [found[0], end] : [start, found[1]];
}

/**
 * One end of a stretch moved by a word: a start goes to where words start, an end to where they end.
 * @param {Stretch[]} words @param {Stretch} stretch @param {"start" | "end"} side @param {1 | -1} step
 * @returns {Stretch} The same one when there is no room.
 */
export function movedByWord(words, [start, end], side, step) {
  if (side === "start") {
    const starts = words.map((word) => word[0]);
    const to = step > 0 ? starts.find((place) => place > start && place < end) : starts.findLast((place) => place < start);
    return [to ?? start, end];
  }
  const ends = words.map((word) => word[1]);
  const to = step > 0 ? ends.find((place) => place > end) : ends.findLast((place) => place < end && place > start);
  return [start, to ?? end];
}

/**
 * One end moved by a cluster; white space at the ends is jumped over.
 * @param {import("./text-map.js").TextMap} map @param {Stretch} stretch @param {"start" | "end"} side @param {1 | -1} step
 * @returns {Stretch} The same one when there is no room.
 */
export function movedByCluster(map, [start, end], side, step) {
  const { text } = map;
  let at = map.next(side === "start" ? start : end, step);
  // The cluster that becomes the outermost one must be seen.
  const outermost = () => (side === "start" ? text.slice(at, map.next(at, 1)) : text.slice(map.next(at, -1), at));
  while (at > 0 && at < text.length && !outermost().trim()) at = map.next(at, step);
  /** @type {Stretch} */
  const moved = side === "start" ? [at, end] : [start, at];
  const fits = moved[0] < moved[1] && text.slice(...moved).trim() === text.slice(...moved);
  return fits ? moved : [start, end];
}
