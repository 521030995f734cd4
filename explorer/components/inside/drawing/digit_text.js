// A digit in view as a link holds it. Pure.

/** @import { Digit } from "../types.d.ts" */

import { bytesOf } from "../../base64.js";
import { drawn, inkOf, NOTHING, ownImage } from "./digit.js";
import { SIDE } from "./placing.js";
import { drawingOf, drawingText, MOST_SIGNS } from "./stroke_text.js";

const TEST_DIGIT = "~"; // before its number
const BETWEEN = "."; // a test digit's number and the strokes on it
const IMAGE = "!"; // before an image of one's own
const LONGEST_RUN = 255; // of paper, told by one byte

/** "~1234.…" for a test digit and the strokes on it, "!…" for an image of one's own with what is painted on it, else the
 *  strokes.
 *  @param {Digit} digit
 *  @returns {string} */
export function digitText(digit) {
  const { image, strokes, number } = digit;
  if (number !== null) {
    const named = TEST_DIGIT + number;
    return strokes.length ? named + BETWEEN + drawingText(strokes, MOST_SIGNS - named.length - 1) : named;
  }
  if (!image) return drawingText(strokes);
  const ink = inkOf(digit);
  return ink ? IMAGE + imageText(ink) : "";
}

/** The digit of that text; what is none is left out. A test digit comes without its image, which the server has.
 *  @param {string} text
 *  @returns {Digit} */
export function digitOf(text) {
  const [, number, strokes] = text.match(/^~(\d{1,5})(?:\.(.*))?$/) ?? [];
  if (number) return { ...NOTHING, number: Number(number), strokes: drawingOf(strokes ?? "") };
  if (!text.startsWith(IMAGE)) return drawn(drawingOf(text));
  const image = imageOf(text.slice(1));
  return image ? ownImage(image) : NOTHING;
}

/** The digit with as few points as its link has: what is seen is what a link restores.
 *  @param {Digit} digit
 *  @returns {Digit} */
export function coarsened(digit) {
  const { strokes } = digitOf(digitText(digit));
  return strokes.length && strokes.flat().length < digit.strokes.flat().length ? { ...digit, strokes } : digit;
}

/** Bytes of ink, or, where that is shorter, with runs of paper as 0 and their length; as signs of 6 bits each: at most
 *  1,046.
 *  @param {Float32Array} ink
 *  @returns {string} */
function imageText(ink) {
  const bytes = Array.from(ink, (value) => Math.round(value * 255));
  const packed = [];
  for (let pixel = 0; pixel < bytes.length; pixel++) {
    packed.push(bytes[pixel]);
    if (bytes[pixel]) continue;
    let run = 1;
    while (run < LONGEST_RUN && bytes[pixel + run] === 0) run++;
    packed.push(run);
    pixel += run - 1;
  }
  const shorter = packed.length < bytes.length ? packed : bytes;
  return btoa(String.fromCharCode(...shorter))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The image of that text; null where it is none.
 *  @param {string} text
 *  @returns {Float32Array | null} */
function imageOf(text) {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return null;
  const bytes = bytesOf(text.replaceAll("-", "+").replaceAll("_", "/"));
  const image = bytes.length === SIDE * SIDE ? Array.from(bytes) : unpacked(bytes);
  return image.length === SIDE * SIDE ? Float32Array.from(image, (byte) => byte / 255) : null;
}

/** @param {Uint8Array} packed
 *  @returns {number[]} */
function unpacked(packed) {
  const bytes = [];
  for (let place = 0; place < packed.length; place++)
    if (packed[place]) bytes.push(packed[place]);
    else for (let run = packed[++place] ?? 0; run > 0; run--) bytes.push(0);
  return bytes;
}
