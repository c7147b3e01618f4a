// @ts-check
/** Keypoints: the named joints of one figure each. */

import { widget } from "./entry.js";
import { jointPanel } from "./joint-panel.js";
import { movedJoints, spoken, withJoint } from "./joints.js";
import { KeypointSurface } from "./keypoint-surface.js";
import { kept } from "./points.js";
import { TaskBar } from "./taskbar.js";
import "./canvas.css";
import "./keypoints.css";

/** @typedef {import("./types").Keypoints} Keypoints */
/** @typedef {import("./types").Visibility} Visibility */

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Set points",
    [
      ["Click", "set the point that is asked for: visible"],
      ["Shift+Click", "set it as hidden: you know where it is, but something is in front"],
      ["O", "it is outside the picture or cannot be told: not labelled"],
      ["V", "turn the point set last, or the chosen one, from visible to hidden and back"],
      ["Backspace", "take the last point back"],
      ["N", "next figure"],
    ],
  ],
  [
    "Selected figure",
    [
      ["Drag", "move a point"],
      [", or .", "choose the previous or the next point"],
      ["arrows", "move the chosen point, or the one set last"],
      ["Space", "set the next point at the cross or beside the last one"],
      ["X", "exchange left and right"],
      ["Delete", "forget the chosen point, else delete the figure"],
    ],
  ],
];

/** The buttons, and the list of joints. */
export class JointBar extends TaskBar {
  /** @param {import("./types").Skeleton} skeleton */
  constructor(skeleton) {
    super();
    this.panel = jointPanel(skeleton, (name) => {
      this.surface?.turnTo(name);
      this.surface?.focus();
    });
    const tool = (/** @type {Parameters<TaskBar["button"]>[0]} */ look, /** @type {(surface: KeypointSurface) => unknown} */ act, /** @type {(surface: KeypointSurface) => import("./taskbar.js").State} */ state = () => ({})) =>
      this.button({ ...look, text: look.text ?? look.title }, (surface) => (act(surface), surface.focus()), state);
    tool({ title: "New figure", key: "N", icon: "plus" }, (surface) => surface.begin());
    this.gap();
    tool({ title: "Hidden", key: "V", icon: "eye" }, (surface) => surface.hide(), (surface) => ({ pressed: isHidden(surface) }));
    tool({ title: "Not labelled", key: "O", icon: "away" }, (surface) => surface.away(), (surface) => ({ disabled: !surface.figure || !(surface.joint ?? surface.next) }));
    this.gap();
    tool({ title: "Exchange left and right", text: "Swap left, right", key: "X", icon: "swap" }, (surface) => surface.swap(), (surface) => ({ disabled: !surface.figure }));
  }

  update() {
    super.update();
    const { surface } = this;
    this.panel.update(surface?.figure, surface?.joint ?? null, surface?.next ?? null);
  }
}

/** @param {KeypointSurface} surface */
function isHidden({ figure, joint, last, hiding }) {
  const value = figure?.points[joint ?? last ?? ""];
  return value?.[2] ? value[2] === 1 : hiding;
}

/** @param {import("./session.js").Session} session @returns {import("./types").Task} */
function makeTask(session) {
  const skeleton = /** @type {import("./types").Skeleton} */ (session.exercise.skeleton);
  const tools = new JointBar(skeleton);
  return {
    noun: "figure",
    plural: "figures",
    hint: "",
    selectedHint: "",
    help: HELP,
    moved: (one, dx, dy, item) => movedJoints(/** @type {Keypoints} */ (one), null, dx, dy, item),
    heads: ["point", "x", "y", "v"],
    rows: (one, item) => skeleton.points.map((name) => cells(/** @type {Keypoints} */ (one), name, skeleton, item)),
    bar: tools.node,
    side: tools.panel.node,
    surface: async (options) => new KeypointSurface(options, tools, skeleton),
  };
}

/** @param {Keypoints} one @param {string} name @param {import("./types").Skeleton} skeleton @param {import("./types").ItemState} item @returns {import("./types").Cell[]} */
function cells(one, name, skeleton, item) {
  const value = one.points[name];
  const [x, y, v] = value ?? ["", "", ""];
  const place = (/** @type {number} */ side) => (/** @type {string} */ text) => {
    const typed = Number.parseFloat(text);
    if (!Number.isFinite(typed)) return "Write a number.";
    /** @type {[number, number]} */
    const at = value?.[2] ? [value[0], value[1]] : [0, 0];
    at[side] = typed;
    return withJoint(one, name, [...kept(at, item), value?.[2] || 2], skeleton);
  };
  return [
    { name: "point", value: spoken(name) },
    { name: `x of ${spoken(name)}`, value: v ? String(x) : "", input: "number", max: item.width, set: place(0) },
    { name: `y of ${spoken(name)}`, value: v ? String(y) : "", input: "number", max: item.height, set: place(1) },
    {
      name: `visibility of ${spoken(name)}`,
      value: String(v),
      input: [["", ""], ["0", "0 not labelled"], ["1", "1 hidden"], ["2", "2 visible"]],
      set: (text) => {
        if (text === "") return withJoint(one, name, null, skeleton);
        const after = /** @type {Visibility} */ (Number(text));
        return withJoint(one, name, after ? [value?.[0] ?? 0, value?.[1] ?? 0, after] : [0, 0, 0], skeleton);
      },
    },
  ];
}

export default widget(makeTask);
