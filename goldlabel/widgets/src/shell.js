// @ts-check
/** One view of a labelling widget: puts the parts together and lets them act on the session. */

import { Answers } from "./answers.js";
import { classBar } from "./classbar.js";
import { h } from "./dom.js";
import { flagBar } from "./flags.js";
import { helpDialog } from "./help.js";
import { hintOf } from "./hints.js";
import { listenToKeys, saveNotebook } from "./keys.js";
import { messageLine } from "./messages.js";
import { feedbackPanel, flagControl, guidelinePanel } from "./panels.js";
import { pictureOf, Stage } from "./stage.js";
import { flagged, labelTable } from "./table.js";
import { decisionBar, toolBar } from "./toolbar.js";
import { itemStrip, topBar } from "./topbar.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./session.js").Part} Part */

export class Shell {
  /** @type {import("./types").Surface | null} */
  surface = null;
  /** @type {string | null} */
  selected = null;
  url = "";
  opening = 0;

  /** @param {Session} session @param {import("./types").Task} task @param {HTMLElement} el */
  constructor(session, task, el) {
    this.session = session;
    this.task = task;
    this.classes = session.exercise.classes;
    this.label = this.classes[0].name;
    this.finished = false;
    this.leaving = false;
    /** Why a class could not be given. */
    this.complaint = "";

    const { noun } = task;
    const { attributes, thing } = session.exercise;
    const answers = task.answers ? new Answers(session, { question: task.hint, unsure: () => this.flag.open(), finish: () => this.finish() }) : null;
    this.answers = answers;
    this.top = topBar(session);
    this.strip = itemStrip(session);
    this.bar = classBar(this.classes, noun, (name) => this.press(name));
    this.message = messageLine(session, () => hintOf(this));
    this.stage = new Stage(() => this.tools.showZoom(this.stage.zoom), task.plays ? "above" : "alone");
    this.guideline = guidelinePanel(session, (open) => this.tools.showGuideline(open));
    this.feedback = feedbackPanel(session, (rule) => this.guideline.show(rule));
    this.flag = flagControl(session, answers ? "Not sure" : "Flag");
    this.help = helpDialog(task, attributes);
    this.flags = flagBar(attributes, noun, (name) => this.toggle(name));
    this.table = labelTable(session, task, {
      selected: () => this.selected,
      select: (id) => this.select(id),
      add: () => this.add(true),
    });
    this.tools = toolBar(session, {
      trash: task.writes ? null : answers ? ["Clear the answer", "Backspace"] : [`Delete the selected ${noun}`, "Delete"],
      undo: () => this.undo(),
      redo: () => this.surface?.busy || session.redo(),
      remove: () => this.remove(),
      zoom: thing === "picture" || thing === "clip" ? (steps) => this.stage.zoomBy(steps) : null,
      guideline: () => this.guideline.toggle(),
      help: () => this.help.showModal(),
    });
    this.decisions = decisionBar(session, { flag: this.flag.node, finish: () => this.finish(), goOn: answers?.goOn.node });
    this.root = this.#assemble();
    el.append(this.root);

    this.unsubscribe = session.subscribe((part) => this.#heard(part));
    this.#open();
    this.#heard("status");
  }

  destroy() {
    this.surface?.settle?.();
    this.unsubscribe();
    this.session.setBusy(this, false);
    this.surface?.destroy();
    this.stage.destroy();
    URL.revokeObjectURL(this.url);
  }

  // --- parts -----------------------------------------------------------------------------------------

  #assemble() {
    const { answers, task: { writes } } = this;
    // Classes stand over what is drawn, answers under what is asked.
    const above = answers || writes
      ? [h("div", { class: "gl-bar" }, this.message.node, this.tools.node)]
      : [h("div", { class: "gl-bar" }, this.bar.node, this.tools.node), h("div", { class: "gl-bar gl-second" }, this.task.bar, this.flags.node), this.message.node];
    const root = h(
      "div",
      { class: "gl", tabindex: "-1" },
      this.top.node,
      this.strip.node,
      ...above,
      h("div", { class: "gl-main" }, h("div", { class: "gl-work" }, this.stage.node, this.task.below, answers?.bar.node, this.decisions.node), this.task.side, this.guideline.node),
      this.feedback.node,
      !answers && !writes && this.table.node,
      this.help,
    );
    this.session.clock.watch(root);
    // What is half drawn is settled before the learner turns to something else.
    for (const part of [this.strip.node, this.decisions.node, this.table.node]) {
      part.addEventListener("click", () => this.surface?.settle?.(), true);
    }
    listenToKeys(root, this.stage.surface, this.#actions());
    return root;
  }

  /** @returns {import("./keys.js").Actions} */
  #actions() {
    const { session } = this;
    // During a stroke only Esc counts.
    const still = (/** @type {() => void} */ action) => () => void (this.surface?.busy || action());
    return {
      first: (event, drawing) => this.#first(event, drawing),
      choose: (index) => this.classes[index] && this.press(this.classes[index].name),
      alt: (event, drawing) => Boolean((drawing || this.surface?.everywhere) && this.surface?.alt?.(event)),
      add: still(() => this.add()),
      relabel: still(() => this.relabel()),
      remove: () => this.remove(),
      cycle: (step) => this.cycle(step),
      nudge: (dx, dy) => this.nudge(dx, dy),
      escape: () => this.escape(),
      undo: () => this.undo(),
      redo: still(() => session.redo()),
      finish: still(() => this.finish()),
      previous: still(() => session.step(-1)),
      zoom: (steps) => this.stage.zoomBy(steps),
      pan: (on) => this.stage.setPanning(on),
      help: () => this.help.showModal(),
      guideline: () => this.guideline.toggle(),
      save: (event) => saveNotebook(this.root, event),
    };
  }

