// Digits that a learner keeps, as texts of a link, in the browser's own storage. Pure, but for the storage that is given.

/** @import { Digit } from "../types.d.ts" */

import { ownImage } from "./digit.js";
import { digitOf, digitText } from "./digit_text.js";

/** A digit's text, that of what the network got of it, what it is where known, and what it was read as.
 *  @typedef {{ text: string, seen: string, label: number | null, answer: number }} Kept */

export const MOST_KEPT = 12; // some 28 kB
const KEY = "cnn-explorer-digits";

/** @param {Digit} digit
 *  @param {Float32Array} ink
 *  @param {number} answer
 *  @returns {Kept} */
export const keptOf = (digit, ink, answer) => ({
  text: digitText(digit),
  seen: digitText(ownImage(ink)),
  label: digit.label,
  answer,
});

/** The digit that was kept; a test digit has its image with it.
 *  @param {Kept} kept
 *  @returns {Digit} */
export function digitKept({ text, seen, label }) {
  const digit = digitOf(text);
  return digit.number === null ? digit : { ...digit, label, image: digitOf(seen).image };
}

/** What the storage holds, the newest first; what is none is left out, and a browser without a storage has none.
 *  @param {() => Storage} storage
 *  @returns {Kept[]} */
export function readKept(storage) {
  try {
    const found = JSON.parse(storage().getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isKept).slice(0, MOST_KEPT) : [];
  } catch {
    return []; // it is closed to this page, or somebody else has written there
  }
}

/** @param {() => Storage} storage
 *  @param {Kept[]} kept */
export function writeKept(storage, kept) {
  try {
    storage().setItem(KEY, JSON.stringify(kept));
  } catch {
    // closed or full: they stay until the page is left
  }
}

/** @param {any} one
 *  @returns {one is Kept} */
function isKept(one) {
  const texts = typeof one?.text === "string" && typeof one.seen === "string" && digitOf(one.seen).image;
  return Boolean(texts) && Number.isInteger(one.answer) && (one.label === null || Number.isInteger(one.label));
}
