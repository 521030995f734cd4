// Strokes as a link holds them. Pure.

/** @import { Point, Stroke } from "../types.d.ts" */

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const FINEST = 511; // steps across the pad: a point's two coordinates have 9 bits each, together three signs
const BETWEEN = "."; // strokes
export const MOST_SIGNS = 1200; // of a digit; a longer drawing is made coarser

/** The nearest coordinate that a link can hold.
 *  @type {(part: number) => number} */
export const snapped = (part) => Math.min(FINEST, Math.max(0, Math.round(part * FINEST))) / FINEST;

/** Three signs a point; of a long drawing as many points as `most` signs hold.
 *  @param {Stroke[]} strokes
 *  @param {number} [most]
 *  @returns {string} */
export function drawingText(strokes, most = MOST_SIGNS) {
  for (let every = 1; ; every++) {
    const text = strokes.map((stroke) => strokeText(stroke, every)).join(BETWEEN);
    if (text.length <= most || every > most) return text.slice(0, most);
  }
}

/** Every so many points, the last one too; of equal ones in a row the first.
 *  @param {Stroke} stroke
 *  @param {number} every */
function strokeText(stroke, every) {
  const kept = stroke.filter((_, number) => number % every === 0 || number === stroke.length - 1).map(pointText);
  return kept.filter((point, number) => point !== kept[number - 1]).join("");
}

/** @type {(point: Point) => string} */
function pointText(point) {
  const [x, y] = point.map((part) => Math.round(snapped(part) * FINEST));
  const bits = x * (FINEST + 1) + y;
  return SIGNS[bits >> 12] + SIGNS[(bits >> 6) & 63] + SIGNS[bits & 63];
}

/** The strokes of that text; what is none is left out.
 *  @param {string} text
 *  @returns {Stroke[]} */
export function drawingOf(text) {
  const strokes = text.split(BETWEEN).map((stroke) => (stroke.match(/.../g) ?? []).flatMap(pointOf));
  return strokes.filter((stroke) => stroke.length);
}

/** @param {string} signs
 *  @returns {Point[]} */
function pointOf(signs) {
  const [high, middle, low] = [...signs].map((sign) => SIGNS.indexOf(sign));
  if (Math.min(high, middle, low) < 0) return [];
  const bits = (high << 12) | (middle << 6) | low;
  return [[(bits >> 9) / FINEST, (bits & FINEST) / FINEST]];
}