  // --- what the learner does -------------------------------------------------------------------------

  /** @param {string} name */
  choose(name) {
    this.label = name;
    this.surface?.choose(name);
    this.bar.update(name);
    this.message.update();
  }

  /** A class by its key or button: it is the next one's, and that of what waits for one. @param {string} name */
  press(name) {
    this.complaint = this.surface?.barred?.(name) ?? "";
    if (this.complaint) return this.message.update();
    this.choose(name);
    if (!this.surface?.busy) this.surface?.apply?.(name);
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) this.complaint = "";
    this.selected = id;
    this.surface?.select(id);
    this.tools.update(this.#removable());
    this.flags.update(this.#one());
    this.table.mark();
    this.message.update();
  }

  /** @param {boolean} [typed] For the table, where numbers are typed afterwards. */
  add(typed = false) {
    if (!this.surface) return;
    if (this.surface.begin && !(typed && this.task.fresh)) return this.surface.begin();
    const fresh = this.task.fresh?.(this.label, this.stage.centre(), this.session.item);
    if (!fresh) return;
    this.session.change([...this.session.item.annotations, fresh], "draw");
    this.select(fresh.id);
  }

  undo() {
    if (this.answers) return this.answers.undo();
    if (!this.surface?.undo?.() && !this.surface?.busy) this.session.undo();
  }

  remove() {
    if (this.answers) return this.answers.clear();
    const { annotations } = this.session.item;
    if (this.surface?.remove?.() || this.surface?.busy) return;
    if (annotations.some((one) => one.id === this.selected)) {
      this.session.change(annotations.filter((one) => one.id !== this.selected), "delete");
      this.select(null);
    }
  }

  relabel() {
    const one = this.#one();
    const changed = one && (this.task.relabelled?.(one, this.label, this.session.item) ?? { ...one, label: this.label });
    this.complaint = typeof changed === "string" ? changed : "";
    if (changed && typeof changed !== "string") this.#changeSelected(() => changed, "relabel");
    this.message.update();
  }

  /** Turn a flag of the selected one. @param {string} name */
  toggle(name) {
    if (!this.surface?.busy) this.#changeSelected((one) => flagged(one, name), "attribute");
  }

  /** @param {number} dx @param {number} dy */
  nudge(dx, dy) {
    if (this.surface?.busy || this.surface?.nudge?.(dx, dy)) return;
    this.#changeSelected((one) => this.task.moved(one, dx, dy, this.session.item), "move");
  }

  /** Select the next one. @param {number} step @returns {boolean} False past the last: then Tab leaves the picture. */
  cycle(step) {
    const ids = this.session.item.annotations.map((one) => one.id);
    const first = this.surface?.first?.(step) ?? (step > 0 ? 0 : ids.length - 1);
    const next = ids[this.selected === null ? first : ids.indexOf(this.selected) + step];
    if (this.leaving || this.answers || next === undefined) {
      this.select(null);
      this.leaving = false;
      return false;
    }
    this.select(next);
    return true;
  }

  /** Esc: first a stroke ends, then the selection, then the next Tab leaves the picture. */
  escape() {
    if (this.surface?.busy) this.surface.cancel();
    else if (this.selected !== null) this.select(null);
    else this.leaving = true;
    return true;
  }

  finish() {
    this.surface?.settle?.();
    if (!this.surface?.pending?.()) this.finished = !(this.answers ?? this.session).finish();
    this.message.update();
  }

  /** Flags' keys, then the task's own. @param {KeyboardEvent} event @param {boolean} drawing */
  #first(event, drawing) {
    const plain = !event.ctrlKey && !event.metaKey;
    const flag = plain && this.selected !== null && this.flags.named(event.key);
    if (flag) this.toggle(flag);
    return Boolean(flag) || Boolean(this.answers?.key(event)) || Boolean(this.surface?.key?.(event, drawing));
  }

