// @ts-check
/** How loud each pitch is at each time: the short-time Fourier transform, for a picture of a sound. */

/** Samples of a window: 23 ms at 22,050 a second, short enough to tell syllables and long enough to tell voices. */
export const WINDOW = 512;
/** Decibels below the loudest place that are drawn at all. */
export const RANGE = 70;
/** Share of the sample before that is taken off, so that the quieter high sounds of speech show (as Praat does). */
const EMPHASIS = 0.97;

/**
 * The power of each frequency of one window, by a radix-2 transform.
 * @param {number} size A power of two.
 */
export function transform(size) {
  const bits = Math.log2(size);
  const turned = Uint16Array.from({ length: size }, (_, n) => {
    let back = 0;
    for (let bit = 0; bit < bits; bit += 1) back |= ((n >> bit) & 1) << (bits - 1 - bit);
    return back;
  });
  const cos = Float64Array.from({ length: size / 2 }, (_, n) => Math.cos((2 * Math.PI * n) / size));
  const sin = Float64Array.from({ length: size / 2 }, (_, n) => Math.sin((2 * Math.PI * n) / size));
  const hann = Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const power = new Float64Array(size / 2);

  /** @param {Float32Array} samples @param {number} middle Index of the window's middle; silence beyond the ends. */
  return (samples, middle) => {
    const first = middle - size / 2;
    for (let n = 0; n < size; n += 1) {
      const at = first + n;
      re[turned[n]] = ((samples[at] ?? 0) - EMPHASIS * (samples[at - 1] ?? 0)) * hann[n];
      im[turned[n]] = 0;
    }
    for (let half = 1; half < size; half *= 2) {
      const stride = size / (2 * half);
      for (let block = 0; block < size; block += 2 * half) {
        for (let n = 0; n < half; n += 1) {
          const [even, odd] = [block + n, block + n + half];
          const [c, s] = [cos[n * stride], -sin[n * stride]];
          const x = re[odd] * c - im[odd] * s;
          const y = re[odd] * s + im[odd] * c;
          re[odd] = re[even] - x;
          im[odd] = im[even] - y;
          re[even] += x;
          im[even] += y;
        }
      }
    }
    for (let n = 0; n < size / 2; n += 1) power[n] = re[n] * re[n] + im[n] * im[n];
    return power;
  };
}

/**
 * The picture of a sound, column by column: 0 for silence (more than {@link RANGE} dB below the loudest), 255 for the loudest.
 * It is made in pieces, so that the page stays alive meanwhile.
 * @param {Float32Array} samples @param {number} hop Samples from column to column. @param {number} rows Frequencies, from 0 up.
 * @returns {Promise<{levels: Uint8ClampedArray, columns: number}>} `levels`: rows of a column lie together.
 */
export async function spectrogram(samples, hop, rows) {
  const columns = Math.max(1, Math.ceil(samples.length / hop));
  const power = new Float32Array(columns * rows);
  const of = transform(WINDOW);
  let loudest = 1e-12;
  for (let column = 0; column < columns; column += 1) {
    const found = of(samples, column * hop);
    for (let row = 0; row < rows; row += 1) {
      power[column * rows + row] = found[row];
      if (found[row] > loudest) loudest = found[row];
    }
    if (column % 500 === 499) await new Promise((resolve) => setTimeout(resolve));
  }
  const levels = new Uint8ClampedArray(power.length);
  for (let n = 0; n < power.length; n += 1) levels[n] = 255 * (1 + (10 * Math.log10(power[n] / loudest + 1e-20)) / RANGE);
  return { levels, columns };
}

/** Lowest and highest sample under each of `width` columns. @param {Float32Array} samples @param {number} from Index. @param {number} to @param {number} width */
export function peaks(samples, from, to, width) {
  const found = new Float32Array(2 * width);
  const step = (to - from) / width;
  for (let x = 0; x < width; x += 1) {
    const first = Math.max(0, Math.floor(from + x * step));
    const last = Math.min(samples.length, Math.max(first + 1, Math.floor(from + (x + 1) * step)));
    let [low, high] = [0, 0];
    for (let n = first; n < last; n += 1) {
      if (samples[n] < low) low = samples[n];
      else if (samples[n] > high) high = samples[n];
    }
    found[2 * x] = low;
    found[2 * x + 1] = high;
  }
  return found;
}
