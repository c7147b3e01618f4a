// Sounds in the browser: the logic of time, and the picture of frequencies.
import assert from "node:assert/strict";
import { test } from "node:test";
import { peaks, RANGE, spectrogram, transform, WINDOW } from "../../goldlabel/widgets/src/spectrum.js";
import { byTime, clashes, clashSentence, drawn, newSegment, placedAt, resized, roomAt, shifted, ticks, timeText, wholeMs, withTime } from "../../goldlabel/widgets/src/times.js";

const TALK = { length: 4, speech: true };
const EVENTS = { length: 4, speech: false };
const turn = (id, label, start, end) => ({ ...newSegment(label, start, end), id });
const ANN = [turn("a", "Ann", 0.5, 1.2), turn("b", "Ann", 2, 3)];
const span = (one) => one && [one.start, one.end];

test("a segment has the keys of the kernel, in whole milliseconds", () => {
  const { id, ...rest } = newSegment("Ann", 0.12345, 1.00061);
  assert.match(id, /^b[0-9a-f]{10}$/);
  assert.equal(JSON.stringify(rest), '{"type":"segment","label":"Ann","start":0.123,"end":1.001,"text":"","attributes":{}}');
  assert.equal(wholeMs(3.9999), 3.999);
  assert.equal(wholeMs(0.3), 0.3);
});

test("one speaker says one thing at a time, two may speak at once", () => {
  const over = turn("c", "Ann", 1.1, 2.5);
  assert.deepEqual(clashes(ANN, over, TALK).map((one) => one.id), ["a", "b"]);
  assert.deepEqual(clashes(ANN, { ...over, label: "Bo" }, TALK), []);
  assert.deepEqual(clashes(ANN, over, EVENTS), []);
  assert.deepEqual(clashes(ANN, turn("c", "Ann", 1.2, 2), TALK), []); // they may touch
  assert.match(clashSentence(ANN[0]), /^Ann speaks already from 0:00\.50 to 0:01\.20/);
});

test("there is room between the neighbours of the same speaker alone", () => {
  assert.deepEqual(roomAt(ANN, "Ann", 1.5, TALK), [1.2, 2]);
  assert.deepEqual(roomAt(ANN, "Ann", 0.1, TALK), [0, 0.5]);
  assert.deepEqual(roomAt(ANN, "Bo", 1, TALK), [0, 4]);
  assert.deepEqual(roomAt(ANN, "Ann", 1, EVENTS), [0, 4]);
  assert.equal(roomAt(ANN, "Ann", 1, TALK), null);
});

test("a drag marks what it covers, either way, and stops at a neighbour", () => {
  assert.deepEqual(span(drawn(ANN, "Bo", 0.3, 2.2, TALK).segment), [0.3, 2.2]);
  assert.deepEqual(span(drawn(ANN, "Ann", 1.9, 1.3, TALK).segment), [1.3, 1.9]);
  const stopped = drawn(ANN, "Ann", 1.5, 2.5, TALK);
  assert.deepEqual([span(stopped.segment), stopped.stopped], [[1.5, 2], true]);
  assert.deepEqual(drawn(ANN, "Ann", 2.5, 3.5, TALK), { segment: null, stopped: true });
  assert.deepEqual(drawn(ANN, "Bo", 1, 1.01, TALK), { segment: null, stopped: false });
  const end = drawn(ANN, "Ann", 3.5, 9, TALK);
  assert.deepEqual([span(end.segment), end.stopped], [[3.5, 4], false]); // the end of the sound is nobody's fault
});

test("an end moves up to the other end, to neighbours and to the ends of the sound", () => {
  assert.deepEqual(span(resized(ANN, ANN[0], "end", 1.5, TALK)), [0.5, 1.5]);
  assert.deepEqual(span(resized(ANN, ANN[0], "end", 2.4, TALK)), [0.5, 2]);
  assert.deepEqual(span(resized(ANN, ANN[0], "end", 0.1, TALK)), [0.5, 0.53]);
  assert.deepEqual(span(resized(ANN, ANN[0], "start", -3, TALK)), [0, 1.2]);
  assert.deepEqual(span(resized(ANN, ANN[1], "start", 1, TALK)), [1.2, 3]);
  assert.deepEqual(span(resized(ANN, ANN[1], "start", 1, EVENTS)), [1, 3]);
});

test("a whole segment keeps its length", () => {
  assert.deepEqual(span(shifted(ANN, ANN[0], 0.25, TALK)), [0.75, 1.45]);
  assert.deepEqual(span(shifted(ANN, ANN[0], 2, TALK)), [1.3, 2]);
  assert.deepEqual(span(shifted(ANN, ANN[0], -2, TALK)), [0, 0.7]);
  assert.deepEqual(span(shifted(ANN, ANN[1], 9, TALK)), [3, 4]);
});

