// @ts-check
/** What every surface with a sound has: its picture, what plays it, a playhead that both follow. */

import { h } from "./dom.js";
import { Player } from "./player.js";
import { WaveView } from "./wave-view.js";

/** @typedef {import("./times.js").Stretch} Stretch */
/** @typedef {{samples: Float32Array, seconds: number}} Sound */

export class SoundPage {
  busy = false;
  everywhere = true;

  /**
   * @param {import("./types").SurfaceOptions} options @param {Sound} sound
   * @param {{tools: import("./transport.js").Transport, onPlaying: () => void, role: string, lanes?: {node: HTMLElement, names: HTMLElement}}} task
   *   `onPlaying`: a sign of life, for who listens is at work; `role`: what the picture is to a screen reader.
   */
  constructor({ item, url }, sound, { tools, onPlaying, role, lanes }) {
    this.tools = tools;
    const name = `${item.alt || "A sound"}. Space plays it; press question mark for the keys.`;
    this.view = new WaveView(sound, { role, name, lanes: lanes?.node, names: lanes?.names, onZoom: () => tools.update() });
    this.player = new Player(url, {
      tick: (time) => this.#tick(time, onPlaying),
      state: () => tools.update(),
    });
    this.node = h("div", { class: "gl-sound" }, this.view.node, this.player.audio);
  }

  destroy() {
    this.tools.attach(null);
    this.player.destroy();
    this.view.destroy();
    this.node.remove();
  }

  focus() {
    this.view.scroll.focus({ preventScroll: true });
  }

  /** What is played in one go, where it is not all. @returns {Stretch | null} */
  get piece() {
    return null;
  }

  /** Play the piece, or all, from its beginning. */
  again() {
    const { piece, player } = this;
    if (piece) return player.playFrom(piece);
    player.stretch = null;
    player.seek(0);
    player.play();
  }

  /** Loop the piece, or all. */
  turnLoop() {
    const { player } = this;
    const loop = !player.loop;
    player.stretch = loop ? this.piece : null;
    player.repeat(loop);
    if (loop) player.play();
  }

  /** Put the playhead. @param {number} time In seconds. */
  go(time) {
    this.player.seek(time);
    this.view.reveal(this.player.time);
    return true;
  }

  /** @param {number} time @param {() => void} onPlaying */
  #tick(time, onPlaying) {
    this.view.setHead(time);
    if (this.player.playing) onPlaying();
    if (this.player.playing && !this.busy) this.view.reveal(time);
    this.tools.tick();
  }
}
