// @ts-check
/**
 * The stand-in model that jupyter-bbox-widget's surface talks to.
 *
 * The surface believes it holds a widget model. What it sets stays here until the shell has looked at it, so
 * nothing half drawn, empty or outside the picture ever reaches the kernel.
 */

export class Facade {
  /** @type {Map<string, Set<() => void>>} */
  #listeners = new Map();

  /**
   * @param {Record<string, unknown>} attributes
   * @param {(name: string, value: any) => void} onSet The surface changed something.
   */
  constructor(attributes, onSet) {
    this.attributes = { ...attributes };
    this.onSet = onSet;
  }

  // --- what the surface calls ------------------------------------------------------------------------

  /** @param {string} name */
  get(name) {
    return this.attributes[name];
  }

  /** @param {string} name @param {unknown} value @param {{silent?: boolean}} [options] */
  set(name, value, options) {
    // The surface clears its list silently before it sets it, to force a change event. We need none.
    if (options?.silent) return;
    this.attributes[name] = value;
    this.onSet(name, value);
  }

  /** @param {string} event @param {() => void} callback */
  on(event, callback) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(callback));
  }

  /** @param {string} event @param {() => void} callback */
  off(event, callback) {
    this.#listeners.get(event)?.delete(callback);
  }

  save_changes() {}

  send() {}

  // --- what the shell calls --------------------------------------------------------------------------

  /** Change something in the surface. @param {string} name @param {unknown} value */
  push(name, value) {
    this.attributes[name] = value;
    for (const callback of this.#listeners.get(`change:${name}`) ?? []) callback();
  }
}

/** @type {Map<string, Promise<any>>} */
const modules = new Map();

/**
 * Import the surface's module from its text; the same text is imported once.
 * @param {string} source
 * @returns {Promise<(options: {model: Facade, el: HTMLElement}) => () => void>} Its `render`.
 */
export async function loadSurface(source) {
  let module = modules.get(source);
  if (!module) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    module = import(/* @vite-ignore */ url).finally(() => URL.revokeObjectURL(url));
    modules.set(source, module);
  }
  return (await module).default.render;
}
