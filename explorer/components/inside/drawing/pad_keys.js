// What a key asks for on a cell of the pad. Pure.

const STEP = 32 / 255; // of + and −

/** The ink that a key asks for where `ink` stands; null of one that asks for none.
 *  @param {string} key
 *  @param {number} ink
 *  @returns {number | null} */
export function inkOfKey(key, ink) {
  if (key === " " || key === "Enter") return ink < 0.5 ? 1 : 0;
  if (key === "+" || key === "=") return Math.min(1, ink + STEP);
  if (key === "-" || key === "−") return Math.max(0, ink - STEP);
  return /^\d$/.test(key) ? Number(key) / 9 : null;
}
