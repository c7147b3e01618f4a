// @ts-check
/** Plays a sound: all of it or a stretch, once or again and again, slower or faster at the same pitch. */

/** How fast; 1 is as recorded. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5];

/** Samples a second of the decoded sound: pictures show frequencies up to half of it. */
export const RATE = 22_050;

/** Seconds before an end at which it counts as reached: half of what passes between two looks. */
const NEAR = 0.008;

/**
 * The sound as numbers.
 * @param {string} url @returns {Promise<{samples: Float32Array, seconds: number}>} One channel, {@link RATE} samples a second.
 */
export async function decoded(url) {
  try {
    const data = await (await fetch(url)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(data);
    const samples = sound.getChannelData(0).slice();
    for (let channel = 1; channel < sound.numberOfChannels; channel += 1) {
      const other = sound.getChannelData(channel);
      for (let n = 0; n < samples.length; n += 1) samples[n] += other[n];
    }
    return { samples, seconds: sound.duration };
  } catch {
    throw new Error("This sound is damaged and cannot be played. Skip it or flag it; the others go on.");
  }
}

export class Player {
  /** Whether what is played begins again at its end. */
  loop = false;
  /** What is played: it ends there; null: the whole sound. @type {{start: number, end: number} | null} */
  stretch = null;
  #frame = 0;
  #playing = false;

  /** @param {string} url @param {{tick: (time: number) => void, state: () => void}} on `tick`: the time is another one; `state`: it plays, stops or is faster. */
  constructor(url, on) {
    this.on = on;
    this.audio = new Audio(url);
    this.audio.preload = "auto";
    this.audio.className = "gl-audio";
    /** @type {any} */ (this.audio).webkitPreservesPitch = true;
    this.audio.preservesPitch = true;
    for (const name of ["play", "pause", "ratechange", "ended"]) this.audio.addEventListener(name, () => this.#state());
    for (const name of ["seeked", "timeupdate"]) this.audio.addEventListener(name, () => this.#look());
  }

  get time() {
    return this.audio.currentTime;
  }

  get playing() {
    return this.#playing;
  }

  get speed() {
    return this.audio.playbackRate;
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    this.on = { tick() {}, state() {} };
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
    this.audio.remove();
  }

  /** Play from where it stands, or from the beginning of what is over. */
  play() {
    const { stretch, time, audio } = this;
    const end = stretch?.end ?? audio.duration;
    if (stretch && (time < stretch.start - NEAR || time >= end - NEAR)) audio.currentTime = stretch.start;
    else if (time >= end - NEAR) audio.currentTime = 0;
    this.repeat(this.loop);
    audio.play().catch(() => this.#state());
  }

  pause() {
    this.audio.pause();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Play a stretch from its beginning. @param {{start: number, end: number}} stretch */
  playFrom(stretch) {
    this.stretch = stretch;
    this.audio.currentTime = stretch.start;
    this.play();
  }

  /** @param {number} time In seconds; brought into the sound. */
  seek(time) {
    const end = Number.isFinite(this.audio.duration) ? this.audio.duration : time;
    this.audio.currentTime = Math.max(0, Math.min(end, time));
    this.on.tick(this.time);
  }

  /** @param {boolean} on */
  repeat(on) {
    this.loop = on;
    // The element loops the whole by itself, without a gap.
    this.audio.loop = on && !this.stretch;
    this.on.state();
  }

  /** One step slower or faster. @param {1 | -1} step */
  faster(step) {
    const at = SPEEDS.findIndex((each) => each >= this.speed - 0.01);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + step))]);
  }

  /** @param {number} speed */
  setSpeed(speed) {
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
  }

  /** Follow the sound; at the end of a stretch stop or begin again. */
  #look() {
    const { stretch, audio } = this;
    if (stretch && this.playing && audio.currentTime >= stretch.end - NEAR) {
      if (this.loop) audio.currentTime = stretch.start;
      else {
        audio.pause();
        audio.currentTime = stretch.end;
      }
    }
    this.on.tick(audio.currentTime);
  }

  #state() {
    this.#playing = !this.audio.paused && !this.audio.ended;
    cancelAnimationFrame(this.#frame);
    const follow = () => {
      this.#look();
      if (this.playing) this.#frame = requestAnimationFrame(follow);
    };
    if (this.#playing) follow();
    this.on.state();
  }
}
