// A drawing as MNIST would have it: its box scaled to 20 pixels, painted with a pen of MNIST's width, its centre of mass
// in the middle of 28×28. Strokes stay points until the end: so a line is as thick however large one draws. Pure.

/** @import { Point, Steps, Stroke } from "../types.d.ts" */

export const SIDE = 28; // pixels of an image
export const BOX = 20; // pixels of the longer side of what is painted
export const PEN = 1.15; // radius of MNIST's line, in pixels
export const PAD_PEN = 0.035; // of the pad's, where the pad is 1: as thick, where a digit fills most of it
export const CENTRE = 14.5; // MNIST's centre of mass: the middle of pixel 14, counted from 0; see explorer/core/data/digits.py

/** The nearest image that a file of bytes, or a link, can hold.
 *  @type {(image: Float32Array) => Float32Array} */
export const inWhole255ths = (image) => image.map((ink) => Math.round(ink * 255) / 255);

/** {left, top, width, height} of all points.
 *  @param {Point[]} points */
export function boxOf(points) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Which of the steps are taken; see place. */
export const ALL_STEPS = { scale: true, centre: true, pen: true };

/** The strokes, between 0 and 1 across the pad, as an image of SIDE × SIDE, 0 for paper and 1 for ink; null where nothing
 *  is drawn. `scale`: the box is BOX long, whatever one drew; `centre`: the centre of mass lies in the middle; `pen`: the
 *  line is as thick as MNIST's. Without a step the drawing stays in this as it is on a pad of SIDE pixels. Ink comes in
 *  whole 255ths.
 *  @param {Stroke[]} strokes
 *  @param {Steps} [steps]
 *  @returns {Float32Array | null} */
export function place(strokes, steps = ALL_STEPS) {
  const points = strokes.flat();
  if (!points.length) return null;
  const { left, top, width, height } = boxOf(points);
  const longest = Math.max(width, height);
  const wanted = longest ? (BOX - 2 * PEN) / longest : SIDE; // a dot stays one
  const scale = steps.scale ? wanted : SIDE;
  const radius = steps.pen ? PEN : PAD_PEN * scale;
  /** @type {(dx: number, dy: number) => Float32Array} */
  const painted = (dx, dy) =>
    paint(
      strokes.map((stroke) => stroke.map(([x, y]) => [(x - left) * scale + dx, (y - top) * scale + dy])),
      radius,
    );
  if (!steps.centre) {
    /** @type {(start: number, size: number) => number} */
    const where = (start, size) => (start + size / 2) * SIDE - (size * scale) / 2;
    return inWhole255ths(painted(where(left, width), where(top, height)));
  }
  const [x, y] = [(SIDE - width * scale) / 2, (SIDE - height * scale) / 2];
  const [massX, massY] = centreOfMass(painted(x, y));
  /** @type {(start: number, mass: number, size: number) => number} */
  const centred = (start, mass, size) => within(start + CENTRE - mass, radius, SIDE - radius - size * scale);
  return inWhole255ths(painted(centred(x, massX, width), centred(y, massY, height)));
}

/** The nearest number between two.
 *  @type {(value: number, lowest: number, highest: number) => number} */
export const within = (value, lowest, highest) => Math.min(Math.max(value, lowest), Math.max(lowest, highest));

/** The ink's mean place, in pixels.
 *  @param {Float32Array} image
 *  @returns {Point} */
export function centreOfMass(image) {
  let [sum, sumX, sumY] = [0, 0, 0];
  image.forEach((ink, pixel) => {
    sum += ink;
    sumX += ink * ((pixel % SIDE) + 0.5);
    sumY += ink * (Math.floor(pixel / SIDE) + 0.5);
  });
  return sum ? [sumX / sum, sumY / sum] : [SIDE / 2, SIDE / 2];
}

/** Strokes in pixels as ink: a line of that radius whose edge fades over a pixel.
 *  @param {Stroke[]} strokes
 *  @param {number} radius
 *  @returns {Float32Array} */
export function paint(strokes, radius) {
  const image = new Float32Array(SIDE * SIDE);
  for (const stroke of strokes)
    stroke.forEach((to, number) => {
      paintLine(image, stroke[Math.max(0, number - 1)], to, radius);
    });
  return image;
}

/** @param {Float32Array} image
 *  @param {Point} from
 *  @param {Point} to
 *  @param {number} radius */
function paintLine(image, [ax, ay], [bx, by], radius) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  /** @type {(one: number, other: number) => [number, number]} */
  const reach = (one, other) => [
    Math.max(0, Math.floor(Math.min(one, other) - radius - 1)),
    Math.min(SIDE - 1, Math.floor(Math.max(one, other) + radius + 1)),
  ];
  const [[left, right], [top, bottom]] = [reach(ax, bx), reach(ay, by)];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const [x, y] = [column + 0.5 - ax, row + 0.5 - ay];
      const along = length ? within((x * dx + y * dy) / length, 0, 1) : 0;
      const ink = within(radius + 0.5 - Math.hypot(x - along * dx, y - along * dy), 0, 1);
      const pixel = row * SIDE + column;
      image[pixel] = Math.max(image[pixel], ink);
    }
}
