// The modules without a page: run by node's own test runner (see test_bundle.py).
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Drafts } from "../../goldlabel/widgets/src/drafts.js";
import { boxAt, fromSurface, inside, nudged, toSurface, tooSmall } from "../../goldlabel/widgets/src/geometry.js";
import { History } from "../../goldlabel/widgets/src/history.js";
import { Outbox, PATIENCE } from "../../goldlabel/widgets/src/outbox.js";

const kept = new Map();
globalThis.localStorage = new Proxy(
  {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  },
  { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
);

const edit = (item, more = {}) => ({ item, base: 0, annotations: [], action: "draw", done: false, skipped: false, flag: "", seconds: 0, ...more });
const answer = (seq, item, more = {}) => ({ client: "me", seq, item, rev: seq, turn: seq, problem: null, ...more });

let sent, outbox;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  kept.clear();
  sent = [];
  outbox = new Outbox({ client: "me", drafts: new Drafts("file", "me"), send: (value, again) => sent.push({ ...value, again }), onChange() {} });
});

test("each sending holds everything unanswered, the newest of each item", () => {
  outbox.put(edit("a"));
  outbox.put(edit("b"));
  outbox.put(edit("a", { flag: "newer" }));
  assert.deepEqual(sent.at(-1).edits.map((one) => [one.seq, one.item, one.flag]), [[3, "a", "newer"], [2, "b", ""]]);
  assert.equal(outbox.status.kind, "saving");
});

test("an answer settles an edit and its draft; a late one moves the base", () => {
  outbox.put(edit("a"));
  outbox.put(edit("a", { flag: "newer" }));
  assert.equal(outbox.answer(answer(1, "a")), undefined);
  assert.equal(outbox.entry("a").edit.base, 1);
  assert.equal(JSON.parse(kept.get("goldlabel:draft:file:a")).base, 1);
  assert.ok(outbox.answer(answer(2, "a")));
  assert.ok(outbox.empty);
  assert.equal(kept.size, 0);
  assert.equal(outbox.status.kind, "saved");
});

test("silence is told, tried again by both ways, and forgotten on an answer", () => {
  outbox.put(edit("a"));
  mock.timers.tick(PATIENCE + 1);
  assert.equal(outbox.status.kind, "lost");
  assert.ok(sent.at(-1).again);
  outbox.answer(answer(1, "a"));
  assert.equal(outbox.status.kind, "saved");
  mock.timers.tick(60_000);
  assert.equal(sent.length, 2);
});

test("a refused edit waits for the learner and keeps its draft", () => {
  outbox.put(edit("a"));
  outbox.answer(answer(1, "a", { problem: { kind: "conflict", what: "", todo: "" } }));
  assert.equal(outbox.entry("a").state, "refused");
  assert.ok(outbox.settled);
  outbox.put(edit("b"));
  assert.deepEqual(sent.at(-1).edits.map((one) => one.item), ["b"]);
  assert.ok(kept.has("goldlabel:draft:file:a"));
  outbox.drop("a");
  assert.ok(!kept.has("goldlabel:draft:file:a"));
});

test("a full disk is tried again by itself", () => {
  outbox.put(edit("a"));
  outbox.answer(answer(1, "a", { problem: { kind: "disk", what: "", todo: "" } }));
  assert.equal(outbox.status.kind, "problem");
  mock.timers.tick(5001);
  assert.equal(sent.length, 2);
  outbox.answer(answer(1, "a"));
  assert.equal(outbox.status.kind, "saved");
});

test("another client's answer is none of ours", () => {
  outbox.put(edit("a"));
  outbox.answer(answer(1, "a", { client: "you" }));
  assert.ok(!outbox.empty);
});

test("a draft tells only the time that is not on disk", () => {
  outbox.put(edit("a", { seconds: 10 }));
  outbox.answer(answer(1, "a"));
  outbox.put(edit("a", { seconds: 12 }));
  assert.equal(JSON.parse(kept.get("goldlabel:draft:file:a")).seconds, 2);
});

test("drafts of other files and broken ones are left alone", () => {
  kept.set("goldlabel:draft:other:a", JSON.stringify({ ...edit("a"), time: 1 }));
  kept.set("goldlabel:draft:file:x", "{");
  kept.set("goldlabel:draft:file:b", JSON.stringify({ ...edit("b"), time: 2 }));
  assert.deepEqual(new Drafts("file", "me").takeOver().map((draft) => draft.item), ["b"]);
});

test("undo and redo", () => {
  const [empty, one, two] = [[], [{ id: "a" }], [{ id: "b" }]];
  const history = new History([empty]);
  assert.equal(history.undo(one), empty);
  assert.equal(history.redo(empty), one);
  history.push(one);
  assert.ok(!history.canRedo);
  assert.equal(history.undo(two), one);
});

test("boxes: there and back, inside, nudged, found", () => {
  const item = { width: 100, height: 80 };
  const box = { type: "box", id: "a", label: "x", xyxy: [10, 10, 30, 30], attributes: {} };
  assert.deepEqual(fromSurface(toSurface(box, 2), 2), box.xyxy);
  assert.deepEqual(fromSurface({ x: 30, y: 30, width: -20, height: -10 }, 1), [10, 20, 30, 30]);
  assert.deepEqual(inside([90, -5, 110, 15], item, true), [80, 0, 100, 20]);
  assert.deepEqual(inside([90, -5, 110, 15], item, false), [90, 0, 100, 15]);
  assert.ok(tooSmall([0, 0, 2.9, 50]) && !tooSmall([0, 0, 3, 3]));
  assert.deepEqual(nudged(box, [-50, 0, -50, 0], item).xyxy, [0, 10, 20, 30]);
  assert.equal(nudged(box, [10, 0, -10, 0], item), box);
  assert.equal(boxAt([{ ...box, xyxy: [0, 0, 90, 70], id: "big" }, box], 20, 20), box);
  assert.equal(boxAt([box], 99, 79), undefined);
});
