// A digit in view, and what the network gets of it: strokes go through the steps of placing.js, an image is taken as it
// is. Pure.

/** @import { Digit, Steps, Stroke } from "../types.d.ts" */

import { inWhole255ths, PEN, paint, place, SIDE } from "./placing.js";

/** An empty pad.
 *  @type {Digit} */
export const NOTHING = { image: null, strokes: [], label: null, number: null };

/** A drawing.
 *  @type {(strokes: Stroke[]) => Digit} */
export const drawn = (strokes) => ({ ...NOTHING, strokes });

/** An image of one's own.
 *  @type {(image: Float32Array) => Digit} */
export const ownImage = (image) => ({ ...NOTHING, image });

/** Whether there is nothing on the pad.
 *  @type {(digit: Digit) => boolean} */
export const isEmpty = ({ image, strokes, number }) => !image && !strokes.length && number === null;

/** Whether it is a test digit whose image has yet to come.
 *  @type {(digit: Digit) => boolean} */
export const isAwaited = ({ image, number }) => !image && number !== null;

/** What the network gets: SIDE × SIDE whole 255ths, 0 for paper and 1 for ink; null where there is no ink, or none yet.
 *  Strokes on an image are as thick as MNIST's, where they lie.
 *  @param {Digit} digit
 *  @param {Steps} [steps] of a drawing
 *  @returns {Float32Array | null} */
export function inkOf(digit, steps) {
  const { image, strokes } = digit;
  if (!image) return isAwaited(digit) ? null : place(strokes, steps);
  const pixels = strokes.map((stroke) =>
    stroke.map(([x, y]) => /** @type {[number, number]} */ ([x * SIDE, y * SIDE])),
  );
  const painted = strokes.length ? inWhole255ths(paint(pixels, PEN)) : null;
  const ink = painted ? image.map((value, pixel) => Math.max(value, painted[pixel])) : image;
  return ink.some((value) => value > 0) ? ink : null;
}

/** The image with another ink at one place, as an image of one's own.
 *  @param {Float32Array | null} ink
 *  @param {number} pixel
 *  @param {number} value between 0 and 1
 *  @returns {Digit} */
export function withInk(ink, pixel, value) {
  const image = ink?.slice() ?? new Float32Array(SIDE * SIDE);
  image[pixel] = Math.round(value * 255) / 255;
  return ownImage(image);
}
