// What stands under the picture: the arithmetic of the open cell, or where a cell is used. Lines of text, the result
// in bold, many products folded; the same text is read out and copied.

/** @import { Axis, ChannelProducts, Line, Operation, Product, Tap, Values, Words } from "./types.d.ts" */
/** @import { Use } from "./index_map.js" */

import { fill } from "../template.js";
import { valueRead } from "./index_map.js";
import { bracketed, rounded, shown } from "./numbers.js";

const ONE_LINE = 9; // products that fit on a line of its own for each channel

/** @type {(row: number, column: number) => { row: number, column: number }} */
export const at = (row, column) => ({ row: row + 1, column: column + 1 });
/** @type {(parts: string[]) => string} */
const text = (parts) => parts.join(" + ");

/** The products of an output cell, its sum, bias and ReLU: [[string, {bold} or {folded, open}]], a line each. Of several
 *  channels the total comes first: the list below it may scroll. `channels` are [{number, products}], one an input; `total` is the value drawn.
 *  @param {ChannelProducts[]} channels
 *  @param {Operation} operation
 *  @param {number} total
 *  @param {Words} words
 *  @returns {Line[]} */
export function sumLines(channels, operation, total, words) {
  const every = channels.flatMap(({ products }) => products);
  const exact =
    !every.some((p) => rounded(p.value) || rounded(p.weight)) && !rounded(total) && !rounded(operation.bias ?? 0);
  const equals = exact ? "=" : "≈";
  const several = channels.length > 1;
  const sums = channels.map(({ products }) => products.reduce((sum, p) => sum + p.value * p.weight, 0));
  const before = sums.reduce((sum, share) => sum + share, operation.bias ?? 0);
  const result = operation.relu ? before : total;
  const lines = several ? [[text(sums.map(bracketed))]] : productLines(every);
  const last = lines[lines.length - 1];
  if (operation.bias !== null) last.push(` + ${bracketed(operation.bias)}${words.bias_note}`);
  last.push(` ${equals} `, operation.relu ? shown(result) : { bold: shown(result) });
  if (operation.relu) lines.push([`ReLU: max(0, ${shown(before)}) ${equals} `, { bold: shown(total) }]);
  return several ? [...lines, ...channelLines(channels, equals, words)] : lines;
}

/** @type {(p: Product) => string} */
const term = (p) => `${bracketed(p.value)}·${bracketed(p.weight)}`;

/** @param {Product[]} products
 *  @returns {Line[]} */
function productLines(products) {
  if (products.length === 0) return [["0"]]; // a transposed convolution can leave an output untouched
  return [[text(products.map(term))]];
}

/** @param {ChannelProducts[]} channels
 *  @param {string} equals
 *  @param {Words} words
 *  @returns {Line[]} */
function channelLines(channels, equals, words) {
  return channels.map(({ number, products }) => {
    const sum = shown(products.reduce((total, p) => total + p.value * p.weight, 0));
    const terms = text(products.map(term));
    const folded = { folded: fill(words.products, { count: products.length }), open: terms };
    return [fill(words.channel, { number }), products.length > ONE_LINE ? folded : terms, ` ${equals} ${sum}`];
  });
}

/** The maximum of a window, its winner, ties, and where the gradient goes.
 *  @param {Tap[]} taps
 *  @param {Tap[]} winners
 *  @param {Values} input
 *  @param {number} total
 *  @param {Words} words
 *  @returns {Line[]} */
export function maxLines(taps, winners, input, total, words) {
  const values = taps.map((tap) => (tap.row < 0 || tap.column < 0 ? "−∞" : shown(input[tap.row][tap.column])));
  const first = at(winners[0].row, winners[0].column);
  const tie = { count: winners.length, value: shown(total), ...first };
  const gradient = winners.length > 1 ? fill(words.tie, tie) : fill(words.winner, first);
  return [[`max(${values.join(", ")}) = `, { bold: shown(total) }], [gradient]];
}

/** The mean of a window; padding counts as zeros.
 *  @param {Tap[]} taps
 *  @param {Values} input
 *  @param {number} total
 *  @param {Words} words
 *  @returns {Line[]} */
export function meanLines(taps, input, total, words) {
  const values = taps.map((tap) => bracketed(valueRead(tap, input)));
  const equals = rounded(total) ? "≈" : "=";
  return [
    [`(${text(values)}) / ${taps.length} ${equals} `, { bold: shown(total) }],
    [fill(words.mean_gradient, { count: taps.length })],
  ];
}

/** How often an input cell, or a cell of the padding, is used by one operation.
 *  @param {Operation} operation
 *  @param {number} count
 *  @param {Words} words
 *  @param {number} wins
 *  @returns {Line} */
export function usedLine(operation, count, words, wins) {
  const all = operation.rows.at.length * operation.columns.at.length;
  const prefix = operation.title ? fill(words.titled, { title: operation.title }) : "";
  if (count === 0) return [prefix + words.unused];
  const template = operation.reduce === "max" ? words.used_max : words.used;
  return [prefix + fill(template, { count, all, wins })];
}

/** How often a weight is used, and on what.
 *  @param {Use[]} uses
 *  @param {Operation} operation
 *  @param {Words} words
 *  @returns {Line} */
export function weightLine(uses, operation, words) {
  const all = operation.rows.at.length * operation.columns.at.length;
  /** @type {(axis: Axis, position: number) => boolean} */
  const within = (axis, position) => position >= axis.before && position < axis.before + axis.size;
  const inside = uses.filter(({ y, x }) => within(operation.rows, y) && within(operation.columns, x)).length;
  const once = uses.length === all ? words.weight_once : words.weight_used;
  const padded = uses.length - inside;
  const onInput = fill(words.weight_inside, { count: inside });
  const where = padded
    ? fill(words.weight_padded, { inside: onInput, padded: fill(words.weight_outside, { count: padded }) })
    : "";
  return [fill(once, { count: uses.length }) + where];
}
