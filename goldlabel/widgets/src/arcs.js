// @ts-check
/**
 * Where the arrows between names run. Within a printed line an arrow goes up from its head, along a lane over the line
 * and down to its tail; between two lines it goes round by a gutter beside the text. No two share a piece of a lane.
 */

/** @typedef {import("./text-page.js").Rect} Rect */
/** @typedef {{id: string, head: string, tail: string, width: number}} Arc `width`: of its name, in pixels. */
/** @typedef {{id: string, points: [number, number][], at: [number, number]}} Route `at`: the middle of its name. */
/** @typedef {{id: string, line: number, left: number, right: number, middle: number, lane: number}} Run A level piece of an arrow. */

/** Height of a lane in pixels. */
export const LANE = 19;
/** Pixels between a name and the lane next to it. */
const RISE = 5;
/** Pixels between two runs of a lane. */
const AIR = 8;
/** Pixels from the text to the gutter, and the gutter's width. */
const [NEAR, GUTTER] = [12, 40];

/** Number of each name's printed line among those that hold names, by id. @param {Map<string, Rect>} rects */
export function linesOf(rects) {
  const tops = [...rects.values()].map((rect) => rect.top).sort((a, b) => a - b);
  const firsts = tops.filter((top, n) => n === 0 || top - tops[n - 1] > 10);
  return new Map([...rects].map(([id, rect]) => [id, firsts.findLastIndex((top) => top <= rect.top + 1)]));
}

/**
 * Where each arrow leaves and reaches its names: spread over a name's width in the order of where they go.
 * @param {Arc[]} arcs @param {Map<string, Rect>} rects @param {Map<string, number>} lines
 * @returns {Map<string, {from: number, to: number}>} x by id of the arrow.
 */
function portsOf(arcs, rects, lines) {
  const ports = new Map(arcs.map((one) => [one.id, { from: 0, to: 0 }]));
  for (const [id, { left, right }] of rects) {
    const ends = arcs
      .flatMap((one) => [{ one, side: /** @type {"from" | "to"} */ ("from"), own: one.head, other: one.tail }, { one, side: /** @type {"from" | "to"} */ ("to"), own: one.tail, other: one.head }])
      .filter((end) => end.own === id);
    // What goes round by the gutter leaves at the left.
    const goal = (/** @type {string} */ other) => (lines.get(other) === lines.get(id) ? /** @type {Rect} */ (rects.get(other)).left : -Infinity);
    ends.sort((a, b) => goal(a.other) - goal(b.other) || 0);
    ends.forEach(({ one, side }, n) => {
      /** @type {{from: number, to: number}} */ (ports.get(one.id))[side] = left + ((right - left) * (n + 1)) / (ends.length + 1);
    });
  }
  return ports;
}

/**
 * Plan the arrows: everything but heights, which are known once the lines stand far enough apart.
 * @param {Arc[]} arcs Whose names are all there. @param {Map<string, Rect>} rects Of the names, by id.
 */
export function plan(arcs, rects) {
  const lines = linesOf(rects);
  const ports = portsOf(arcs, rects, lines);
  /** @type {Map<string, Run[]>} */
  const runs = new Map();
  for (const { id, head, tail, width } of arcs) {
    const { from, to } = /** @type {{from: number, to: number}} */ (ports.get(id));
    const [first, last] = [/** @type {number} */ (lines.get(head)), /** @type {number} */ (lines.get(tail))];
    if (first === last) runs.set(id, [run(id, first, Math.min(from, to), Math.max(from, to), width)]);
    else {
      const [a, b] = [run(id, first, -NEAR, from, 0), run(id, last, -NEAR, to, 0)];
      // The name stands on the longer of the two, which has more room.
      const longer = to > from ? b : a;
      Object.assign(longer, run(id, longer.line, -NEAR, Math.max(from, to), width));
      runs.set(id, [a, b]);
    }
  }
  const all = [...runs.values()].flat();
  assign(all);
  const fullest = (/** @type {number} */ line) => all.reduce((most, one) => (one.line === line ? Math.max(most, one.lane + 1) : most), 0);
  /** How many lanes there are over each name. */
  const lanes = new Map([...lines].map(([id, line]) => [id, fullest(line)]));
  return { ports, runs, lanes };
}

