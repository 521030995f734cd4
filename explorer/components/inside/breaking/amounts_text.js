// How a digit is changed, as a link holds it: "rotate15_thicken-0.5". Pure.

/** @import { Amounts } from "../types.d.ts" */

import { NAMES, NEUTRAL, RANGES } from "./transforms.js";

const BETWEEN = "_";

/** Those that change something.
 *  @param {Amounts} amounts
 *  @returns {string} */
export const amountsText = (amounts) =>
  NAMES.filter((name) => amounts[name] !== NEUTRAL[name])
    .map((name) => `${name}${Number(amounts[name].toFixed(2))}`)
    .join(BETWEEN);

/** The first that changes something.
 *  @param {Amounts} amounts */
export const firstChange = (amounts) => NAMES.find((name) => amounts[name] !== NEUTRAL[name]);

/** The amounts of that text, each within its range; what is none is left out.
 *  @param {string} text
 *  @returns {Amounts} */
export function amountsOf(text) {
  const amounts = { ...NEUTRAL };
  for (const part of text.split(BETWEEN)) {
    const [, word, number] = part.match(/^([a-z]+)(-?\d+(?:\.\d+)?)$/) ?? [];
    const name = NAMES.find((one) => one === word);
    if (name) amounts[name] = Math.min(RANGES[name].highest, Math.max(RANGES[name].lowest, Number(number)));
  }
  return amounts;
}
