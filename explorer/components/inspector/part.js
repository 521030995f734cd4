// Which part of a grid is seen: all of it, or, where its cells are too small for numbers and the learner zooms in, as
// many readable ones as fit, around what is open. Pure but for `view`, which it reads.

/** @import { GridView, Mark, Part } from "./types.d.ts" */

export const DIGIT_WIDTH = 0.62; // of the font's size, in wide fonts
const READABLE_FONT = 11;
const FEWEST_CELLS = 3; // in a row of a zoomed grid

/** @type {(view: GridView) => Part} */
export const whole = (view) => ({ y: 0, x: 0, rows: view.rows, columns: view.columns });

/** The cell, in pixels, in which a usual number of the grid can be read, and the part of the grid that a square of
 *  `side` then shows; it begins where `last`, the part seen so far, did.
 *  @param {GridView} view
 *  @param {number} side
 *  @param {Part} last
 *  @returns {{ cell: number, part: Part }} */
export function zoomed(view, side, last) {
  const wanted = Math.ceil(READABLE_FONT * DIGIT_WIDTH * view.longest + 4);
  const cell = Math.floor(Math.min(Math.max(wanted, 2 * READABLE_FONT), side / FEWEST_CELLS));
  const fits = Math.floor(side / cell);
  const [rows, columns] = [Math.min(view.rows, fits), Math.min(view.columns, fits)];
  return {
    cell,
    part: { y: Math.min(last.y, view.rows - rows), x: Math.min(last.x, view.columns - columns), rows, columns },
  };
}

/** The part moved as little as shows all `marks` and a cell around them; around the strong one where they are too many;
 *  without one it stays among them.
 *  @param {GridView} view
 *  @param {Mark[]} marks
 *  @returns {Part} */
export function around(view, marks) {
  const { part } = view;
  if (!marks.length || (part.rows === view.rows && part.columns === view.columns)) return part;
  const strong = marks.filter((mark) => mark.strong);
  /** @type {(name: "y" | "x", seen: number, all: number) => number} */
  const along = (name, seen, all) => {
    /** @type {(some: Mark[]) => [number, number]} */
    const reach = (some) => [Math.min(...some.map((mark) => mark[name])), Math.max(...some.map((mark) => mark[name]))];
    let [first, last] = reach(marks);
    if (last - first >= seen && strong.length) [first, last] = reach(strong);
    if (last - first >= seen) return Math.min(Math.max(part[name], first), last + 1 - seen);
    const margin = last - first + 3 <= seen ? 1 : 0;
    /** @type {(start: number) => number} */
    const inside = (start) => Math.min(Math.max(start, 0), all - seen);
    return Math.min(Math.max(part[name], inside(last + margin + 1 - seen)), inside(first - margin));
  };
  return { ...part, y: along("y", part.rows, view.rows), x: along("x", part.columns, view.columns) };
}
