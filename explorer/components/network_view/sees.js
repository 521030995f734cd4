// What a unit sees of the image, in numbers and in words. Rows and columns from 0; in words from 1.

/** @import { BlockMessage } from "../messages.d.ts" */
/** @import { Block, Ranges, Seen, Words } from "./types.d.ts" */

import { fill } from "../template.js";

/** A block whose ranges, [first, step, count] of each even stretch, have become an entry for each unit.
 *  @type {(block: BlockMessage) => Block} */
export const unrolled = (block) => {
  /** @type {(runs: [number, number, number][]) => number[]} */
  const unroll = (runs) =>
    runs.flatMap(([first, step, count]) => Array.from({ length: count }, (_, n) => first + n * step));
  /** @type {(both: BlockMessage["rows"]) => Ranges | null} */
  const both = (ends) => ends && [unroll(ends[0]), unroll(ends[1])];
  return { ...block, rows: both(block.rows), columns: both(block.columns) };
};

/** The image's rows and columns that a unit sees; null where that is unknown.
 *  @param {Block} block
 *  @param {number} row
 *  @param {number} column
 *  @returns {Seen | null} */
export function seenBy(block, row, column) {
  if (block.row < 0) return { top: row, bottom: row, left: column, right: column };
  if (!block.rows || !block.columns) return null;
  const [y, x] = block.size.length > 1 ? [row, column] : block.grid ? placeOf(block.grid, row).slice(1) : [0, 0];
  const [[top, bottom], [left, right]] = [block.rows.map((ends) => ends[y]), block.columns.map((ends) => ends[x])];
  return { top, bottom, left, right };
}

/** [channel, row, column] that a flattened feature had.
 *  @param {[number, number]} grid
 *  @param {number} feature
 *  @returns {[number, number, number]} */
function placeOf([height, width], feature) {
  return [Math.floor(feature / (height * width)), Math.floor((feature % (height * width)) / width), feature % width];
}

/** @type {(seen: Seen) => boolean} */
export const isEmpty = (seen) => seen.bottom < seen.top || seen.right < seen.left;

/** What a unit sees, in words; `name` is that of the layer asked about, which may keep the block's shape.
 *  @param {Block} block
 *  @param {string} name
 *  @param {number} row
 *  @param {number} column
 *  @param {Words} words
 *  @returns {string} */
export function sentence(block, name, row, column, words) {
  const seen = seenBy(block, row, column);
  if (!seen) return fill(block.too_large ? words.sees_too_large : words.sees_unknown, { name });
  if (isEmpty(seen)) return fill(words.sees_nothing, { name });
  const [height, width] = [seen.bottom - seen.top + 1, seen.right - seen.left + 1];
  const values = { name, row: row + 1, column: column + 1, height, width };
  if (block.row < 0) return fill(words.pixel, values);
  if (block.size.length > 1) return fill(words.sees, values);
  if (!block.grid) return fill(words.sees_vector, { ...values, feature: row + 1 });
  const [channel, y, x] = placeOf(block.grid, row);
  return fill(words.sees_flattened, { ...values, feature: row + 1, channel: channel + 1, row: y + 1, column: x + 1 });
}
