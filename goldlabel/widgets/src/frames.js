// @ts-check
/**
 * The frames of a clip, and how they get here.
 *
 * Where the Jupyter server has them among its files they are fetched by address, else the kernel sends them in small
 * batches. One refusal of the server is enough to turn to the kernel for good. Compressed frames are all kept (a clip
 * of 600 has some 20 MB), decoded ones only near the playhead (each has 1 MB and more).
 */

/** Decoded frames that are kept. */
const DECODED = 48;
/** Requests under way at a time, and frames in one batch of the kernel. */
const [REQUESTS, BATCH] = [6, 8];
/** Frames that are decoded before they are asked for. */
const AHEAD = 6;
/** Milliseconds after which the kernel is asked again. */
const PATIENCE = 4000;

/**
 * @typedef {object} Source
 * @property {number} count Frames of the clip.
 * @property {string} address Of the folder on this server, with a slash at its end; "" where there is none.
 * @property {(from: number, count: number) => void} ask Ask the kernel; the answer comes to {@link Frames.take}.
 */

/** The name of a frame's file. @param {number} frame */
export const fileOf = (frame) => `${String(frame).padStart(3, "0")}.jpg`;

export class Frames {
  /** @type {Map<number, Blob>} */
  #blobs = new Map();
  /** Newest last. @type {Map<number, ImageBitmap>} */
  #bitmaps = new Map();
  /** @type {Set<number>} */
  #decoding = new Set();
  /** @type {Map<number, string>} Frames that cannot be had, and why. */
  #faults = new Map();
  /** @type {Set<number>} */
  #fetching = new Set();
  /** When the kernel was asked for a batch. @type {{from: number, time: number} | null} */
  #asked = null;
  #near = 0;
  #way = 1;
  #closed = false;

  /** @param {Source} source @param {(frame: number) => void} onReady A frame came, can be painted, or cannot be had. */
  constructor(source, onReady) {
    this.source = source;
    this.onReady = onReady;
    this.byAddress = source.address !== "";
    this.timer = setInterval(() => this.#fetch(), 1000);
  }

  /** How many are here. */
  get here() {
    return this.#blobs.size;
  }

  /** @param {number} frame @returns {ImageBitmap | undefined} */
  bitmap(frame) {
    const found = this.#bitmaps.get(frame);
    if (!found) return undefined;
    this.#bitmaps.delete(frame);
    this.#bitmaps.set(frame, found);
    return found;
  }

  /** Why a frame cannot be shown, or "". @param {number} frame */
  fault(frame) {
    return this.#faults.get(frame) ?? "";
  }

  /** Frames near this one are needed next. @param {number} frame @param {number} way 1 or -1: where the playhead goes. */
  turnTo(frame, way) {
    this.#near = frame;
    this.#way = way;
    this.#fetch();
    for (let n = 0; n <= AHEAD; n++) this.#decode(frame + n * way);
    this.#decode(frame - way);
  }

  /** The kernel's answer. @param {{from: number, faults: string[]}} message @param {(DataView | ArrayBuffer)[]} buffers */
  take({ from, faults }, buffers) {
    this.#asked = null;
    faults.forEach((fault, n) => {
      if (fault) this.#give(from + n, fault);
      else this.#keep(from + n, new Blob([/** @type {BlobPart} */ (buffers[n])]));
    });
    this.#fetch();
  }

  close() {
    this.#closed = true;
    clearInterval(this.timer);
    for (const bitmap of this.#bitmaps.values()) bitmap.close();
    this.#bitmaps.clear();
    this.#blobs.clear();
  }

  // --- inside ------------------------------------------------------------------------------------------

  /** The next frames that are not here, the nearest first. @param {number} most @returns {number[]} */
  #wanted(most) {
    const { count } = this.source;
    const found = [];
    // Ahead of the playhead counts three times as much as behind it.
    for (let [ahead, behind] = [0, 1]; found.length < most && (ahead < count || behind < count); ) {
      const step = ahead <= 3 * behind && ahead < count ? ahead++ : -behind++;
      const frame = this.#near + step * this.#way;
      if (frame >= 0 && frame < count && !this.#blobs.has(frame) && !this.#faults.has(frame) && !this.#fetching.has(frame)) found.push(frame);
    }
    return found;
  }

  #fetch() {
    if (this.#closed) return;
    if (this.byAddress) for (const frame of this.#wanted(REQUESTS - this.#fetching.size)) void this.#request(frame);
    else this.#askKernel();
  }

  /** @param {number} frame */
  async #request(frame) {
    this.#fetching.add(frame);
    try {
      const answer = await fetch(this.source.address + fileOf(frame));
      if (!answer.ok || !answer.headers.get("content-type")?.startsWith("image/")) throw new Error(String(answer.status));
      const blob = await answer.blob();
      this.#fetching.delete(frame);
      this.#keep(frame, blob);
    } catch {
      this.#fetching.delete(frame);
      this.byAddress = false;
    }
    this.#fetch();
  }

  #askKernel() {
    if (this.#asked && Date.now() - this.#asked.time < PATIENCE) return;
    const [first] = this.#wanted(1);
    if (first === undefined) return;
    const from = this.#way > 0 ? first : Math.max(0, first - BATCH + 1);
    this.#asked = { from, time: Date.now() };
    this.source.ask(from, Math.min(BATCH, this.source.count - from));
  }

  /** @param {number} frame @param {Blob} blob */
  #keep(frame, blob) {
    if (this.#closed) return;
    this.#blobs.set(frame, blob);
    this.onReady(frame);
    if (Math.abs(frame - this.#near) <= AHEAD) this.#decode(frame);
  }

  /** @param {number} frame @param {string} fault */
  #give(frame, fault) {
    this.#faults.set(frame, fault);
    this.onReady(frame);
  }

  /** @param {number} frame */
  async #decode(frame) {
    const blob = this.#blobs.get(frame);
    if (!blob || this.#bitmaps.has(frame) || this.#decoding.has(frame) || this.#faults.has(frame)) return;
    this.#decoding.add(frame);
    try {
      const bitmap = await createImageBitmap(blob);
      if (this.#closed) return bitmap.close();
      this.#bitmaps.set(frame, bitmap);
      for (const [old, each] of this.#bitmaps) {
        if (this.#bitmaps.size <= DECODED) break;
        this.#bitmaps.delete(old);
        each.close();
      }
      this.onReady(frame);
    } catch {
      if (!this.#closed) this.#give(frame, "This frame is damaged and cannot be shown.");
    } finally {
      this.#decoding.delete(frame);
    }
  }
}
