// How numbers are written.

const NOISE = 1e-12; // what sums of decimals leave where they should be 0

/** Whole numbers in full, others to four significant digits, a real minus sign.
 *  @param {number} value
 *  @returns {string} */
export function shown(value) {
  if (Math.abs(value) < NOISE) return "0";
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return text.replace("-", "−").replace("e+", "e");
}

/** True where `shown` hides digits, so that a sum of shown numbers is only about equal; a float's noise is no digit.
 *  @type {(value: number) => boolean} */
export const rounded = (value) =>
  !Number.isInteger(value) && Math.abs(Number(value.toPrecision(4)) - value) > 1e-9 * Math.abs(value);

/** As a factor or a summand: negative numbers in brackets.
 *  @type {(value: number) => string} */
export const bracketed = (value) => (value < 0 ? `(${shown(value)})` : shown(value));
