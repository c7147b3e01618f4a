// Texts without a page: code points, characters of several parts, words, lanes. Run by node's own test runner.
import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf, plan, rounded, routes } from "../../goldlabel/widgets/src/arcs.js";
import { Joins, newRelation } from "../../goldlabel/widgets/src/joins.js";
import { lanesOf, piecesOf } from "../../goldlabel/widgets/src/lanes.js";
import { inTextOrder, isTwin, newSpan, placed, quoted, redacted, stretchOf, withNumber } from "../../goldlabel/widgets/src/stretches.js";
import { TextMap } from "../../goldlabel/widgets/src/text-map.js";
import { movedByCluster, movedByWord, nearestWord, resized, snapped, wordsOf } from "../../goldlabel/widgets/src/words.js";

// A scientist with a skin tone, a family, two flags side by side, a heart made red, a flag made of tags.
const SCIENTIST = "\u{1f469}\u{1f3fd}\u200d\u{1f52c}";
const FAMILY = "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}";
const FLAGS = "\u{1f1f8}\u{1f1ea}\u{1f1f3}\u{1f1f4}";
const SCOTLAND = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
const ACCENTS = "Zoe\u0308 No\u0301rd";
const HEBREW = "אָנָה לינד עובדת";
const ARABIC = "آنّا ليند تعمل";

test("code points and units, there and back", () => {
  const map = new TextMap(`a${SCIENTIST}b\u{1f600}c`);
  assert.equal(map.length, 1 + 4 + 1 + 1 + 1);
  assert.equal(map.text.length, 1 + 7 + 1 + 2 + 1);
  for (let point = 0; point <= map.length; point += 1) assert.equal(map.toPoint(map.toUnit(point)), point);
  const python = [...map.text];
  for (let point = 0; point < map.length; point += 1) assert.equal(String.fromCodePoint(map.text.codePointAt(map.toUnit(point))), python[point]);
  assert.equal(map.toPoint(2), 1); // the second half of a pair
  assert.deepEqual([map.toUnit(-3), map.toUnit(99)], [0, map.text.length]);
  const plain = new TextMap("plain");
  assert.deepEqual([plain.length, plain.toUnit(3), plain.toPoint(4), plain.toUnit(9)], [5, 3, 4, 5]);
  assert.deepEqual([new TextMap("").length, new TextMap("").edge(0, 1)], [0, 0]);
});

for (const plain of [false, true]) {
  test(`clusters are whole ${plain ? "without" : "with"} the browser's segmenter`, () => {
    const edgesOf = (text) => {
      const map = new TextMap(text, plain);
      return [...Array(text.length + 1).keys()].filter((unit) => map.isEdge(unit));
    };
    assert.deepEqual(edgesOf(`x${SCIENTIST}y`), [0, 1, 8, 9]);
    assert.deepEqual(edgesOf(FAMILY), [0, FAMILY.length]);
    assert.deepEqual(edgesOf(FLAGS), [0, 4, 8]);
    assert.deepEqual(edgesOf(`${SCOTLAND}.`), [0, SCOTLAND.length, SCOTLAND.length + 1]);
    assert.deepEqual(edgesOf("e\u0308\u0301!"), [0, 3, 4]);
    assert.deepEqual(edgesOf("\u2764\ufe0f\n1"), [0, 2, 3, 4]);
    assert.deepEqual(edgesOf("אָנ"), [0, 2, 3]);
  });
}

