// Cover a patch with paper: how much less probable the answer becomes, for each place of the patch. Pure.

import { SIDE } from "../drawing/placing.js";

export const SIZES = [3, 5, 7, 9]; // pixels of the patch's side: odd, so that its middle is a pixel

/** The ink with paper on the patch of `size` pixels around a pixel; null where there is no ink to cover.
 *  @param {Float32Array} ink
 *  @param {number} middle
 *  @param {number} size
 *  @returns {Float32Array | null} */
export function covered(ink, middle, size) {
  const half = (size - 1) / 2;
  const [row, column] = [Math.floor(middle / SIDE), middle % SIDE];
  const result = ink.slice();
  let some = false;
  for (let y = Math.max(0, row - half); y <= Math.min(SIDE - 1, row + half); y++)
    for (let x = Math.max(0, column - half); x <= Math.min(SIDE - 1, column + half); x++) {
      some ||= result[y * SIDE + x] > 0;
      result[y * SIDE + x] = 0;
    }
  return some ? result : null;
}

/** For one pixel after another how probable the answer is with the patch around it covered: written into the array that
 *  comes with each step, NaN where it is still to come. A step takes one pass through the network, or none.
 *  @param {Float32Array} ink
 *  @param {number} size
 *  @param {number} uncovered how probable the answer is as it is
 *  @param {(ink: Float32Array) => number} probability of the answer
 *  @returns {Generator<Float32Array, Float32Array>} */
export function* coverEach(ink, size, uncovered, probability) {
  const found = new Float32Array(SIDE * SIDE).fill(Number.NaN);
  for (let middle = 0; middle < found.length; middle++) {
    const rest = covered(ink, middle, size);
    found[middle] = rest ? probability(rest) : uncovered;
    if (rest) yield found;
  }
  return found;
}
