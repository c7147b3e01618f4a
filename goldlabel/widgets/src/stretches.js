// @ts-check
/** Spans as data: made, changed, compared, and the text without what they hide. Nothing here is drawn. */

import { newId } from "./geometry.js";
import { trimmed } from "./words.js";

/** @typedef {import("./types").Span} Span */
/** @typedef {import("./types").Annotation} Annotation */
/** @typedef {import("./text-map.js").TextMap} TextMap */
/** @typedef {import("./words.js").Stretch} Stretch */

/** @param {TextMap} map @param {string} label @param {Stretch} stretch In units. @returns {Span} With its keys in the order in which the kernel writes them. */
export function newSpan(map, label, [start, end]) {
  return { type: "span", id: newId(), label, start: map.toPoint(start), end: map.toPoint(end), accepted: [], alternatives: [], attributes: {} };
}

/** Where a span stands, in units. @param {TextMap} map @param {Annotation} one @returns {Stretch} */
export function stretchOf(map, one) {
  const { start, end } = /** @type {Span} */ (one);
  return [map.toUnit(start), map.toUnit(end)];
}

/** A span put elsewhere. @param {TextMap} map @param {Annotation} one @param {Stretch} stretch @returns {Span} */
export const placed = (map, one, [start, end]) => ({ .../** @type {Span} */ (one), start: map.toPoint(start), end: map.toPoint(end) });

/** In the text's order, so that Tab and the table walk as one reads. @param {Annotation[]} spans @returns {Span[]} */
export const inTextOrder = (spans) => /** @type {Span[]} */ ([...spans]).sort((a, b) => a.start - b.start || b.end - a.end);

/** Whether another span says the same already. @param {Annotation[]} spans @param {Span} one */
export const isTwin = (spans, one) => /** @type {Span[]} */ (spans).some((other) => other.id !== one.id && other.label === one.label && other.start === one.start && other.end === one.end);

/** @param {Span} one */
export const twinSentence = (one) => `This stretch is marked as ${named(one.label)} already.`;

/** A class for people. @param {string} label */
export const named = (label) => label.replaceAll("_", " ");

/**
 * A span with a typed number, or a sentence why that cannot be.
 * @param {TextMap} map @param {Annotation[]} spans @param {Annotation} one @param {"start" | "end"} side @param {string} typed
 * @returns {Span | string}
 */
export function withNumber(map, spans, one, side, typed) {
  const point = Number(typed);
  if (!typed.trim() || !Number.isInteger(point) || point < 0 || point > map.length) return `Write a whole number from 0 to ${map.length}.`;
  const wanted = { .../** @type {Span} */ (one), [side]: point };
  if (wanted.start >= wanted.end) return "The start must be smaller than the end.";
  if (!map.isEdge(map.toUnit(point))) return "That place is inside a character of several parts, for instance an emoji or a letter with its accent.";
  const fitting = trimmed(map.text, stretchOf(map, wanted));
  if (!fitting) return "There is nothing but white space.";
  const after = placed(map, wanted, fitting);
  return isTwin(spans, after) ? twinSentence(after) : after;
}

/** The words of a span on one line, not too long. @param {TextMap} map @param {Annotation} one @param {number} [most] Characters. */
export function quoted(map, one, most = 60) {
  const words = map.text.slice(...stretchOf(map, one)).replace(/\s+/g, " ");
  const parts = [...words];
  return parts.length > most ? `${parts.slice(0, most - 1).join("")}…` : words;
}

/**
 * The text as somebody gets it from whom the spans are hidden. Spans that overlap leave one hole, which has the class
 * of the longest of them.
 * @param {TextMap} map @param {Annotation[]} spans @returns {{text: string, hole: boolean}[]}
 */
export function redacted(map, spans) {
  /** @type {{start: number, end: number, label: string, longest: number}[]} */
  const holes = [];
  for (const one of inTextOrder(spans)) {
    const [start, end] = stretchOf(map, one);
    const last = holes.at(-1);
    if (!last || start >= last.end) holes.push({ start, end, label: one.label, longest: end - start });
    else {
      last.end = Math.max(last.end, end);
      if (end - start > last.longest) [last.label, last.longest] = [one.label, end - start];
    }
  }
  const parts = [];
  let at = 0;
  for (const { start, end, label } of holes) {
    if (start > at) parts.push({ text: map.text.slice(at, start), hole: false });
    parts.push({ text: `[${named(label).toUpperCase()}]`, hole: true });
    at = end;
  }
  if (at < map.text.length) parts.push({ text: map.text.slice(at), hole: false });
  return parts;
}
