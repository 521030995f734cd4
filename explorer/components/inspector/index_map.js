// Who reads whom. An operation holds, for its rows and for its columns, `at` (out × kernel: the padded position that is
// read, −1 for none) and `source` (padded position -> input index, −1 for a zero); see explorer/core/arithmetic/index_map.py.
// Pure: numbers in, numbers out; tested against torch.

/** @import { Axis, Operation, Product, Tap, Values } from "./types.d.ts" */

/** @typedef {(axis: Axis, at: number, k: number, wanted: number) => boolean} Reads */
/** @typedef {{ row: number, column: number, ki: number, kj: number, y: number, x: number }} Use */

/** The inputs of a sum, each with its kernel.
 *  @type {(operation: Operation) => [number, number][]} */
export const pairsOf = (operation) => /** @type {[number, number][]} */ (operation.parts);

/** What output cell (row, column) reads, in the kernel's reading order: {ki, kj, y, x, row, column}, where (y, x) is the
 *  padded position and (row, column) the input cell shown there, −1 for a zero.
 *  @param {Operation} operation
 *  @param {number} row
 *  @param {number} column
 *  @returns {Tap[]} */
export function tapsAt(operation, row, column) {
  const { rows, columns } = operation;
  /** @type {Tap[]} */
  const taps = [];
  rows.at[row].forEach((y, ki) => {
    if (y < 0) return;
    columns.at[column].forEach((x, kj) => {
      if (x >= 0) taps.push({ ki, kj, y, x, row: rows.source[y], column: columns.source[x] });
    });
  });
  return taps;
}

/** The value that a tap reads: 0 for a zero of the padding.
 *  @type {(tap: Tap, input: Values) => number} */
export const valueRead = (tap, input) => (tap.row < 0 || tap.column < 0 ? 0 : input[tap.row][tap.column]);

/** The products behind output cell (row, column): its taps with `value` and `weight`.
 *  @param {Operation} operation
 *  @param {Values} input
 *  @param {Values} kernel
 *  @param {number} row
 *  @param {number} column
 *  @returns {Product[]} */
export function productsAt(operation, input, kernel, row, column) {
  const taps = tapsAt(operation, row, column);
  return taps.map((tap) => Object.assign(tap, { value: valueRead(tap, input), weight: kernel[tap.ki][tap.kj] }));
}

/** All output cells for which `reads(axis, out, k)` holds on both axes: {row, column, ki, kj}.
 *  @param {Operation} operation
 *  @param {number} row
 *  @param {number} column
 *  @param {Reads} reads */
function usesWhere(operation, row, column, reads) {
  /** @type {(axis: Axis, wanted: number) => { out: number, k: number, at: number }[]} */
  const along = (axis, wanted) =>
    axis.at.flatMap((positions, out) =>
      positions.flatMap((at, k) => (reads(axis, at, k, wanted) ? [{ out, k, at }] : [])),
    );
  const [down, across] = [along(operation.rows, row), along(operation.columns, column)];
  return down.flatMap((d) => across.map((a) => ({ row: d.out, column: a.out, ki: d.k, kj: a.k, y: d.at, x: a.at })));
}

/** Every output cell that reads input cell (row, column), with the weight it uses.
 *  @type {(operation: Operation, row: number, column: number) => Use[]} */
export const usesOfInput = (operation, row, column) =>
  usesWhere(operation, row, column, (axis, at, _k, wanted) => at >= 0 && axis.source[at] === wanted);

/** Every output cell that reads padded position (y, x).
 *  @type {(operation: Operation, y: number, x: number) => Use[]} */
export const usesOfPosition = (operation, y, x) => usesWhere(operation, y, x, (_axis, at, _k, wanted) => at === wanted);

/** Every output cell that uses kernel weight (ki, kj), with the padded position (y, x) it meets there.
 *  @type {(operation: Operation, ki: number, kj: number) => Use[]} */
export const usesOfWeight = (operation, ki, kj) =>
  usesWhere(operation, ki, kj, (_axis, at, k, wanted) => k === wanted && at >= 0);

/** Input indices along one axis that no output cell reads, ascending.
 *  @param {Axis} axis
 *  @returns {number[]} */
export function unusedAlong(axis) {
  const used = new Set(axis.at.flat().map((at) => (at < 0 ? -1 : axis.source[at])));
  return Array.from({ length: axis.size }, (_, index) => index).filter((index) => !used.has(index));
}

/** One channel's share of the output, before bias: rows of sums.
 *  @param {Operation} operation
 *  @param {Values} input
 *  @param {Values} kernel
 *  @returns {Values} */
export function partialMap(operation, input, kernel) {
  /** @type {(axis: Axis) => number[][]} */
  const reads = (axis) => axis.at.map((positions) => positions.map((at) => (at < 0 ? -1 : axis.source[at])));
  const [down, across] = [reads(operation.rows), reads(operation.columns)];
  return down.map((rows) =>
    across.map((columns) => {
      let sum = 0;
      for (let ki = 0; ki < rows.length; ki++)
        for (let kj = 0; kj < columns.length; kj++)
          if (rows[ki] >= 0 && columns[kj] >= 0) sum += input[rows[ki]][columns[kj]] * kernel[ki][kj];
      return sum;
    }),
  );
}

/** The window's cells that hold its maximum, the winner (PyTorch takes the first) in front; padding never wins.
 *  @param {Operation} operation
 *  @param {Values} input
 *  @param {number} row
 *  @param {number} column
 *  @returns {Tap[]} */
export function winnersAt(operation, input, row, column) {
  const taps = tapsAt(operation, row, column).filter((tap) => tap.row >= 0 && tap.column >= 0);
  const highest = Math.max(...taps.map((tap) => input[tap.row][tap.column]));
  return taps.filter((tap) => input[tap.row][tap.column] === highest);
}
