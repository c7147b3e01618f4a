// @ts-check
/** Playing a sound by buttons and by keys, as in tools for transcription: back a little, slower, again. */

import { button, drawIcon, h } from "./dom.js";
import { SPEEDS } from "./player.js";
import { TaskBar } from "./taskbar.js";
import { timeText } from "./times.js";

/** Seconds of a jump back or forward. */
const JUMP = 2;

/**
 * @typedef {object} Playing What a surface with a sound has.
 * @property {import("./player.js").Player} player
 * @property {import("./wave-view.js").WaveView} view
 * @property {() => void} again Play what is selected, or all, from its beginning.
 * @property {() => void} turnLoop
 */

/** Keys and what they do, wherever a sound is played. @type {[string, string][]} */
export const PLAY_KEYS = [
  ["Space", "play, stop; also Ctrl+Space"],
  ["P", "play again from the beginning"],
  ["Alt+Left, Alt+Right", "2 seconds back, forward"],
  ["Alt+Down, Alt+Up", "slower, faster; the pitch stays"],
  ["L", "loop: play again and again"],
  ["+, -, 0 with Ctrl", "zoom in, out, all of it; also Ctrl+wheel"],
];

export class Transport extends TaskBar {
  constructor() {
    super("Playing");
    this.node.classList.add("gl-transport");
    const act = (/** @type {(surface: Playing) => void} */ does) => () => this.surface && does(this.surface);
    this.button({ title: "2 seconds back (Alt+Left)", icon: "rewind", text: "2 s" }, (surface) => jump(surface, -1));
    this.play = this.button({ title: "Play or stop", key: "Space", icon: "play", text: "Play" }, (surface) => surface.player.toggle());
    this.button({ title: "Play again and again", key: "L", icon: "turn", text: "Loop" }, (surface) => surface.turnLoop(), (surface) => ({ pressed: surface.player.loop }));
    this.speed = h("select", {
      "aria-label": "Speed",
      title: "Speed (Alt+Down, Alt+Up); the pitch stays",
      onchange: act((surface) => surface.player.setSpeed(Number(this.speed.value))),
    }, ...SPEEDS.map((speed) => h("option", { value: String(speed) }, `${speed} ×`)));
    this.clock = h("output", { class: "gl-clock", "aria-label": "Time in the sound", "aria-live": "off" });
    this.out = button({ title: "Zoom out", key: "-", icon: "minus", onclick: act((surface) => surface.view.zoomBy(-1)) });
    this.into = button({ title: "Zoom in", key: "+", icon: "plus", onclick: act((surface) => surface.view.zoomBy(1)) });
    this.fit = button({ title: "Show the whole sound", key: "Ctrl+0", icon: "fit", onclick: act((surface) => surface.view.zoomBy(0)) });
    this.node.append(this.speed, this.clock, h("span", { class: "gl-gap" }), this.out, this.fit, this.into);
    this.update();
  }

  update() {
    super.update();
    const surface = /** @type {Playing | null} */ (this.surface);
    for (const one of [this.speed, this.out, this.into, this.fit]) one.disabled = !surface;
    if (!surface) return;
    const { player, view } = surface;
    const word = player.playing ? "Stop" : "Play";
    const [icon, text] = this.play.children;
    if (text.textContent !== word) {
      text.textContent = word;
      icon.replaceWith(drawIcon(player.playing ? "pause" : "play"));
    }
    this.speed.value = String(player.speed);
    this.out.disabled = this.fit.disabled = view.zoom === 1;
    this.tick();
  }

  /** The time moves on. */
  tick() {
    const surface = /** @type {Playing | null} */ (this.surface);
    if (surface) this.clock.textContent = `${timeText(surface.player.time)} / ${timeText(surface.view.seconds)}`;
  }
}

/** @param {Playing} surface @param {1 | -1} way */
function jump({ player, view }, way) {
  player.seek(player.time + way * JUMP);
  view.reveal(player.time);
}

/** Keys with Alt, which work while a text is typed, too. @param {Playing} surface @param {KeyboardEvent} event @returns {boolean} Whether the key was one. */
export function altPlays(surface, event) {
  const { player } = surface;
  if (event.code === "ArrowLeft") jump(surface, -1);
  else if (event.code === "ArrowRight") jump(surface, 1);
  else if (event.code === "ArrowDown") player.faster(-1);
  else if (event.code === "ArrowUp") player.faster(1);
  else if (event.code === "KeyP") surface.again();
  else if (event.code === "KeyL") surface.turnLoop();
  else return false;
  return true;
}

/** Keys outside of a text. @param {Playing} surface @param {KeyboardEvent} event @returns {boolean} Whether the key was one. */
export function keyPlays(surface, event) {
  const { player, view } = surface;
  const control = event.ctrlKey || event.metaKey;
  const target = /** @type {HTMLElement} */ (event.target);
  const own = target.closest("button, select, summary, a, input");
  if (event.key === " ") {
    if (own && !control) return false;
    player.toggle();
  } else if (event.key === "+" || event.key === "=") view.zoomBy(1);
  else if (event.key === "-") view.zoomBy(-1);
  else if (event.key === "0" && control) view.zoomBy(0);
  else if (control) return false;
  else if (event.key === "p" || event.key === "P") surface.again();
  else if (event.key === "l" || event.key === "L") surface.turnLoop();
  else return false;
  return true;
}
