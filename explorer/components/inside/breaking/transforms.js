// What may happen to a digit before it is read: seven transformations of its ink, each by one number. The curves over the
// test set are measured with the same in Python, explorer/core/data/transformations.py, and a test holds the two
// together. One order: the pen, then scaling, rotating and shifting in one go, then inverting, then noise. Pure.

/** @import { Amounts } from "../types.d.ts" */

import { SIDE } from "../drawing/placing.js";

const PIXELS = SIDE * SIDE;
const CENTRE = (SIDE - 1) / 2; // the image's middle: of its first pixel, counted from 0, the centre is 0

/** What each number may be, the one that changes nothing, and a slider's step: pixels; pixels; degrees, clockwise; times
 *  as large; pixels that the line gains on each side, or loses; standard deviation; the share of the negative.
 *  @type {Record<keyof Amounts, { lowest: number, highest: number, neutral: number, step: number }>} */
export const RANGES = {
  right: { lowest: -10, highest: 10, neutral: 0, step: 0.5 },
  down: { lowest: -10, highest: 10, neutral: 0, step: 0.5 },
  rotate: { lowest: -75, highest: 75, neutral: 0, step: 1 },
  scale: { lowest: 0.5, highest: 1.5, neutral: 1, step: 0.05 },
  thicken: { lowest: -1, highest: 1.5, neutral: 0, step: 0.05 },
  noise: { lowest: 0, highest: 1, neutral: 0, step: 0.02 },
  invert: { lowest: 0, highest: 1, neutral: 0, step: 0.02 },
};
export const NAMES = /** @type {(keyof Amounts)[]} */ (Object.keys(RANGES));

/** The amounts that change nothing.
 *  @type {Readonly<Amounts>} */
export const NEUTRAL = { right: 0, down: 0, rotate: 0, scale: 1, thicken: 0, noise: 0, invert: 0 };

/** Ink, 28×28 from 0 for paper to 1, as it is after the transformations; the same array where they change nothing.
 *  `number` is the image's among the test digits: each has noise of its own, always the same.
 *  @param {Float32Array} ink
 *  @param {Amounts} amounts
 *  @param {number} [number]
 *  @returns {Float32Array} */
export function transformed(ink, amounts, number = 0) {
  const { right, down, rotate, scale, thicken, noise, invert } = amounts;
  let changed = thicken ? thickened(ink, thicken) : ink;
  if (right || down || rotate || scale !== 1) changed = moved(changed, amounts);
  if (invert) changed = changed.map((value) => value * (1 - 2 * invert) + invert);
  if (noise) {
    const random = normalNoise(number);
    changed = changed.map((value, pixel) => value + noise * random[pixel]);
  }
  return changed === ink ? ink : changed.map((value) => Math.min(1, Math.max(0, value)));
}

/** As a pen that is `radius` pixels thicker would have drawn, its edge fading over a pixel; below 0, thinner.
 *  @param {Float32Array} ink
 *  @param {number} radius */
function thickened(ink, radius) {
  const negative = (/** @type {Float32Array} */ values) => values.map((value) => 1 - value);
  return radius >= 0 ? spread(ink, radius, 0) : negative(spread(negative(ink), -radius, 1));
}

/** Each pixel as high as the highest within `radius`; from there on, over one more pixel, these count less.
 *  @param {Float32Array} values
 *  @param {number} radius
 *  @param {number} outside */
function spread(values, radius, outside) {
  const reach = Math.ceil(radius);
  const result = values.slice();
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++) {
      const weight = Math.min(1, radius + 1 - Math.hypot(x, y));
      if (weight <= 0) continue;
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const [row, column] = [Math.floor(pixel / SIDE) + y, (pixel % SIDE) + x];
        const value = (x || y ? at(values, row, column, outside) : values[pixel]) * weight;
        if (value > result[pixel]) result[pixel] = value;
      }
    }
  return result;
}

/** @type {(values: Float32Array, row: number, column: number, outside: number) => number} */
const at = (values, row, column, outside) =>
  row >= 0 && row < SIDE && column >= 0 && column < SIDE ? values[row * SIDE + column] : outside;

/** Scaled and rotated about the middle, then shifted; between pixels by the four around, beyond the edge paper.
 *  @param {Float32Array} ink
 *  @param {Amounts} amounts */
function moved(ink, { right, down, rotate, scale }) {
  const angle = (rotate * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return ink.map((_, pixel) => {
    const [x, y] = [(pixel % SIDE) - CENTRE - right, Math.floor(pixel / SIDE) - CENTRE - down];
    const [column, row] = [(cosine * x + sine * y) / scale + CENTRE, (cosine * y - sine * x) / scale + CENTRE];
    const [left, top] = [Math.floor(column), Math.floor(row)];
    const [across, below] = [column - left, row - top];
    const upper = at(ink, top, left, 0) * (1 - across) + at(ink, top, left + 1, 0) * across;
    const lower = at(ink, top + 1, left, 0) * (1 - across) + at(ink, top + 1, left + 1, 0) * across;
    return upper * (1 - below) + lower * below;
  });
}

/** Normal random numbers for image `number` of the test digits. Pixel p and pixel p + 392 are one pair by Box and
 *  Muller's transform, from the hashes of 784 n + 2 p and 784 n + 2 p + 1.
 *  @param {number} number */
function normalNoise(number) {
  const [noise, half] = [new Float32Array(PIXELS), PIXELS / 2];
  for (let pixel = 0; pixel < half; pixel++) {
    const [one, other] = [0, 1].map((place) => hashed(number * PIXELS + 2 * pixel + place) / 2 ** 32);
    const distance = Math.sqrt(-2 * Math.log(one + 0.5 / 2 ** 32));
    noise[pixel] = distance * Math.cos(2 * Math.PI * other);
    noise[pixel + half] = distance * Math.sin(2 * Math.PI * other);
  }
  return noise;
}

/** 32 bits that look random (Chris Wellons's lowbias32); 0 would stay 0, so it begins elsewhere.
 *  @param {number} counter */
function hashed(counter) {
  let bits = (counter + 0x9e3779b9) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
