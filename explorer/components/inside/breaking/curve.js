// The curve of accuracy against an amount: where its points lie, and what it says between them. Pure.

/** (amount, share that is read right), the amounts rising.
 *  @typedef {[number, number][]} Curve */

/** The share at that amount: between two points on the line from one to the other.
 *  @param {Curve} curve
 *  @param {number} amount */
export function shareAt(curve, amount) {
  const right = Math.max(
    1,
    curve.findIndex(([at]) => at >= amount),
  );
  const [[from, low], [to, high]] = [curve[right - 1], curve[right]];
  return low + ((high - low) * (amount - from)) / (to - from);
}

/** Where amounts and shares lie in a picture of that size: `x(amount)`, `y(share)`, 0 to 1 from the bottom.
 *  @param {Curve} curve
 *  @param {{ left: number, right: number, top: number, bottom: number }} plot px */
export function scales(curve, { left, right, top, bottom }) {
  const [lowest, highest] = [curve[0][0], curve[curve.length - 1][0]];
  return {
    x: (/** @type {number} */ amount) => left + ((amount - lowest) / (highest - lowest)) * (right - left),
    y: (/** @type {number} */ share) => bottom - share * (bottom - top),
  };
}
