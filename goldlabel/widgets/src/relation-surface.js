// @ts-check
/** Joining the names of a text: by dragging, by two clicks, or by keys. */

import { ArcLayer } from "./arc-layer.js";
import { h } from "./dom.js";
import { Joins, newRelation } from "./joins.js";
import { named, stretchOf } from "./stretches.js";
import { TextMap } from "./text-map.js";
import { TextPage } from "./text-page.js";
import { listenToPointer } from "./text-pointer.js";

/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./types").Relation} Relation */
/** @typedef {import("./types").Surface} Surface */

/** @implements {Surface} */
export class RelationSurface {
  busy = false;
  /** @type {string | null} */
  selected = null;
  complaint = "";
  /** The names picked so far: a head, then a tail that waits for a class. @type {string[]} */
  picked = [];
  /** Index of the name where the keyboard is; shown once a key was used. */
  at = 0;
  shown = false;
  /** @type {Relation[]} */
  #relations = [];

  /** @param {import("./types").SurfaceOptions} options @param {{given: import("./types").OntologyClass[], tools: import("./taskbar.js").TaskBar}} task */
  constructor(options, { given, tools }) {
    this.options = options;
    this.tools = tools;
    this.label = options.label;
    this.map = new TextMap(options.item.text);
    this.joins = new Joins(this.map, options.item.given, options.classes);
    this.page = new TextPage(this.map, given, true);
    this.arcs = new ArcLayer(this.page, this.joins, options.classes);
    this.voice = h("div", { class: "gl-hidden", "aria-live": "polite" });
    this.node = h(
      "div",
      { class: "gl-marking gl-joining", tabindex: "0", role: "application", "aria-roledescription": "text with names to join", "aria-label": `${options.item.alt || "The text"}. Arrow keys go from name to name; press question mark for the keys.` },
      this.page.node,
    );
    this.giveUp = listenToPointer(this.node, this.page, this.#pointer());
    this.observer = new ResizeObserver(() => this.#draw());
    this.observer.observe(this.page.node);
    options.host.append(this.node, this.voice);
    this.page.draw(this.joins.names.map((one) => ({ id: one.id, label: one.label, start: this.map.toUnit(one.start), end: this.map.toUnit(one.end) })));
    tools.attach(this);
    this.show(options.annotations);
  }

  destroy() {
    this.observer.disconnect();
    this.tools.attach(null);
    this.node.remove();
    this.voice.remove();
  }

  focus() {
    this.node.focus({ preventScroll: true });
  }

  // --- what the shell tells ----------------------------------------------------------------------------

  /** @param {Annotation[]} annotations */
  show(annotations) {
    this.#relations = /** @type {Relation[]} */ (annotations);
    this.#draw();
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) this.complaint = "";
    this.selected = id;
    const one = this.#one();
    if (one) {
      this.picked = [];
      this.shown = false;
      this.#say(this.joins.sentence(one));
    }
    this.#draw();
    this.options.onHint();
  }

  /** @param {string} label */
  choose(label) {
    this.label = label;
  }

  /** @param {string} label */
  apply(label) {
    const one = this.#one();
    if (one) this.#change({ ...one, label }, "relabel");
    else if (this.picked.length === 2) this.#make(label, this.picked[0], this.picked[1]);
  }

  /** @param {string} label */
  barred(label) {
    const one = this.#one();
    if (one) return this.joins.why(label, [one.head, one.tail]);
    const [head, tail] = this.picked;
    if (tail !== undefined) return this.joins.why(label, [head, tail]);
    return head === undefined ? "" : this.joins.whyFrom(label, head);
  }

  cancel() {
    this.giveUp();
    this.arcs.pull(null);
    this.#drop();
    this.#rest();
  }

  /** N: the name where the keyboard is begins a new relation. */
  begin() {
    this.options.onSelect(null);
    this.picked = [];
    if (this.shown) this.#pick(this.joins.names[this.at].id);
    this.shown = true;
    this.#draw();
    this.options.onHint();
  }

  settle() {
    this.#drop();
    this.#draw();
    this.options.onHint();
  }

  hint() {
    const { joins, picked } = this;
    if (this.complaint) return { text: this.complaint, bad: true };
    const one = this.#one();
    if (one) return { text: `${joins.sentence(one)}. X turns it round, the key of a class changes it, Delete removes it.` };
    if (picked.length === 2) {
      const classes = joins.allowed([picked[0], picked[1]]).map((each) => `${named(each.name)}${each.key ? ` (${each.key})` : ""}`);
      return { text: `“${joins.words(picked[0])}” to “${joins.words(picked[1])}”: choose ${classes.join(" or ")}. X turns it round, Esc gives up.` };
    }
    if (picked.length) return { text: `From “${joins.words(picked[0])}”: now the name that it leads to. Esc gives up.` };
    const name = this.shown && joins.names[this.at];
    return name ? { text: `“${joins.words(name.id)}”, ${named(name.label)}: Enter begins a relation here.` } : null;
  }

  // --- keys ----------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    if (this.busy || event.ctrlKey || event.metaKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "x") return this.turn();
    if (!drawing) return false;
    if (key === "Enter" || key === " ") {
      if (this.shown) this.#pick(this.joins.names[this.at].id);
      return true;
    }
    if (key === "Escape" && (this.picked.length || this.shown) && this.selected === null) {
      if (!this.picked.length) this.shown = false;
      this.settle();
      return true;
    }
    // W, A, S and D move boxes elsewhere; a text stays where it is.
    if (["w", "a", "s", "d"].includes(key)) return true;
    const goal = this.#goal(key);
    if (goal === undefined) return false;
    // The first key shows where the keyboard is.
    if (this.shown || this.selected !== null || key === "Home" || key === "End") this.at = goal;
    if (this.selected !== null) this.options.onSelect(null);
    this.shown = true;
    this.complaint = "";
    this.#draw();
    this.page.reveal();
    const { id, label } = this.joins.names[this.at];
    this.#say(`${this.joins.words(id)}, ${named(label)}`);
    this.options.onHint();
    return true;
  }

