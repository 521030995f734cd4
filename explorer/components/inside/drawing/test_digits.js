// Test images by their numbers, fetched a few at a time.

/** @import { Digit } from "../types.d.ts" */

import { SIDE } from "./placing.js";

const AT_ONCE = 200; // what the server sends in one answer
const BYTES = 1 + SIDE * SIDE; // the label, then ink

/** The digits that an answer holds, in the order of `numbers`. Pure.
 *  @param {Uint8Array} bytes
 *  @param {number[]} numbers
 *  @returns {Digit[]} */
export function digitsOf(bytes, numbers) {
  if (bytes.length !== BYTES * numbers.length) throw new Error(`${bytes.length} ≠ ${BYTES} × ${numbers.length}`);
  return numbers.map((number, place) => {
    const [label, ...ink] = bytes.subarray(place * BYTES, (place + 1) * BYTES);
    return { image: Float32Array.from(ink, (value) => value / 255), strokes: [], label, number };
  });
}

/** The test images of these numbers, in their order. Throws where they do not arrive.
 *  @param {string} address
 *  @param {number[]} numbers
 *  @returns {Promise<Digit[]>} */
export async function fetchDigits(address, numbers) {
  const parts = Array.from({ length: Math.ceil(numbers.length / AT_ONCE) }, (_, part) =>
    numbers.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  );
  const fetched = parts.map(async (part) => {
    const answer = await fetch(new URL(`${address}?numbers=${part}`, document.baseURI));
    if (!answer.ok) throw new Error(`${answer.status}`);
    return digitsOf(new Uint8Array(await answer.arrayBuffer()), part);
  });
  return (await Promise.all(fetched)).flat();
}
