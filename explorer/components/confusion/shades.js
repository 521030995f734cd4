// A confusion matrix's colours and shares. Pure.

/** How dark each cell is, 0 … 1: on the diagonal the class's share, beside it the share over the largest there.
 *  @param {number[][]} counts
 *  @param {number[]} sizes */
export function shades(counts, sizes) {
  const shares = counts.map((row, label) => row.map((count) => count / Math.max(1, sizes[label])));
  const largest = Math.max(...shares.flatMap((row, label) => row.filter((_, answer) => answer !== label))) || 1;
  return shares.map((row, label) => row.map((share, answer) => (answer === label ? share : share / largest)));
}

/** A share in percent with a digit behind the point: 100 only where all are right.
 *  @param {number} share */
export const tenths = (share) => `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`;
