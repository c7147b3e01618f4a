// Tracks in the browser: what keyframes mean in every frame, and the frames themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exported, keyframeOf, merged, newTrack, nextId, nextKeyframe, placed, renumbered, splitAt, stateAt, toggledKeyframe, turned, visibleRuns } from "../../goldlabel/widgets/src/tracking.js";

const CLIP = { width: 640, height: 360 };
const box = (x) => [x, 100, x + 50, 150];
const track = (id, ...keys) => newTrack(id, "car", keys.map(([frame, x, flags]) => keyframeOf(frame, box(x), flags)));
const OUT = { outside: true };

test("CVAT's own case: in at 0, outside at 2, in at 4, in seven frames", () => {
  const one = track("t1", [0, 0], [2, 20, OUT], [4, 40]);
  assert.deepEqual(exported(one, 7).map(({ frame, outside }) => (outside ? `${frame} outside` : String(frame))), ["0", "1", "2 outside", "4", "5", "6"]);
  assert.deepEqual(exported(one, 7).map(({ xyxy }) => xyxy[0]), [0, 10, 20, 40, 40, 40]);
  assert.deepEqual(visibleRuns(one, 7), [[0, 1], [4, 6]]);
});

test("boxes move evenly, stand still after the last keyframe, and are nowhere before the first", () => {
  const one = track("t1", [5, 100], [15, 200, { occluded: true }]);
  assert.equal(stateAt(one, 4), null);
  assert.deepEqual(stateAt(one, 9), { ...keyframeOf(9, box(140)), keyframe: false });
  assert.deepEqual(stateAt(one, 90), { ...keyframeOf(90, box(200), { occluded: true }), keyframe: false });
  assert.deepEqual(visibleRuns(one, 20), [[5, 19]]);
  assert.deepEqual(visibleRuns(track("t1", [0, 0], [3, 3], [6, 6, OUT]), 20), [[0, 5]]);
});

test("a box put in place makes a keyframe, keeps the flags, and stays in the picture", () => {
  const one = track("t1", [0, 0, { occluded: true }], [10, 100]);
  const after = placed(one, 5, [-20, 90, 30, 140], CLIP, true);
  assert.deepEqual(after.keyframes[1], keyframeOf(5, [0, 90, 50, 140], { occluded: true }));
  assert.equal(after.keyframes.length, 3);
  assert.equal(placed(one, 5, [600, 90, 601, 91], CLIP, false), one);
  assert.deepEqual(placed(one, 10, box(90), CLIP, true).keyframes.map((key) => key.frame), [0, 10]);
});

test("flags turn from a frame on", () => {
  const one = track("t1", [2, 0], [10, 80]);
  assert.deepEqual(turned(one, 6, "outside").keyframes[1], keyframeOf(6, box(40), OUT));
  assert.deepEqual(turned(turned(one, 6, "outside"), 6, "outside").keyframes[1], keyframeOf(6, box(40)));
  const back = turned(turned(one, 12, "outside"), 20, "outside");
  assert.deepEqual(visibleRuns(back, 30), [[2, 11], [20, 29]]);
  assert.equal(turned(one, 0, "occluded"), one);
  assert.deepEqual(turned(one, 0, "outside").keyframes[0], keyframeOf(0, box(0)));
});

test("a keyframe comes and goes; the last one in which it is seen stays", () => {
  const one = track("t1", [0, 0], [10, 100]);
  assert.deepEqual(toggledKeyframe(one, 4).keyframes[1], keyframeOf(4, box(40)));
  assert.deepEqual(toggledKeyframe(one, 10), track("t1", [0, 0]));
  const alone = track("t1", [3, 0], [5, 0, OUT]);
  assert.equal(toggledKeyframe(alone, 3), alone);
  assert.equal(toggledKeyframe(alone, 1), alone);
});

test("two parts of a track have the boxes of the whole; merged they are the whole again", () => {
  const one = track("t1", [0, 0], [10, 100]);
  const [first, second] = splitAt(one, 4, "t2");
  assert.deepEqual(visibleRuns(first, 20), [[0, 3]]);
  assert.deepEqual(visibleRuns(second, 20), [[4, 19]]);
  for (let frame = 0; frame < 20; frame++) assert.deepEqual(stateAt(frame < 4 ? first : second, frame)?.xyxy, stateAt(one, frame)?.xyxy);
  const whole = merged(first, second);
  assert.deepEqual([whole.id, visibleRuns(whole, 20)], ["t1", [[0, 19]]]);
  assert.match(splitAt(one, 0, "t2"), /begins here/);
  assert.match(splitAt(track("t1", [0, 0], [5, 0, OUT]), 7, "t2"), /has ended/);
  assert.match(merged(one, track("t2", [10, 300])), /both have a box in frame 10/);
});

test("numbers and keyframes are found", () => {
  assert.equal(nextId([]), "t1");
  assert.equal(nextId([track("t3", [0, 0]), track("x9", [0, 0])]), "t4");
  assert.deepEqual(renumbered([track("t7", [5, 0]), track("t2", [1, 0])]).map((one) => [one.id, one.keyframes[0].frame]), [["t1", 1], ["t2", 5]]);
  const tracks = [track("t1", [2, 0], [9, 0])];
  assert.deepEqual([nextKeyframe(tracks, 2, 1), nextKeyframe(tracks, 2, -1), nextKeyframe(tracks, 30, -1)], [9, undefined, 9]);
});
