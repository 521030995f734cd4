// A picture seen through a square window around each pixel: means, and the closing that fills what is narrower. Pure.

/** @import { Raster } from "../types.d.ts" */

/** Every pixel as the mean of those up to `reach` away, the edge's repeated beyond it.
 *  @param {Raster} raster
 *  @param {number} reach
 *  @returns {Raster} */
export const blurred = (raster, reach) =>
  alongBoth(raster, (line, out) => {
    const last = line.length - 1;
    let sum = line[0] * reach;
    for (let place = 0; place <= reach; place++) sum += line[Math.min(place, last)];
    for (let place = 0; place <= last; place++) {
      out[place] = sum / (2 * reach + 1);
      sum += line[Math.min(place + reach + 1, last)] - line[Math.max(place - reach, 0)];
    }
  });

/** The morphological closing: what is darker than both its sides and narrower than `width` pixels takes their light. A
 *  window may reach beyond the edge, where nothing is light: a picture that grows darker there is not filled.
 *  @param {Raster} raster
 *  @param {number} width
 *  @returns {Raster} */
export function closed(raster, width) {
  const around = width - 1; // windows that begin so far outside still hold a pixel
  const lightest = alongBoth(framed(raster, around), (line, out) => largestFrom(line, width, out));
  const darkest = alongBoth(lightest, (line, out) => {
    const darkness = line.map((light) => -light).reverse(); // windows that ended at a place now begin there
    largestFrom(darkness, width, out);
    out.reverse().forEach((value, place) => {
      out[place] = -value;
    });
  });
  const values = raster.values.map((_, pixel) => {
    const [row, column] = [Math.floor(pixel / raster.width), pixel % raster.width];
    return darkest.values[(row + around) * darkest.width + column + around];
  });
  return { ...raster, values };
}

/** The picture behind so many rows and columns without any light.
 *  @param {Raster} raster
 *  @param {number} around
 *  @returns {Raster} */
function framed({ values, width, height }, around) {
  const wide = width + around;
  const all = new Float32Array(wide * (height + around)).fill(-Infinity);
  for (let row = 0; row < height; row++)
    all.set(values.subarray(row * width, (row + 1) * width), (row + around) * wide + around);
  return { values: all, width: wide, height: height + around };
}

/** Writes the largest of the `width` values from each place on; beyond the end there are none. The window doubles, so
 *  that its width costs its logarithm.
 *  @param {Float32Array} line
 *  @param {number} width
 *  @param {Float32Array} out */
export function largestFrom(line, width, out) {
  out.set(line);
  for (let seen = 1; seen < width; ) {
    const step = Math.min(seen, width - seen);
    for (let place = 0; place + step < out.length; place++)
      if (out[place + step] > out[place]) out[place] = out[place + step];
    seen += step;
  }
}

/** `change(line, out)` on every row, then on every column of what that gave.
 *  @param {Raster} raster
 *  @param {(line: Float32Array, out: Float32Array) => void} change
 *  @returns {Raster} */
function alongBoth({ values, width, height }, change) {
  const rows = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    const [from, to] = [row * width, (row + 1) * width];
    change(values.subarray(from, to), rows.subarray(from, to));
  }
  const all = new Float32Array(values.length);
  const [line, out] = [new Float32Array(height), new Float32Array(height)];
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < height; row++) line[row] = rows[row * width + column];
    change(line, out);
    for (let row = 0; row < height; row++) all[row * width + column] = out[row];
  }
  return { values: all, width, height };
}