  /** @param {string} key @returns {number | undefined} */
  #goal(key) {
    const last = this.joins.names.length - 1;
    if (last < 0) return undefined;
    const goals = { ArrowRight: this.at + 1, ArrowDown: this.at + 1, ArrowLeft: this.at - 1, ArrowUp: this.at - 1, Home: 0, End: last };
    const goal = goals[/** @type {keyof typeof goals} */ (key)];
    return goal === undefined ? undefined : Math.min(Math.max(goal, 0), last);
  }

  /** X: the other way round. */
  turn() {
    const one = this.#one();
    if (one) this.#change({ ...one, head: one.tail, tail: one.head }, "turn");
    else if (this.picked.length === 2) this.#join(this.picked[1], this.picked[0]);
    return true;
  }

  // --- changes --------------------------------------------------------------------------------------------

  /** A name is taken as head, then another one as tail; the same one again gives up. @param {string} id */
  #pick(id) {
    this.complaint = "";
    if (this.selected !== null) this.options.onSelect(null);
    if (this.picked.length === 1 && this.picked[0] !== id) return this.#join(this.picked[0], id);
    this.picked = this.picked[0] === id ? [] : [id];
    if (this.picked.length) this.#say(`From ${this.joins.words(id)}.`);
    this.#draw();
    this.options.onHint();
  }

  /** Join two names at once where the chosen class fits, else wait for one that does. @param {string} head @param {string} tail */
  #join(head, tail) {
    const none = this.joins.whyNone([head, tail]);
    if (none) {
      this.picked = [];
      this.#complain(none);
    } else if (!this.joins.why(this.label, [head, tail])) this.#make(this.label, head, tail);
    else {
      this.picked = [head, tail];
      this.#draw();
      this.options.onHint();
      this.#say(/** @type {{text: string}} */ (this.hint()).text);
    }
  }

  /** @param {string} label @param {string} head @param {string} tail */
  #make(label, head, tail) {
    const made = newRelation(label, [head, tail]);
    const fault = this.joins.fault(this.#relations, made);
    this.picked = [];
    if (fault) return this.#complain(fault);
    this.complaint = "";
    this.options.onEdit(this.joins.inTextOrder([...this.#relations, made]), "draw");
    this.options.onSelect(made.id);
  }

  /** @param {Relation} changed @param {string} action */
  #change(changed, action) {
    const fault = this.joins.fault(this.#relations, changed);
    if (fault) return this.#complain(fault);
    this.complaint = "";
    this.options.onEdit(this.joins.inTextOrder(this.#relations.map((one) => (one.id === changed.id ? changed : one))), action);
    this.#say(this.joins.sentence(changed));
    this.options.onHint();
  }

  /** @param {string} sentence */
  #complain(sentence) {
    this.complaint = sentence;
    this.#draw();
    this.options.onHint();
  }

  #drop() {
    [this.picked, this.complaint] = [[], ""];
  }

  // --- pointer ----------------------------------------------------------------------------------------------

  /** @returns {import("./text-pointer.js").PointerActions} */
  #pointer() {
    return {
      down: () => {
        this.focus();
        this.shown = false;
        return true;
      },
      start: () => {
        this.options.onSelect(null);
        this.#drop();
        this.busy = true;
        this.options.onStart();
      },
      drag: (from, to) => this.#drag(from, to),
      drop: () => {
        const [head, tail] = this.picked;
        this.busy = false; // so that the shell shows what comes of it
        this.arcs.pull(null);
        this.#drop();
        if (tail !== undefined && head !== tail) this.#join(head, tail);
        this.#draw();
        this.#rest();
      },
      click: ({ target }) => this.#click(target),
      cancel: () => this.cancel(),
    };
  }

  /** @param {import("./text-pointer.js").At} from @param {import("./text-pointer.js").At} to */
  #drag(from, to) {
    const head = this.page.under(from.target)[0];
    const rect = head !== undefined && this.page.rects(this.#stretch(head))[0];
    if (!rect) return;
    const tail = this.page.under(to.target)[0];
    this.picked = tail === undefined ? [head] : [head, tail];
    this.#frame();
    this.arcs.pull(rect, to);
  }

  /** @param {Element | null} target */
  #click(target) {
    const arc = this.arcs.under(target);
    const name = this.page.under(target)[0];
    if (arc !== null) return this.options.onSelect(arc);
    if (name === undefined) {
      this.options.onSelect(null);
      return this.settle();
    }
    this.at = this.joins.names.findIndex((one) => one.id === name);
    this.#pick(name);
  }

  #rest() {
    this.busy = false;
    this.options.onRest();
    this.options.onHint();
  }

  // --- showing ----------------------------------------------------------------------------------------------

  #draw() {
    this.arcs.draw(this.#relations, this.selected);
    this.#frame();
    this.tools.update();
  }

  #frame() {
    const [one, name] = [this.#one(), this.shown && this.joins.names[this.at]];
    const picked = one ? [one.head, one.tail] : this.picked;
    /** @type {import("./text-page.js").Frame[]} */
    const frames = [];
    // First the cursor: it is what is scrolled to.
    if (name) frames.push({ stretch: this.#stretch(name.id), kind: "cursor" });
    for (const id of picked) if (this.joins.name(id)) frames.push({ stretch: this.#stretch(id), kind: "chosen" });
    this.page.frame(frames);
  }

  /** @param {string} id */
  #stretch(id) {
    return stretchOf(this.map, /** @type {Annotation} */ (this.joins.name(id)));
  }

  /** For a screen reader. @param {string} words */
  #say(words) {
    this.voice.textContent = words;
  }

  #one() {
    return this.#relations.find((one) => one.id === this.selected);
  }
}
