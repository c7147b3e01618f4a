// Word boxes in the browser: their geometry and their texts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { following, fromSide, grown, lineBelow, middle, movedWord, newWord, pushed, slopeNear, sound, spanned, stretched } from "../../goldlabel/widgets/src/word-shape.js";

globalThis.document ??= { createElement: () => ({}) };
const { oneLine, unread } = await import("../../goldlabel/widgets/src/word-text.js");

const PAGE = { width: 640, height: 420 };
const UPRIGHT = [[100, 50], [180, 50], [180, 70], [100, 70]];
const LEANING = [[100, 50], [180, 42], [182, 62], [102, 70]];

test("a drag spans a box in any direction, and lies on the page", () => {
  assert.deepEqual(spanned([180, 70], [100, 50], 0, PAGE), UPRIGHT);
  assert.deepEqual(spanned([-9, 50], [100, 470], 0, PAGE), [[0, 50], [100, 50], [100, 420], [0, 420]]);
  assert.equal(spanned([10, 10], [11, 40], 0, PAGE), null);
});

test("words near one that leans lean as well; a letter says nothing of the slope", () => {
  const words = [newWord("a", LEANING), newWord("a", [[300, 50], [306, 44], [316, 60], [308, 62]])];
  const angle = slopeNear(words, [300, 55]);
  assert.ok(angle < -0.09 && angle > -0.11, String(angle));
  assert.equal(slopeNear([newWord("a", UPRIGHT)], [0, 0]), 0);
  assert.equal(slopeNear([], [0, 0]), 0);
  const leaning = spanned([200, 40], [260, 54], angle, PAGE);
  assert.ok(leaning && leaning[1][1] < leaning[0][1] && sound(leaning));
});

test("three clicks make a box along its line, from whichever side they begin", () => {
  assert.deepEqual(fromSide([100, 50], [180, 50], [120, 70], PAGE), UPRIGHT);
  assert.deepEqual(fromSide([180, 50], [100, 50], [120, 70], PAGE), UPRIGHT);
  assert.deepEqual(fromSide([100, 70], [180, 70], [170, 50], PAGE), UPRIGHT);
  const leaning = fromSide([100, 50], [180, 42], [141, 70], PAGE);
  assert.ok(leaning && sound(leaning) && leaning[1][1] === 42 && leaning[2][1] > 60);
  assert.equal(fromSide([100, 50], [101, 50], [100, 90], PAGE), null);
  assert.equal(fromSide([100, 50], [180, 50], [120, 51], PAGE), null);
});

test("a corner of an upright box takes its sides along unless it is alone", () => {
  assert.deepEqual(stretched(UPRIGHT, 2, [200, 90], false, PAGE), [[100, 50], [200, 50], [200, 90], [100, 90]]);
  assert.deepEqual(stretched(UPRIGHT, 2, [200, 90], true, PAGE), [[100, 50], [180, 50], [200, 90], [100, 70]]);
  assert.deepEqual(stretched(LEANING, 0, [98, 48], false, PAGE), [[98, 48], ...LEANING.slice(1)]);
  assert.equal(stretched(LEANING, 0, [300, 300], true, PAGE), null);
});

test("a side is pushed straight out or in, never through the box", () => {
  assert.deepEqual(pushed(UPRIGHT, 1, 12, 99, PAGE), [[100, 50], [192, 50], [192, 70], [100, 70]]);
  assert.deepEqual(pushed(UPRIGHT, 0, 40, -5, PAGE), [[100, 45], [180, 45], [180, 70], [100, 70]]);
  assert.equal(pushed(UPRIGHT, 3, 90, 0, PAGE), null);
});

test("keys move, widen and heighten; at the edge of the page they stop", () => {
  const one = newWord("a", UPRIGHT);
  assert.deepEqual(movedWord(one, -500, 3, PAGE).corners, [[0, 53], [80, 53], [80, 73], [0, 73]]);
  assert.deepEqual(grown(one, 10, -5, PAGE).corners, [[100, 50], [190, 50], [190, 65], [100, 65]]);
  assert.equal(grown(one, -90, 0, PAGE), one);
});

test("the next box stands beside the last one, or where the line below begins", () => {
  const first = newWord("a", UPRIGHT);
  assert.deepEqual(following([first], first, PAGE), [[192, 50], [272, 50], [272, 70], [192, 70]]);
  const last = newWord("a", [[560, 51], [630, 51], [630, 71], [560, 71]]);
  assert.deepEqual(following([first, last], last, PAGE), [[100, 82], [180, 82], [180, 102], [100, 102]]);
  assert.ok(sound(middle([0, 0], PAGE)) && sound(middle([640, 420], PAGE)));
});

test("the line below begins under the first word of this line, also where it lies aslant", () => {
  const first = newWord("a", UPRIGHT);
  const second = newWord("a", [[192, 50], [232, 50], [232, 70], [192, 70]]);
  assert.deepEqual(lineBelow([first, second], second, PAGE), [[100, 82], [180, 82], [180, 102], [100, 102]]);
  const leaning = newWord("a", LEANING);
  const below = lineBelow([leaning], leaning, PAGE);
  assert.ok(sound(below) && below[0][1] > LEANING[0][1] && below[0][1] - below[1][1] === LEANING[0][1] - LEANING[1][1]);
});

test("what is not a box is told", () => {
  assert.ok(sound(UPRIGHT) && sound(LEANING));
  assert.ok(!sound([UPRIGHT[0], UPRIGHT[2], UPRIGHT[1], UPRIGHT[3]]));
  assert.ok(!sound([...UPRIGHT].reverse()));
  assert.ok(!sound([[100, 50], [180, 50], [110, 55], [100, 70]]));
});

test("a text is one line, as the kernel saves it", () => {
  assert.equal(oneLine("  Milk\t2l\n"), "Milk 2l");
  assert.equal(oneLine("Cafe\u0301 \u202e\u200d"), "Caf\u00e9");
  assert.deepEqual(unread([{ ...newWord("a", UPRIGHT), text: "x" }, newWord("b", UPRIGHT)]).map((one) => one.label), ["b"]);
});
