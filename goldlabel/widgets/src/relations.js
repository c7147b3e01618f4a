// @ts-check
/** Relations: arrows between the names that a text comes with. */

import { widget } from "./entry.js";
import { Joins } from "./joins.js";
import { RelationSurface } from "./relation-surface.js";
import { named } from "./stretches.js";
import { TaskBar } from "./taskbar.js";
import { TextMap } from "./text-map.js";
import "./canvas.css";
import "./reading.css";
import "./spans.css";
import "./relations.css";

/** @typedef {import("./types").Relation} Relation */

/** @type {import("./types").HelpGroup[]} */
const HELP = [
  [
    "Join with the mouse",
    [
      ["Drag", "from one name to another: a relation of the chosen class, if it may join the two"],
      ["Click", "one name, then the other: the same"],
      ["1 to 9, 0", "the class, where the chosen one does not fit"],
      ["Click an arrow", "select it"],
    ],
  ],
  [
    "Join with the keyboard",
    [
      ["arrows", "go from name to name in reading order; Home and End to the first and the last"],
      ["Enter or Space", "begin at this name; then lead to this name"],
      ["N", "begin a new relation at this name"],
      ["Esc", "give up a relation that is begun"],
    ],
  ],
  [
    "Selected relation",
    [
      ["X", "turn it round: head and tail change places"],
      ["1 to 9, 0", "change the class"],
    ],
  ],
];

export default widget((session) => {
  const { classes, given } = session.exercise;
  const joinsOf = (/** @type {import("./types").ItemState} */ item) => new Joins(new TextMap(item.text), item.given, classes);
  const tools = new TaskBar("Tools");
  tools.button({ title: "Turn round", key: "X", icon: "swap", text: "Turn round" }, (surface) => (surface.turn(), surface.focus()), (surface) => ({ disabled: surface.selected === null && surface.picked.length < 2 }));
  return {
    noun: "relation",
    plural: "relations",
    text: true,
    hint: `${session.exercise.question} Drag from one name to another, or click the one and then the other.`.trimStart(),
    selectedHint: "",
    help: HELP,
    moved: (one) => one,
    fresh: (label, _centre, item) => joinsOf(item).next(label, item.annotations),
    relabelled: (one, label, item) => {
      const changed = /** @type {Relation} */ ({ ...one, label });
      return joinsOf(item).fault(item.annotations, changed) || changed;
    },
    heads: ["head", "tail"],
    rows: (one, item) => {
      const joins = joinsOf(item);
      /** @type {[string, string][]} */
      const names = joins.names.map(({ id, label }) => [id, `${joins.words(id)} (${named(label)})`]);
      const end = (/** @type {"head" | "tail"} */ side) => /** @type {import("./types").Cell} */ ({
        name: side,
        value: /** @type {Relation} */ (one)[side],
        input: names,
        set: (id) => {
          const changed = /** @type {Relation} */ ({ ...one, [side]: id });
          return joins.fault(session.item.annotations, changed) || changed;
        },
      });
      return [[end("head"), end("tail")]];
    },
    bar: tools.node,
    surface: async (options) => new RelationSurface(options, { given, tools }),
  };
});
