// @ts-check
/** Drawing polygons: outlines by click or freehand, their points moved, added and deleted. */

import { Canvas } from "./canvas.js";
import { s } from "./dom.js";
import { newId } from "./geometry.js";
import { Outline } from "./outline.js";
import { between, kept } from "./points.js";
import { covers, crossingsOf, middleAt, middleOf, movedBy, polygonAt, tiny, vertexAt, walked, withMore, withoutPoint, withPoint } from "./polygon-shape.js";

/** @typedef {import("./types").Polygon} Polygon */
/** @typedef {import("./types").Point} Point */
/** @typedef {import("./strokes.js").Stroke} Stroke */
/** @typedef {import("./polygon-shape.js").Vertex} Vertex */

/** Screen pixels: a shorter side has no handle in its middle. */
const ROOM_FOR_MIDDLE = 26;

export class PolygonSurface extends Canvas {
  outline = new Outline(this);
  /** The selected point. @type {Vertex | null} */
  vertex = null;
  /** The annotation that gets the outline under way as a further part. @type {string | null} */
  partOf = null;
  /** The next press draws, whatever lies there. */
  armed = false;
  /** What the present stroke does. @type {{kind: "vertex" | "move" | "pick" | "none", id?: string}} */
  #doing = { kind: "none" };
  /** Why the last outline was dropped. */
  #note = "";

  // --- how it looks ------------------------------------------------------------------------------------

  /** @param {import("./types").Annotation} one */
  shape(one) {
    const polygon = /** @type {Polygon} */ (one);
    const wrong = crossingsOf(polygon);
    const nodes = polygon.rings.flatMap((ring) => {
      const d = pathOf(ring);
      return [s("path", { class: "gl-under", d }), s("path", { class: wrong.length ? "gl-area gl-crossed" : "gl-area", d })];
    });
    const rings = wrong.map(([cx, cy]) => s("circle", { class: "gl-fault", cx, cy, r: this.px(8) }));
    const top = highest(polygon.rings.flat());
    return [...nodes, ...rings, this.nameAt(one, top)];
  }

  overlay() {
    const color = this.colors.get(this.partOf ? (this.one?.label ?? this.label) : this.label) ?? "#888888";
    return [...this.#handles(), ...this.outline.nodes(color)];
  }

  #handles() {
    const one = this.polygon;
    if (!one || this.outline.open) return [];
    const nodes = [];
    for (const [n, ring] of one.rings.entries()) {
      const small = ring.length > 80;
      for (const [k, point] of ring.entries()) {
        const middle = middleOf(ring, k, this.px(ROOM_FOR_MIDDLE));
        if (middle) nodes.push(s("circle", { class: "gl-middle", cx: middle[0], cy: middle[1], r: this.px(3.5) }));
        const chosen = this.vertex?.ring === n && this.vertex.index === k;
        nodes.push(s("circle", { class: chosen ? "gl-handle gl-picked" : "gl-handle", cx: point[0], cy: point[1], r: this.px(chosen ? 7 : small ? 3 : 4.5) }));
      }
    }
    return nodes;
  }