test("a new one stands at the playhead, or behind what is there", () => {
  assert.deepEqual(span(placedAt(ANN, "Ann", 1.5, TALK)), [1.5, 2]);
  assert.deepEqual(span(placedAt(ANN, "Bo", 1.5, TALK)), [1.5, 2.5]);
  assert.deepEqual(span(placedAt(ANN, "Ann", 0.7, TALK)), [1.2, 2]);
  assert.deepEqual(span(placedAt(ANN, "Ann", 1.99, TALK)), [3, 4]); // between the two is no room
  assert.equal(placedAt([turn("a", "Ann", 0, 4)], "Ann", 1, TALK), null);
  assert.deepEqual(span(placedAt([], "tone", 4, EVENTS)), [3, 4]);
});

test("typed times are checked", () => {
  assert.deepEqual(span(withTime(ANN, ANN[0], "end", "1,5", TALK)), [0.5, 1.5]);
  assert.match(withTime(ANN, ANN[0], "end", "x", TALK), /in seconds/);
  assert.match(withTime(ANN, ANN[0], "end", "", TALK), /in seconds/);
  assert.match(withTime(ANN, ANN[0], "end", "5", TALK), /from 0 to 4/);
  assert.match(withTime(ANN, ANN[0], "end", "0.5", TALK), /ends after it starts/);
  assert.match(withTime(ANN, ANN[0], "end", "2.2", TALK), /Ann speaks already/);
});

test("times are written as people read them", () => {
  assert.deepEqual([0, 3.25, 59.999, 61.5, -1].map((time) => timeText(time)), ["0:00.00", "0:03.25", "1:00.00", "1:01.50", "0:00.00"]);
  assert.equal(timeText(61.5, 0), "1:02");
  assert.deepEqual(ticks(0, 4, 100), { digits: 0, times: [0, 1, 2, 3, 4] });
  const fine = ticks(1, 1.25, 1000);
  assert.equal(fine.digits, 1);
  assert.deepEqual(fine.times.map((time) => time.toFixed(1)), ["1.0", "1.1", "1.2"]);
  assert.deepEqual([ANN[1], ANN[0]].sort(byTime), ANN);
});

const RATE = 22050;
const tone = (hertz, seconds) => Float32Array.from({ length: RATE * seconds }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / RATE));

test("the transform finds what a slow sum finds", () => {
  const size = 16;
  const samples = Float32Array.from({ length: 40 }, (_, n) => Math.sin(n * n));
  const fast = transform(size)(samples, 20);
  for (let k = 0; k < size / 2; k += 1) {
    let [re, im] = [0, 0];
    for (let n = 0; n < size; n += 1) {
      const value = (samples[12 + n] - 0.97 * samples[11 + n]) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
      re += value * Math.cos((2 * Math.PI * k * n) / size);
      im -= value * Math.sin((2 * Math.PI * k * n) / size);
    }
    assert.ok(Math.abs(fast[k] - (re * re + im * im)) < 1e-9, `frequency ${k}`);
  }
});

test("a tone is a line at its pitch, silence is nothing", async () => {
  const samples = new Float32Array(RATE * 2);
  samples.set(tone(2000, 1), RATE / 2);
  const rows = 186;
  const { levels, columns } = await spectrogram(samples, 128, rows);
  const column = (seconds) => [...levels.slice(Math.round((seconds * RATE) / 128) * rows).slice(0, rows)];
  const middle = column(1);
  assert.equal(middle.indexOf(Math.max(...middle)), Math.round((2000 * WINDOW) / RATE));
  assert.ok(Math.max(...middle) > 250 && Math.max(...column(0.2)) === 0);
  assert.equal(levels.length, columns * rows);
  assert.ok(RANGE > 40);
  // A sound of silence alone, and one of nothing at all.
  assert.equal(Math.max(...(await spectrogram(new Float32Array(500), 128, rows)).levels), 0);
  assert.equal((await spectrogram(new Float32Array(0), 128, rows)).columns, 1);
});

test("the waveform keeps every peak, however narrow", () => {
  const samples = new Float32Array(10_000);
  samples[7_777] = 0.5;
  samples[7_778] = -0.25;
  const found = peaks(samples, 0, 10_000, 100);
  assert.deepEqual([found[2 * 77], found[2 * 77 + 1]], [-0.25, 0.5]);
  assert.equal(found.filter((value) => value !== 0).length, 2);
  // Zoomed in beyond the samples each column has one of them.
  assert.deepEqual([...peaks(Float32Array.of(0.25, -0.5), 0, 2, 4)], [0, 0.25, 0, 0.25, -0.5, 0, -0.5, 0]);
});