test("words: letters and digits with their accents, signs alone, in every script", () => {
  const words = (text) => wordsOf(new TextMap(text)).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(words("Dr Anna Lind, +49 (0)30-555: 5 €!"), ["Dr", "Anna", "Lind", "+", "49", "0", "30", "555", "5", "€"]);
  assert.deepEqual(words(ACCENTS), ["Zoe\u0308", "No\u0301rd"]);
  assert.deepEqual(words(`${SCIENTIST}${FLAGS} ok`), [SCIENTIST, FLAGS.slice(0, 4), FLAGS.slice(4), "ok"]);
  assert.deepEqual(words(HEBREW), HEBREW.split(" "));
  assert.deepEqual(words(ARABIC), ARABIC.split(" "));
  assert.deepEqual(words("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"), ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"]);
  assert.deepEqual(words(" ... "), []);
});

test("a drag snaps to whole words, or to whole characters", () => {
  const text = "Dr Anna Lind, of Elmsford.";
  const map = new TextMap(text);
  const words = wordsOf(map);
  const drag = (from, to, exact = false) => {
    const found = snapped(map, words, from, to, exact);
    return found && text.slice(...found);
  };
  assert.equal(drag(5, 9), "Anna Lind");
  assert.equal(drag(9, 5), "Anna Lind"); // backwards
  assert.equal(drag(3, 13), "Anna Lind"); // the comma stays outside
  assert.equal(drag(2, 7), "Anna"); // from the space before
  assert.equal(drag(5, 9, true), "na L");
  assert.equal(drag(2, 8, true), "Anna"); // white space at the ends goes
  assert.equal(drag(12, 13), ",");
  assert.equal(drag(2, 3), null);
  assert.equal(drag(4, 4), null);
  const emoji = `a ${SCIENTIST} b`;
  const there = new TextMap(emoji);
  assert.deepEqual(snapped(there, wordsOf(there), 3, 5, true), [2, 9]);
  assert.deepEqual(snapped(there, wordsOf(there), 3, 5, false), [2, 9]);
});

test("an end is dragged, and never over the other one", () => {
  const text = "Dr Anna Lind, of Elmsford.";
  const map = new TextMap(text);
  const words = wordsOf(map);
  const drag = (side, unit, exact = false) => text.slice(...resized(map, words, [3, 12], side, unit, exact));
  assert.equal(drag("start", 1), "Dr Anna Lind");
  assert.equal(drag("start", 9), "Lind");
  assert.equal(drag("start", 99), "Lind");
  assert.equal(drag("start", 5, true), "na Lind");
  assert.equal(drag("end", 20), "Anna Lind, of Elmsford");
  assert.equal(drag("end", 0), "Anna");
  assert.equal(drag("end", 5, true), "An");
});

test("the cursor finds the nearest word", () => {
  const words = wordsOf(new TextMap("one   two, three"));
  assert.deepEqual([0, 3, 5, 6, 9, 10, 99].map((unit) => nearestWord(words, unit)), [0, 0, 1, 1, 1, 2, 2]);
  assert.equal(nearestWord([], 3), null);
});

test("ends grow and shrink, by words and by characters", () => {
  const text = "Dr Zoe\u0308 Lind, of Rome";
  const map = new TextMap(text);
  const words = wordsOf(map);
  const zoe = [3, 7];
  const by = (stretch, side, step) => text.slice(...movedByWord(words, stretch, side, step));
  assert.equal(by(zoe, "start", -1), "Dr Zoe\u0308");
  assert.equal(by(zoe, "start", 1), "Zoe\u0308"); // it would be empty
  assert.equal(by(zoe, "end", 1), "Zoe\u0308 Lind");
  assert.equal(by(zoe, "end", -1), "Zoe\u0308");
  assert.equal(by([0, 12], "end", -1), "Dr Zoe\u0308");
  assert.equal(by([0, 12], "start", 1), "Zoe\u0308 Lind");
  const one = (stretch, side, step) => text.slice(...movedByCluster(map, stretch, side, step));
  assert.equal(one(zoe, "end", -1), "Zo"); // the e goes with its dots
  assert.equal(one(zoe, "end", 1), "Zoe\u0308 L"); // a space says nothing
  assert.equal(one([8, 12], "end", 1), "Lind,");
  assert.equal(one(zoe, "start", -1), "r Zoe\u0308");
  assert.equal(one([0, 2], "start", -1), "Dr");
  assert.equal(one([3, 4], "end", -1), "Z");
  assert.equal(one([17, 21], "end", 1), "Rome"); // the text ends here
});

test("typed numbers are exact, and what is wrong with them is said", () => {
  const map = new TextMap(`${SCIENTIST} Zoe\u0308 Lind`);
  const one = { ...newSpan(map, "person", [8, 12]), id: "a" };
  assert.deepEqual([one.start, one.end], [5, 9]); // code points
  assert.equal(quoted(map, one), "Zoe\u0308");
  const type = (side, typed, spans = [one]) => withNumber(map, spans, one, side, typed);
  assert.deepEqual(stretchOf(map, type("end", "14")), [8, 17]);
  assert.equal(type("start", "4").start, 5); // a space at the end is left out
  assert.match(type("end", "8"), /several parts/);
  assert.match(type("start", "2"), /several parts/);
  for (const wrong of ["", "x", "1.5", "-1", "99"]) assert.match(type("end", wrong), /whole number from 0 to 14/);
  assert.match(type("start", "9"), /smaller than the end/);
  const other = { ...one, id: "b", end: 14 };
  assert.match(type("end", "14", [one, other]), /marked as person already/);
  assert.ok(isTwin([one], { ...one, id: "c" }) && !isTwin([one], one) && !isTwin([one], { ...one, id: "c", label: "place" }));
  assert.deepEqual(inTextOrder([placed(map, one, [8, 12]), { ...other, start: 5 }]).map((each) => each.id), ["b", "a"]);
});

test("what a client would read", () => {
  const map = new TextMap("Call Anna Lind \u{1f600} on 555, Anna.");
  const span = (label, start, end) => newSpan(map, label, [start, end]);
  const hidden = (spans) => redacted(map, spans).map(({ text }) => text).join("");
  assert.equal(hidden([]), map.text);
  assert.equal(hidden([span("phone", 21, 24), span("name", 5, 14)]), "Call [NAME] \u{1f600} on [PHONE], Anna.");
  assert.equal(hidden([span("first_name", 5, 9), span("name", 5, 14), span("other", 10, 17)]), "Call [NAME] on 555, Anna.");
  assert.equal(hidden([span("name", 0, map.text.length)]), "[NAME]");
});

test("overlapping marks have lanes of their own, the shorter one nearer to the text", () => {
  const marks = [
    { id: "whole", start: 0, end: 20 },
    { id: "first", start: 0, end: 5 },
    { id: "across", start: 3, end: 12 },
    { id: "late", start: 14, end: 20 },
    { id: "alone", start: 20, end: 25 },
  ];
  assert.deepEqual(Object.fromEntries(lanesOf(marks)), { whole: 2, first: 0, across: 1, late: 0, alone: 0 });
  assert.deepEqual(
    piecesOf(0, 30, marks).map(({ start, end, ids, closing }) => [start, end, ids.join(" "), closing.join(" ")]),
    [
      [0, 3, "first whole", ""],
      [3, 5, "first across whole", "first"],
      [5, 12, "across whole", "across"],
      [12, 14, "whole", ""],
      [14, 20, "late whole", "late whole"],
      [20, 25, "alone", "alone"],
      [25, 30, "", ""],
    ],
  );
  assert.deepEqual(piecesOf(4, 4, marks), []);
  assert.deepEqual(piecesOf(2, 4, marks.slice(0, 1)), [{ start: 2, end: 4, ids: ["whole"], closing: [] }]);
});

test("five hundred marks: each piece knows what covers it", () => {
  const marks = Array.from({ length: 500 }, (_, n) => ({ id: `m${n}`, start: (n * 37) % 19000, end: ((n * 37) % 19000) + 10 + (n % 90) }));
  const lanes = lanesOf(marks);
  for (const one of marks) {
    for (const other of marks) {
      const overlap = one !== other && one.start < other.end && other.start < one.end;
      if (overlap) assert.notEqual(lanes.get(one.id), lanes.get(other.id));
    }
  }
  const pieces = piecesOf(0, 20000, marks);
  for (const { start, end, ids } of pieces) {
    const over = marks.filter((one) => one.start <= start && end <= one.end).map((one) => one.id);
    assert.deepEqual([...ids].sort(), over.sort());
  }
  assert.deepEqual(pieces.flatMap(({ closing }) => closing).sort(), marks.map((one) => one.id).sort());
});

const kind = (name, heads, tails, symmetric = false) => ({ name, heads, tails, symmetric, color: "", hint: "", key: "" });
const given = (id, label, start, end) => ({ type: "span", id, label, start, end, attributes: {} });
const CLASSES = [kind("works_for", ["person"], ["organisation"]), kind("knows", ["person"], ["person"], true), kind("linked", [], [])];
const PEOPLE = new Joins(new TextMap("Anna and Tom at Olm"), [given("o", "organisation", 16, 19), given("a", "person", 0, 4), given("t", "person", 9, 12)], CLASSES.slice(0, 2));

test("which pairs a class may join, and why not others", () => {
  assert.equal(PEOPLE.why("works_for", ["a", "o"]), "");
  assert.match(PEOPLE.why("works_for", ["o", "a"]), /leads from a person to an organisation, not from an organisation to a person. The other way round it fits/);
  assert.equal(PEOPLE.why("works_for", ["a", "t"]), "“works for” leads from a person to an organisation, not from a person to a person.");
  assert.match(PEOPLE.why("knows", ["a", "a"]), /two different names/);
  assert.deepEqual(PEOPLE.allowed(["a", "t"]).map((one) => one.name), ["knows"]);
  assert.equal(PEOPLE.whyNone(["a", "o"]), "");
  assert.match(PEOPLE.whyNone(["o", "t"]), /No class leads from an organisation to a person. The other way round there is one/);
  assert.match(PEOPLE.whyFrom("works_for", "o"), /leads from a person, not from an organisation/);
  assert.equal(PEOPLE.whyFrom("works_for", "a"), "");
  assert.equal(new Joins(PEOPLE.map, PEOPLE.names, CLASSES).why("linked", ["o", "a"]), "");
});

test("a relation stands once, whichever way a symmetric one runs", () => {
  const [works, knows] = [newRelation("works_for", ["a", "o"]), newRelation("knows", ["t", "a"])];
  assert.match(PEOPLE.fault([works], newRelation("works_for", ["a", "o"])), /“Anna” → works for → “Olm” stands there already/);
  assert.equal(PEOPLE.fault([works], works), "");
  assert.ok(PEOPLE.isTwin([knows], newRelation("knows", ["a", "t"])));
  assert.deepEqual([PEOPLE.next("works_for", [works]).head, PEOPLE.next("knows", [knows])], ["t", undefined]);
  assert.deepEqual(PEOPLE.inTextOrder([knows, works]).map((one) => one.label), ["works_for", "knows"]);
});

test("arrows share no piece of a lane and end at their names", () => {
  const rect = (left, top) => ({ left, right: left + 60, top, bottom: top + 20 });
  const rects = new Map([["a", rect(0, 100)], ["b", rect(200, 100)], ["c", rect(400, 101)], ["d", rect(100, 200)], ["e", rect(300, 300)]]);
  assert.deepEqual([...linesOf(rects).values()], [0, 0, 0, 1, 2]);
  const pairs = [["a", "b"], ["a", "c"], ["c", "b"], ["a", "d"], ["e", "d"], ["b", "e"], ["d", "a"], ["e", "c"]];
  const arcs = pairs.map(([head, tail], n) => ({ id: `r${n}`, head, tail, width: 70 }));
  const planned = plan(arcs, rects);
  const runs = [...planned.runs.values()].flat();
  for (const one of runs) {
    for (const other of runs) {
      const shared = one !== other && one.line === other.line && one.lane === other.lane && one.left < other.right && other.left < one.right;
      assert.ok(!shared, JSON.stringify([one, other]));
    }
  }
  assert.equal(planned.lanes.get("a"), planned.lanes.get("c"));
  assert.ok(planned.lanes.get("a") >= 3 && planned.lanes.get("e") >= 1);
  for (const [n, { points, at }] of routes(arcs, rects, planned).entries()) {
    const [from, to] = pairs[n].map((id) => rects.get(id));
    const [first, last] = [points[0], points.at(-1)];
    assert.ok(first[0] > from.left && first[0] < from.right && first[1] <= from.top);
    assert.ok(last[0] > to.left && last[0] < to.right && last[1] <= to.top);
    for (let k = 1; k < points.length; k += 1) assert.ok(points[k][0] === points[k - 1][0] || points[k][1] === points[k - 1][1]);
    assert.ok(points.some(([, y]) => y === at[1]));
  }
  assert.equal(rounded([[0, 0], [0, 10], [20, 10]], 4), "M0,0L0,6Q0,10 4,10L20,10");
});
