// Frames of a clip in the browser: by address, else through the kernel, never twice; and the playhead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Frames } from "../../goldlabel/widgets/src/frames.js";
import { Playhead } from "../../goldlabel/widgets/src/playhead.js";

globalThis.createImageBitmap = async (blob) => ({ text: await blob.text(), close() {} });
globalThis.requestAnimationFrame ??= (act) => setTimeout(() => act(performance.now()), 1);
globalThis.cancelAnimationFrame ??= clearTimeout;

const settle = async () => {
  for (let n = 0; n < 400; n++) await new Promise((done) => setImmediate(done));
};

/** A server that has the frames up to `last`. */
function serve(last) {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    const frame = Number(/(\d+)\.jpg$/.exec(address)[1]);
    const ok = frame <= last;
    return { ok, status: ok ? 200 : 404, headers: new Map([["content-type", "image/jpeg"]]), blob: async () => new Blob([`url ${frame}`]) };
  };
  return asked;
}

test("every frame is fetched once by address, and only near ones are decoded", async () => {
  const asked = serve(99);
  const frames = new Frames({ count: 40, address: "/files/clip/", ask: () => assert.fail("the kernel was asked") }, () => {});
  frames.turnTo(20, 1);
  await settle();
  assert.equal(asked.length, 40);
  assert.equal(new Set(asked).size, 40);
  assert.equal(asked[0], "/files/clip/020.jpg");
  assert.equal(frames.bitmap(20).text, "url 20");
  assert.equal(frames.bitmap(35), undefined);
  frames.close();
});

test("a server that refuses leaves the rest to the kernel, in batches", async () => {
  serve(-1);
  const batches = [];
  const ready = [];
  const frames = new Frames({ count: 20, address: "/files/clip/", ask: (from, count) => batches.push([from, count]) }, (frame) => ready.push(frame));
  frames.turnTo(0, 1);
  await settle();
  assert.deepEqual(batches, [[0, 8]]);
  const texts = (from, count) => Array.from({ length: count }, (_, n) => new TextEncoder().encode(`kernel ${from + n}`));
  frames.take({ from: 0, faults: ["", "", "Frame 2 is not there.", "", "", "", "", ""] }, texts(0, 8));
  await settle();
  assert.deepEqual(batches, [[0, 8], [8, 8]]);
  assert.equal(frames.bitmap(1).text, "kernel 1");
  assert.equal(frames.fault(2), "Frame 2 is not there.");
  assert.ok(ready.includes(2));
  frames.take({ from: 8, faults: Array(8).fill("") }, texts(8, 8));
  assert.deepEqual(batches.at(-1), [16, 4]);
  frames.close();
});

test("nothing is shown before it is there, and what was asked for meanwhile waits", () => {
  const here = new Set([0, 1]);
  const head = new Playhead({ frames: 10, seconds: 1 }, { want: () => {}, show: (frame) => here.has(frame), change: () => {} });
  head.go(1);
  assert.equal(head.shown, 1);
  head.go(99);
  assert.deepEqual([head.wanted, head.shown], [9, 1]);
  const on = [];
  head.settled(() => on.push(head.shown));
  assert.deepEqual(on, []);
  here.add(9);
  head.arrived();
  assert.deepEqual([head.shown, on], [9, [9]]);
});

test("playing skips no frame and ends with the last", async () => {
  const shown = [];
  const head = new Playhead({ frames: 8, seconds: 0.08 }, { want: () => {}, show: (frame) => shown.push(frame) > 0, change: () => {} });
  head.faster(9);
  assert.equal(head.speed, 4);
  head.toggle();
  while (head.playing) await new Promise((done) => setTimeout(done, 2));
  assert.deepEqual(shown, [1, 2, 3, 4, 5, 6, 7]);
});
