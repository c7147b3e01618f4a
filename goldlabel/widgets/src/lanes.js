// @ts-check
/** How overlapping stretches share a line: each gets a lane of its own, and the text is cut where any begins or ends. */

/** @typedef {{id: string, start: number, end: number}} Placed Units of the text. */
/** @typedef {{start: number, end: number, ids: string[], closing: string[]}} Piece `ids`: what covers it, the shortest first; `closing`: what ends with it. */

/** In the text's order; of two that begin together the longer one comes first. @param {Placed} a @param {Placed} b */
export const inOrder = (a, b) => a.start - b.start || b.end - a.end;

/**
 * A lane for each: 0 is next to the text. Shorter ones stand nearer to it, and none shares a lane with what it overlaps.
 * @param {Placed[]} placed @returns {Map<string, number>} By id.
 */
export function lanesOf(placed) {
  /** @type {Map<string, number>} */
  const lanes = new Map();
  for (const group of groups(placed)) {
    if (group.length === 1) lanes.set(group[0].id, 0);
    else {
      /** @type {Placed[][]} */
      const rows = [];
      for (const one of [...group].sort((a, b) => a.end - a.start - (b.end - b.start) || inOrder(a, b))) {
        let lane = 0;
        while (rows[lane]?.some((other) => other.start < one.end && one.start < other.end)) lane += 1;
        (rows[lane] ??= []).push(one);
        lanes.set(one.id, lane);
      }
    }
  }
  return lanes;
}

/** Runs of stretches that hang together by overlaps. @param {Placed[]} placed @returns {Placed[][]} */
function groups(placed) {
  /** @type {Placed[][]} */
  const found = [];
  let end = -1;
  for (const one of [...placed].sort(inOrder)) {
    if (one.start >= end) found.push([]);
    /** @type {Placed[]} */ (found.at(-1)).push(one);
    end = Math.max(end, one.end);
  }
  return found;
}

/**
 * A paragraph cut into pieces.
 * @param {number} start @param {number} end Of the paragraph. @param {Placed[]} placed What may reach into it. @returns {Piece[]}
 */
export function piecesOf(start, end, placed) {
  const inside = placed.filter((one) => one.start < end && one.end > start).sort((a, b) => a.end - a.start - (b.end - b.start));
  const cuts = new Set([start, end]);
  for (const one of inside) {
    if (one.start > start) cuts.add(one.start);
    if (one.end < end) cuts.add(one.end);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const starts = [...inside].sort(inOrder);
  /** @type {Set<Placed>} */
  let open = new Set();
  let next = 0;
  /** @type {Piece[]} */
  const pieces = [];
  for (let n = 0; n + 1 < places.length; n += 1) {
    const [from, to] = [places[n], places[n + 1]];
    while (next < starts.length && starts[next].start <= from) open.add(starts[next++]);
    open = new Set([...open].filter((one) => one.end > from));
    const over = [...open].sort((a, b) => a.end - a.start - (b.end - b.start));
    pieces.push({ start: from, end: to, ids: over.map((one) => one.id), closing: over.filter((one) => one.end === to).map((one) => one.id) });
  }
  return pieces;
}
