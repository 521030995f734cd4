// The line around some cells of a grid. Pure.

/** @typedef {[x0: number, y0: number, x1: number, y1: number]} Side */

/** The sides of the cells, in cells, that no two of them share: around cells that touch, one line.
 *  @param {{ y: number, x: number }[]} cells
 *  @returns {Side[]} */
export function outline(cells) {
  const taken = new Set(cells.map(({ y, x }) => `${y},${x}`));
  return cells.flatMap(({ y, x }) => {
    /** @type {[number, number, Side][]} */
    const sides = [
      [y - 1, x, [x, y, x + 1, y]],
      [y + 1, x, [x, y + 1, x + 1, y + 1]],
      [y, x - 1, [x, y, x, y + 1]],
      [y, x + 1, [x + 1, y, x + 1, y + 1]],
    ];
    return sides.flatMap(([row, column, side]) => (taken.has(`${row},${column}`) ? [] : [side]));
  });
}
