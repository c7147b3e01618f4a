// @ts-check
/** Choices: one class an item, which is a picture or a text. */

import { answerHelp } from "./answers.js";
import { ChoiceSurface } from "./choices-surface.js";
import { widget } from "./entry.js";
import "./reading.css";
import "./choices.css";

export default widget((session) => {
  const { question, thing } = session.exercise;
  const hint = question || `Which class does this ${thing} belong to?`;
  return {
    noun: "answer",
    plural: "answers",
    answers: true,
    hint,
    selectedHint: "",
    help: answerHelp(thing),
    moved: (one) => one,
    heads: [],
    rows: () => [],
    surface: async (options) => new ChoiceSurface(options),
  };
});
