// @ts-check
/** Relations as data: which pairs a class may join, and why not others. Nothing here is drawn. */

import { newId } from "./geometry.js";
import { named, quoted } from "./stretches.js";

/** @typedef {import("./types").Relation} Relation */
/** @typedef {import("./types").Span} Span */
/** @typedef {import("./types").OntologyClass} OntologyClass */
/** @typedef {[head: string, tail: string]} Pair Ids of two names. */

/** The names of one text and the classes that may join them. */
export class Joins {
  /** @param {import("./text-map.js").TextMap} map @param {import("./types").Annotation[]} names @param {OntologyClass[]} classes */
  constructor(map, names, classes) {
    this.map = map;
    this.classes = classes;
    this.names = /** @type {Span[]} */ ([...names]).filter((one) => one.type === "span").sort((a, b) => a.start - b.start || b.end - a.end);
    this.#byId = new Map(this.names.map((one) => [one.id, one]));
  }

  /** @type {Map<string, Span>} */
  #byId;

  /** @param {string} id */
  name(id) {
    return this.#byId.get(id);
  }

  /** The words of a name. @param {string} id */
  words(id) {
    const one = this.#byId.get(id);
    return one ? quoted(this.map, one, 40) : id;
  }

  /** Class of a name. @param {string} id */
  kind(id) {
    return this.#byId.get(id)?.label ?? "";
  }

  /** Why a class cannot join a pair; empty when it can. @param {string} label @param {Pair} pair */
  why(label, [head, tail]) {
    const one = this.classes.find((each) => each.name === label);
    if (!one) return `There is no class ${named(label)}.`;
    if (head === tail) return "A relation joins two different names.";
    const [from, to] = [this.kind(head), this.kind(tail)];
    if (fits(one, from, to) || (one.symmetric && fits(one, to, from))) return "";
    const turned = fits(one, to, from) ? " The other way round it fits: X turns it." : "";
    return `${quotedName(label)} leads from ${list(one.heads)} to ${list(one.tails)}, not from ${withArticle(from)} to ${withArticle(to)}.${turned}`;
  }

  /** Why a class cannot begin at a name; empty when it can. @param {string} label @param {string} head */
  whyFrom(label, head) {
    const one = this.classes.find((each) => each.name === label);
    const from = this.kind(head);
    if (!one || !one.heads.length || one.heads.includes(from) || (one.symmetric && one.tails.includes(from))) return "";
    return `${quotedName(label)} leads from ${list(one.heads)}, not from ${withArticle(from)}.`;
  }

  /** Classes that can join a pair. @param {Pair} pair */
  allowed(pair) {
    return this.classes.filter((one) => !this.why(one.name, pair));
  }

  /** Why no class at all can join a pair; empty when one can. @param {Pair} pair */
  whyNone([head, tail]) {
    if (head === tail) return "A relation joins two different names.";
    if (this.allowed([head, tail]).length) return "";
    const turned = this.allowed([tail, head]).length ? " The other way round there is one: begin at the other name." : "";
    return `No class leads from ${withArticle(this.kind(head))} to ${withArticle(this.kind(tail))}.${turned}`;
  }

  /** Whether another relation says the same. @param {import("./types").Annotation[]} relations @param {Relation} one */
  isTwin(relations, one) {
    const symmetric = this.classes.find((each) => each.name === one.label)?.symmetric;
    return /** @type {Relation[]} */ (relations).some((other) => {
      if (other.id === one.id || other.label !== one.label) return false;
      const same = other.head === one.head && other.tail === one.tail;
      return same || Boolean(symmetric && other.head === one.tail && other.tail === one.head);
    });
  }

  /** What is wrong with a relation among others; empty when nothing is. @param {import("./types").Annotation[]} relations @param {Relation} one */
  fault(relations, one) {
    const why = this.why(one.label, [one.head, one.tail]);
    if (why) return why;
    return this.isTwin(relations, one) ? `${this.sentence(one)} stands there already.` : "";
  }

  /** @param {Relation} one */
  sentence(one) {
    return `“${this.words(one.head)}” → ${named(one.label)} → “${this.words(one.tail)}”`;
  }

  /** The first relation of a class that is not there yet. @param {string} label @param {import("./types").Annotation[]} relations */
  next(label, relations) {
    for (const head of this.names) {
      for (const tail of this.names) {
        const made = newRelation(label, [head.id, tail.id]);
        if (!this.fault(relations, made)) return made;
      }
    }
    return undefined;
  }

  /** In the text's order of their heads. @param {import("./types").Annotation[]} relations */
  inTextOrder(relations) {
    const place = (/** @type {string} */ id) => this.names.findIndex((one) => one.id === id);
    return /** @type {Relation[]} */ ([...relations]).sort((a, b) => place(a.head) - place(b.head) || place(a.tail) - place(b.tail));
  }
}

/** @param {string} label @param {Pair} pair @returns {Relation} With its keys in the order in which the kernel writes them. */
export function newRelation(label, [head, tail]) {
  return { type: "relation", id: newId(), label, head, tail, accepted: [], attributes: {} };
}

/** @param {OntologyClass} one @param {string} from @param {string} to */
const fits = ({ heads, tails }, from, to) => (!heads.length || heads.includes(from)) && (!tails.length || tails.includes(to));

/** @param {string} label */
const quotedName = (label) => `“${named(label)}”`;

/** @param {string} label */
const withArticle = (label) => `${/^[aeiou]/i.test(label) ? "an" : "a"} ${named(label)}`;

/** @param {string[]} labels */
const list = (labels) => (labels.length ? labels.map(withArticle).join(" or ") : "any name");