/** @param {string} id @param {number} line @param {number} left @param {number} right @param {number} width @returns {Run} */
function run(id, line, left, right, width) {
  const middle = (left + right) / 2;
  return { id, line, left: Math.min(left, middle - width / 2), right: Math.max(right, middle + width / 2), middle, lane: 0 };
}

/** Give each run a lane of its line, short ones the lower lanes. @param {Run[]} runs @returns {number} How many lanes there are. */
function assign(runs) {
  /** @type {Run[]} */
  const done = [];
  for (const one of [...runs].sort((a, b) => a.right - a.left - (b.right - b.left))) {
    const near = done.filter((other) => other.line === one.line && other.left < one.right + AIR && one.left < other.right + AIR);
    while (near.some((other) => other.lane === one.lane)) one.lane += 1;
    done.push(one);
  }
  return runs.reduce((most, one) => Math.max(most, one.lane + 1), 0);
}

/**
 * The planned arrows with their heights.
 * @param {Arc[]} arcs @param {Map<string, Rect>} rects As they stand now. @param {ReturnType<typeof plan>} planned @returns {Route[]}
 */
export function routes(arcs, rects, { ports, runs }) {
  const rect = (/** @type {string} */ id) => /** @type {Rect} */ (rects.get(id));
  const height = (/** @type {string} */ name, /** @type {Run} */ { lane }) => rect(name).top - RISE - LANE / 2 - lane * LANE;
  /** @type {Run[]} */
  const turns = [];
  for (const { id, head, tail } of arcs) {
    const [a, b] = /** @type {Run[]} */ (runs.get(id));
    if (!b) continue;
    const [y1, y2] = [height(head, a), height(tail, b)];
    turns.push({ id, line: 0, left: Math.min(y1, y2), right: Math.max(y1, y2), middle: 0, lane: 0 });
  }
  const step = GUTTER / Math.max(4, assign(turns));
  return arcs.map(({ id, head, tail }) => {
    const { from, to } = /** @type {{from: number, to: number}} */ (ports.get(id));
    const [a, b] = /** @type {Run[]} */ (runs.get(id));
    const y1 = height(head, a);
    if (!b) return { id, points: [[from, rect(head).top - 1], [from, y1], [to, y1], [to, rect(tail).top - 1]], at: [a.middle, y1] };
    const y2 = height(tail, b);
    const x = -NEAR - step * /** @type {Run} */ (turns.find((one) => one.id === id)).lane;
    const named = to > from ? b : a;
    return { id, points: [[from, rect(head).top - 1], [from, y1], [x, y1], [x, y2], [to, y2], [to, rect(tail).top - 1]], at: [named.middle, named === b ? y2 : y1] };
  });
}

/** A line with round corners. @param {[number, number][]} points @param {number} [radius] */
export function rounded(points, radius = 6) {
  let path = `M${points[0]}`;
  for (let n = 1; n + 1 < points.length; n += 1) {
    const corner = points[n];
    const [before, after] = [towards(corner, points[n - 1], radius), towards(corner, points[n + 1], radius)];
    path += `L${before}Q${corner} ${after}`;
  }
  return `${path}L${points.at(-1)}`;
}

/** The place `by` pixels from one point on the way to another, half way at most. @param {[number, number]} from @param {[number, number]} to @param {number} by @returns {[number, number]} */
function towards([x, y], [tx, ty], by) {
  const far = Math.hypot(tx - x, ty - y);
  const share = far ? Math.min(by, far / 2) / far : 0;
  return [x + (tx - x) * share, y + (ty - y) * share];
}
