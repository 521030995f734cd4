// A picture's ink as MNIST would have it: cropped, its longer side scaled to 20 pixels, each of them the mean of what it
// covers, its centre of mass in the middle of 28×28. Pure.

/** @import { Raster, Steps } from "../types.d.ts" */

import { ALL_STEPS, BOX, CENTRE, inWhole255ths, PEN, SIDE, within } from "./placing.js";

const EDGE = 0.1; // ink that is a part of the digit's box
const THIN = 0.75; // of MNIST's pen: a thinner line is drawn over

/** The ink as an image of SIDE × SIDE, of whole 255ths; null where there is none. Without `scale` it stays as large as it
 *  lies in its picture, without `centre` where it lies, without `pen` a thin line stays thin.
 *  @param {Raster} ink
 *  @param {Steps} [steps]
 *  @returns {Float32Array | null} */
export function placePicture(ink, steps = ALL_STEPS) {
  const box = boxOfInk(ink);
  if (!box) return null;
  const frame = Math.max(ink.width, ink.height);
  const scale = steps.scale ? BOX / Math.max(box.width, box.height) : SIDE / frame;
  const around = Math.ceil((2 * PEN) / scale); // room for a thicker line
  const drawn = cropped(ink, box, around);
  const digit = steps.pen ? withMnistsPen(drawn, scale) : drawn;
  const mass = massOf(digit);
  /** @type {(mass: number, start: number, size: number) => number} */
  const shift = (mass, start, size) =>
    steps.centre
      ? within(CENTRE - mass * scale, -around * scale, SIDE - (around + size) * scale)
      : ((start + size / 2) / frame) * SIDE - (around + size / 2) * scale;
  return inWhole255ths(averaged(digit, scale, shift(mass.x, box.left, box.width), shift(mass.y, box.top, box.height)));
}

/** The box of a picture with `around` pixels on each side, paper beyond the edge.
 *  @param {Raster} raster
 *  @param {{ left: number, top: number, width: number, height: number }} box
 *  @param {number} around
 *  @returns {Raster} */
function cropped(raster, box, around) {
  const [width, height] = [box.width + 2 * around, box.height + 2 * around];
  const values = new Float32Array(width * height);
  for (let row = 0; row < box.height; row++) {
    const from = (box.top + row) * raster.width + box.left;
    values.set(raster.values.subarray(from, from + box.width), (row + around) * width + around);
  }
  return { values, width, height };
}

/** {left, top, width, height} of the ink, in pixels; null where there is none.
 *  @param {Raster} ink */
export function boxOfInk({ values, width }) {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  values.forEach((value, pixel) => {
    if (value < EDGE) return;
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  });
  return right < 0 ? null : { left, top, width: right + 1 - left, height: bottom + 1 - top };
}

/** @param {Raster} ink */
function massOf({ values, width }) {
  let [sum, x, y] = [0, 0, 0];
  values.forEach((value, pixel) => {
    sum += value;
    x += value * ((pixel % width) + 0.5);
    y += value * (Math.floor(pixel / width) + 0.5);
  });
  return { x: x / sum, y: y / sum };
}

/** A picture scaled and shifted onto SIDE × SIDE pixels: each is the mean of the area that it covers, paper beyond.
 *  @param {Raster} raster
 *  @param {number} scale
 *  @param {number} dx
 *  @param {number} dy
 *  @returns {Float32Array} */
export function averaged({ values, width, height }, scale, dx, dy) {
  const [columns, rows] = [shares(width, scale, dx), shares(height, scale, dy)];
  const image = new Float32Array(SIDE * SIDE);
  for (const { from: row, to: toRow, share: down } of rows)
    for (const { from: column, to: toColumn, share: across } of columns)
      image[toRow * SIDE + toColumn] += values[row * width + column] * down * across;
  return image;
}

/** Which part of which pixel each of a line's pixels covers, once it is scaled and shifted.
 *  @param {number} length
 *  @param {number} scale
 *  @param {number} shift */
function shares(length, scale, shift) {
  const found = [];
  for (let from = 0; from < length; from++) {
    const [start, end] = [from * scale + shift, (from + 1) * scale + shift];
    for (let to = Math.max(0, Math.floor(start)); to < Math.min(SIDE, end); to++)
      found.push({ from, to, share: Math.min(end, to + 1) - Math.max(start, to) });
  }
  return found;
}

/** A line that would be thinner than THIN of MNIST's is drawn over with a pen that makes it as thick.
 *  @param {Raster} ink
 *  @param {number} scale
 *  @returns {Raster} */
function withMnistsPen(ink, scale) {
  const thickness = thicknessOf(ink, 0.5);
  if (thickness * scale >= 2 * PEN * THIN) return ink;
  const reach = (2 * PEN) / scale / 2 - thickness / 2;
  const away = distances({ ...ink, values: ink.values.map((value) => (value < 0.5 ? 0 : 1)) });
  return {
    ...ink,
    values: ink.values.map((value, pixel) => Math.max(value, within(reach + 0.5 - away[pixel], 0, 1))),
  };
}

/** How thick the lines are, in pixels, of ink of that level and more: on average a line's pixel is a quarter of its width
 *  away from the nearest edge.
 *  @param {Raster} ink
 *  @param {number} level
 *  @returns {number} */
export function thicknessOf(ink, level) {
  const paper = ink.values.map((value) => (value < level ? 1 : 0));
  const inside = distances({ ...ink, values: paper }).filter((_, pixel) => !paper[pixel]);
  return 4 * (inside.reduce((sum, value) => sum + value, 0) / inside.length) - 1;
}

/** How far each pixel is from the nearest that is not 0: by steps to a neighbour's middle, 1 or √2 pixels long.
 *  @param {Raster} raster
 *  @returns {Float32Array} */
export function distances({ values, width, height }) {
  const wide = width + 2; // a rim around it, which is as far as can be
  const away = new Float32Array(wide * (height + 2)).fill(width + height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (values[row * width + column]) away[(row + 1) * wide + column + 1] = 0;
  /** Shortens the way of a pixel by those of its neighbours that come before it, `sign` 1, or after it, −1.
   *  @type {(pixel: number, sign: 1 | -1) => void} */
  const shorten = (pixel, sign) => {
    const [beside, above] = [pixel - sign, pixel - sign * wide];
    const straight = Math.min(away[beside], away[above]) + 1;
    away[pixel] = Math.min(away[pixel], straight, Math.min(away[above - 1], away[above + 1]) + Math.SQRT2);
  };
  for (let row = 1; row <= height; row++)
    for (let column = 1; column <= width; column++) shorten(row * wide + column, 1);
  for (let row = height; row >= 1; row--)
    for (let column = width; column >= 1; column--) shorten(row * wide + column, -1);
  return values.map((_, pixel) => away[(Math.floor(pixel / width) + 1) * wide + (pixel % width) + 1]);
}
