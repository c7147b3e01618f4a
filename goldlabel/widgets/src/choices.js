// @ts-check
/** Choices: one class an item, which is a picture, a text or a sound. */

import { answerHelp } from "./answers.js";
import { ChoiceSurface } from "./choices-surface.js";
import { widget } from "./entry.js";
import { SoundSurface } from "./sound-surface.js";
import { PLAY_KEYS } from "./transport.js";
import "./reading.css";
import "./sounds.css";
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
    help: [...answerHelp(thing), ...(thing === "sound" ? /** @type {import("./types").HelpGroup[]} */ ([["Listen", PLAY_KEYS]]) : [])],
    moved: (one) => one,
    heads: [],
    rows: () => [],
    surface: async (options) => (options.item.sound ? SoundSurface.open(options, () => session.clock.sign()) : new ChoiceSurface(options)),
  };
});