  /** The selected annotation. */
  #one() {
    return this.session.item.annotations.find((one) => one.id === this.selected);
  }

  /** @param {(one: import("./types").Annotation) => import("./types").Annotation} change @param {string} action */
  #changeSelected(change, action) {
    const { annotations } = this.session.item;
    this.session.change(annotations.map((one) => (one.id === this.selected ? change(one) : one)), action);
  }

  // --- what is shown ---------------------------------------------------------------------------------

  /** @param {Part} part */
  #heard(part) {
    if (part === "item") this.#open();
    if (part === "annotations") this.#redraw();
    if (part === "feedback") this.feedback.update();
    if (part === "tick") return this.top.tick();
    if (part === "status") this.top.showStatus();
    this.top.update();
    this.strip.update();
    this.message.update();
  }

  /** Show another item. */
  async #open() {
    const turn = ++this.opening;
    const { session } = this;
    const focused = this.stage.surface.contains(document.activeElement);
    this.surface?.destroy();
    this.surface = null;
    [this.finished, this.complaint] = [false, ""];
    this.stage.surface.replaceChildren();
    this.root.dataset.item = session.item.id;
    this.stage.open(session.item);
    this.tools.showZoom(1);
    this.select(null);
    this.#redraw();
    this.choose(this.label);
    this.feedback.update();
    this.top.tick();
    if (focused) this.root.focus({ preventScroll: true });
    try {
      URL.revokeObjectURL(this.url);
      this.url = await pictureOf(session);
      const surface = turn === this.opening && (await this.task.surface(this.#options(this.url)));
      if (!surface) return;
      if (turn !== this.opening) return surface.destroy();
      this.surface = surface;
      this.stage.say("");
      this.#redraw();
      this.message.update();
      if (document.activeElement === this.root) surface.focus();
    } catch (error) {
      if (turn === this.opening) this.stage.say(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} url @returns {import("./types").SurfaceOptions} */
  #options(url) {
    const { session } = this;
    return {
      host: this.stage.surface,
      url,
      item: session.item,
      classes: this.classes,
      label: this.label,
      annotations: session.item.annotations,
      centre: () => this.stage.centre(),
      onHint: () => this.#advise(),
      onStart: () => session.setBusy(this, true),
      onEdit: (annotations, action) => session.change(annotations, action),
      onSelect: (id) => this.select(id),
      onChoose: (name) => this.choose(name),
      onRest: () => session.setBusy(this, false),
    };
  }

  #redraw() {
    const { item, history } = this.session;
    if (this.selected !== null && !item.annotations.some((one) => one.id === this.selected)) this.select(null);
    if (this.surface && !this.surface.busy) this.surface.show(item.annotations);
    this.table.update();
    this.answers?.update();
    this.tools.update(this.#removable());
    this.flags.update(this.#one());
    this.decisions.update();
    this.flag.update();
  }

  /** Say what to do next, and which classes can be given. */
  #advise() {
    this.bar.bar((name) => this.surface?.barred?.(name) ?? "");
    this.message.update();
  }

  #removable() {
    return this.answers ? this.answers.given : this.selected !== null;
  }
}
