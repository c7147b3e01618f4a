// @ts-check
/** A sound that is only listened to: the shell shows the answer about it in its buttons. */

import { decoded } from "./player.js";
import { SoundPage } from "./sound-page.js";
import { altPlays, keyPlays, Transport } from "./transport.js";

/** @typedef {import("./types").Surface} Surface */

/** @implements {Surface} */
export class SoundSurface extends SoundPage {
  /** @param {import("./types").SurfaceOptions} options @param {() => void} onPlaying */
  static async open(options, onPlaying) {
    return new SoundSurface(options, await decoded(options.url), onPlaying);
  }

  /** @param {import("./types").SurfaceOptions} options @param {import("./sound-page.js").Sound} sound @param {() => void} onPlaying */
  constructor(options, sound, onPlaying) {
    const tools = new Transport();
    super(options, sound, { tools, onPlaying, role: "img" });
    this.view.inner.addEventListener("pointerdown", (event) => event.button === 0 && this.player.seek(this.view.time(event)));
    this.node.prepend(tools.node);
    options.host.append(this.node);
    tools.attach(this);
    tools.update();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (keyPlays(this, event)) return true;
    // The shell takes the space bar for moving a picture; here it presses the button that has the focus.
    const pressed = event.key === " " && this.node.contains(target) && target.closest("button");
    if (pressed) pressed.click();
    return Boolean(pressed);
  }

  /** @param {KeyboardEvent} event */
  alt(event) {
    return event.altKey && !event.ctrlKey && altPlays(this, event);
  }

  show() {}

  select() {}

  choose() {}

  cancel() {}
}