  hint() {
    const { outline } = this;
    if (outline.open) {
      const count = `${outline.points.length} ${outline.points.length === 1 ? "point" : "points"}.`;
      return { text: `${count} Close it with a click on the first point, a double click or Enter. Backspace takes a point back, Esc gives up.` };
    }
    if (this.#note) return { text: this.#note };
    if (this.partOf) return { text: "Draw a further part of the selected polygon, for what lies beyond the thing in front." };
    const wrong = this.annotations.findIndex((one) => crossingsOf(one).length > 0);
    if (wrong >= 0) return { text: `The outline of polygon ${wrong + 1} crosses itself where the red rings are. It is saved, but wrong: move a point until no lines cross.`, bad: true };
    if (this.vertex) return { text: "The arrows move this point, Delete removes it, I adds one after it. Esc lets go of it." };
    if (this.armed) return { text: `Draw the next ${this.label}. With the keyboard: arrows move the cross, Space sets a point, Enter closes.` };
    return null;
  }

  // --- pointer -------------------------------------------------------------------------------------------

  /** @param {Stroke} stroke */
  down({ at, shift, double }) {
    this.#doing = { kind: "none" };
    this.#note = "";
    if (this.outline.open) {
      if (double || this.outline.closes(at)) return this.close();
      this.outline.add(at);
      return this.options.onHint();
    }
    const one = this.polygon;
    if (one && shift) this.partOf = one.id;
    if (this.partOf || this.armed) return this.#begin(at);
    if (one && this.#grab(one, at)) return;
    const under = polygonAt(this.annotations, at);
    if (under) this.#doing = { kind: "pick", id: under.id };
    else this.#begin(at);
  }

  /** @param {Stroke} stroke */
  drag({ from, at, moved }) {
    const one = this.polygon;
    if (this.#doing.kind === "pick" && moved) {
      this.#doing = { kind: "none" };
      this.#begin(from);
    }
    if (this.outline.open) return this.outline.drag(at);
    if (!one || !moved || this.#doing.kind === "pick") return;
    if (this.#doing.kind === "vertex" && this.vertex) this.preview = withPoint(one, this.vertex, kept(at, this.item));
    const still = /** @type {Polygon} */ (this.annotations.find((each) => each.id === this.selected));
    if (this.#doing.kind === "move") this.preview = movedBy(still, at[0] - from[0], at[1] - from[1], this.item);
  }

  /** @param {Stroke} stroke */
  up({ moved }) {
    const { kind, id } = this.#doing;
    this.#doing = { kind: "none" };
    if (this.outline.open) {
      if (this.outline.release()) this.close();
      return this.options.onHint();
    }
    if (kind === "pick") return this.options.onSelect(id ?? null);
    if (this.preview) return this.replace(this.preview, "move");
    if (kind === "move" && !moved) this.vertex = null;
    this.rest();
  }

  /** @param {Point} at */
  hover(at) {
    if (this.outline.open) {
      this.outline.follow = at;
      return this.pointAs("cross");
    }
    const one = this.polygon;
    if (this.armed || this.partOf) return this.pointAs("cross");
    if (one && (vertexAt(one, at, this.reach) || middleAt(one, at, this.reach, this.px(ROOM_FOR_MIDDLE)))) return this.pointAs("grab");
    if (one && covers(one, at)) return this.pointAs("move");
    this.pointAs(polygonAt(this.annotations, at) ? "pick" : "cross");
  }

  // --- keys and the shell's calls ------------------------------------------------------------------------

  /** @param {KeyboardEvent} event @param {boolean} drawing */
  key(event, drawing) {
    const plain = !event.ctrlKey && !event.metaKey;
    const action = plain && this.#keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action && action()) return true;
    return super.key(event, drawing);
  }

  /** What keys do; false: the key means something else now. @type {Record<string, () => boolean>} */
  #keys = {
    Enter: () => this.outline.open && (this.close(), true),
    Escape: () => this.#let(),
    p: () => this.beginPart(),
    i: () => this.#insert(),
    ",": () => this.#walk(-1),
    ".": () => this.#walk(1),
  };

  get crossing() {
    return super.crossing || this.armed || this.partOf !== null;
  }

  /** Draw a new one, whatever lies under the pointer. */
  begin() {
    this.#note = "";
    this.armed = true;
    this.partOf = null;
    this.vertex = null;
    this.options.onSelect(null);
    this.cross ??= /** @type {Point} */ (this.options.centre().map(Math.round));
    this.draw();
    this.options.onHint();
  }

  /** Draw a further part of the selected one. */
  beginPart() {
    if (!this.polygon || this.outline.open) return false;
    this.partOf = this.selected;
    this.cross ??= /** @type {Point} */ (this.options.centre().map(Math.round));
    this.draw();
    this.options.onHint();
    return true;
  }

  /** Close the outline under way. */
  close() {
    const part = this.annotations.find((one) => one.id === this.partOf);
    const ring = this.outline.take();
    this.partOf = null;
    this.armed = false;
    this.cross = null;
    if (ring.length < 3 || tiny(ring)) {
      this.#note = "That outline was too small to keep: it needs three points with room between them.";
      return this.rest();
    }
    if (part) return this.replace(/** @type {Polygon} */ ({ ...part, rings: [.../** @type {Polygon} */ (part).rings, ring] }), "draw");
    const fresh = /** @type {Polygon} */ ({ type: "polygon", id: newId(), label: this.label, rings: [ring], attributes: {} });
    this.commit([...this.annotations, fresh], "draw", fresh.id);
  }

  abandon() {
    this.outline.clear();
    this.partOf = null;
    this.armed = false;
    this.#doing = { kind: "none" };
  }

  settle() {
    if (!this.outline.open) return;
    if (this.outline.points.length > 2) this.close();
    else this.cancel();
  }

  undo() {
    return this.outline.open && this.remove();
  }

  /** The last point of the outline, or the selected point. */
  remove() {
    if (this.outline.open) {
      if (!this.outline.back()) this.cancel();
      this.draw();
      this.options.onHint();
      return true;
    }
    const one = this.polygon;
    if (!one || !this.vertex) return false;
    const after = withoutPoint(one, this.vertex);
    if (!after) return false; // nothing would be left: the whole polygon goes
    const { ring, index } = this.vertex;
    this.vertex = after.rings.length === one.rings.length ? { ring, index: index % after.rings[ring].length } : null;
    this.replace(after, "delete");
    return true;
  }

  /** @param {number} dx @param {number} dy */
  nudge(dx, dy) {
    const one = this.polygon;
    if (!one || !this.vertex) return false;
    const [x, y] = one.rings[this.vertex.ring][this.vertex.index];
    this.replace(withPoint(one, this.vertex, kept([x + dx, y + dy], this.item)), "move");
    return true;
  }

  /** @param {string | null} id */
  select(id) {
    if (id !== this.selected) this.vertex = null;
    if (id !== null && id !== this.selected && !this.outline.open) this.armed = false;
    super.select(id);
  }

  /** @param {import("./types").Annotation[]} annotations */
  show(annotations) {
    this.annotations = annotations;
    const ring = this.vertex && this.polygon?.rings[this.vertex.ring];
    if (this.vertex && !ring?.[this.vertex.index]) this.vertex = null;
    this.draw();
  }

  /** The selected polygon as it is shown. */
  get polygon() {
    return /** @type {Polygon | undefined} */ (this.one);
  }

  // --- inside ----------------------------------------------------------------------------------------------

  /** @param {Point} at */
  #begin(at) {
    this.start();
    if (!this.partOf && this.selected !== null) this.options.onSelect(null);
    this.vertex = null;
    this.outline.add(at);
    this.options.onHint();
  }

  /** Take hold of a point, of a side's middle or of the whole. @param {Polygon} one @param {Point} at */
  #grab(one, at) {
    const vertex = vertexAt(one, at, this.reach);
    const middle = vertex ? null : middleAt(one, at, this.reach, this.px(ROOM_FOR_MIDDLE));
    if (!vertex && !middle && !covers(one, at)) return false;
    this.start();
    this.#doing = { kind: vertex || middle ? "vertex" : "move" };
    this.vertex = vertex ?? (middle && { ring: middle.ring, index: middle.index + 1 }) ?? this.vertex;
    if (middle) this.preview = withMore(one, middle, kept(at, this.item));
    this.options.onHint();
    return true;
  }

  /** Let go of the selected point or of the wish to draw. */
  #let() {
    if (this.busy || !(this.vertex || this.armed || this.partOf)) return false;
    this.vertex = null;
    this.armed = false;
    this.partOf = null;
    this.cross = null;
    this.draw();
    this.options.onHint();
    return true;
  }

  #insert() {
    const one = this.polygon;
    if (!one || !this.vertex || this.busy) return false;
    const { ring, index } = this.vertex;
    const points = one.rings[ring];
    const after = withMore(one, this.vertex, kept(between(points[index], points[(index + 1) % points.length]), this.item));
    this.vertex = { ring, index: index + 1 };
    this.replace(after, "move");
    return true;
  }

  /** Select the next or the previous point. @param {number} step */
  #walk(step) {
    const one = this.polygon;
    if (!one || this.busy) return false;
    this.vertex = walked(one, this.vertex, step);
    this.cross = null;
    this.draw();
    this.options.onHint();
    return true;
  }
}

/** @param {Point[]} ring */
const pathOf = (ring) => `M${ring.map((point) => point.join(" ")).join("L")}Z`;

/** @param {Point[]} points */
const highest = (points) => points.reduce((top, point) => (point[1] < top[1] ? point : top));
