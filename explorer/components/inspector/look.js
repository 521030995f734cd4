// What opening one cell means: the marks on every grid and the lines under the picture. Pure but for the views' sizes.

/** @import { Cell, GridView, Line, Mark, Operation, Scene, Tap, Words } from "./types.d.ts" */
/** @import { Use } from "./index_map.js" */

import { fill } from "../template.js";
import { isAsked, UNKNOWN } from "./asked.js";
import { pairsOf, productsAt, tapsAt, usesOfInput, usesOfPosition, usesOfWeight, winnersAt } from "./index_map.js";
import { bracketed, shown } from "./numbers.js";
import { at, maxLines, meanLines, sumLines, usedLine, weightLine } from "./sentences.js";

/** @typedef {{
 *   scene: Scene, cell: Cell, mark: (grid: number, ...some: Mark[]) => void, lines: Line[], words: Words, row: number,
 *   column: number, view: GridView
 * }} Context */

/** `cell` is {grid, y, x}, a padded position: {marks: Map grid -> [{y, x, value, scale, corner, strong}], lines}.
 *  @param {Scene} scene
 *  @param {Cell} cell
 *  @param {GridView[]} views
 *  @param {Words} words
 *  @returns {{ marks: Map<number, Mark[]>, lines: Line[] }} */
export function look(scene, cell, views, words) {
  /** @type {Map<number, Mark[]>} */
  const marks = new Map();
  /** @type {(grid: number, ...some: Mark[]) => void} */
  const mark = (grid, ...some) => marks.set(grid, [...(marks.get(grid) ?? []), ...some]);
  /** @type {Line[]} */
  const lines = [];
  const view = views[cell.grid];
  const [row, column] = [cell.y - view.top, cell.x - view.left];
  const grid = scene.grids[cell.grid];
  const values = { grid: grid.title, value: shown(view.valueAt(cell.y, cell.x)), ...at(row, column) };
  const context = { scene, cell, mark, lines, words, row, column, view };
  mark(cell.grid, { y: cell.y, x: cell.x, strong: true });
  const asKernel = scene.operations.find((o) => o.parts.some(([, kernel]) => kernel === cell.grid));
  const asOutput = scene.operations.find((o) => o.output === cell.grid || o.partials?.includes(cell.grid));
  if (asOutput) {
    lines.push([fill(words.open, values)]);
    lookAtOutput(context, asOutput);
    if (isAsked(grid, row, column)) lines.splice(1, lines.length, [{ bold: UNKNOWN }]);
  } else if (asKernel) {
    lines.push([fill(words.open_value, values)]);
    lookAtWeight(context, asKernel);
  } else lookAtInput(context, values);
  if (grid.before && view.inside(cell.y, cell.x))
    lines.push([fill(words.before, { value: shown(grid.before[row][column]) })]);
  return { marks, lines: lines.map((parts) => [parts].flat()) };
}

/** @type {(weight: number) => string} */
const corner = (weight) => `×${bracketed(weight)}`;

/** @param {Context} context
 *  @param {Operation} operation */
function lookAtOutput({ scene, cell, mark, lines, words }, operation) {
  const { grids } = scene;
  const [row, column] = [cell.y, cell.x];
  const [input] = operation.parts[0];
  const total = grids[cell.grid].values[row][column];
  if (operation.reduce === "sum") {
    const only = operation.partials?.indexOf(cell.grid) ?? -1;
    const channels = pairsOf(operation)
      .map(([from, kernel], number) => {
        const products = productsAt(operation, grids[from].values, grids[kernel].values, row, column);
        return { number: operation.first + number + 1, from, kernel, products };
      })
      .filter((_, number) => only < 0 || only === number);
    for (const { from, kernel, products } of channels) {
      mark(
        from,
        ...products.map((p) => ({ y: p.y, x: p.x, value: p.weight, scale: grids[kernel], corner: corner(p.weight) })),
      );
      if (products.length < grids[kernel].values.length * grids[kernel].values[0].length)
        mark(kernel, ...products.map((p) => ({ y: p.ki, x: p.kj })));
    }
    if (only < 0) operation.partials?.forEach((partial) => mark(partial, { y: row, x: column }));
    else mark(operation.output, { y: row, x: column });
    const plain = only < 0 ? operation : { ...operation, bias: null, relu: false };
    return lines.push(...sumLines(channels, plain, total, words));
  }
  const taps = tapsAt(operation, row, column);
  /** @type {(tap: Tap) => boolean} */
  const inside = (tap) => tap.row >= 0 && tap.column >= 0; // the gradient of padding goes nowhere
  if (operation.reduce === "mean") {
    mark(input, ...taps.map((tap) => ({ y: tap.y, x: tap.x, corner: inside(tap) ? `∇ 1/${taps.length}` : "" })));
    return lines.push(...meanLines(taps, grids[input].values, total, words));
  }
  const winners = winnersAt(operation, grids[input].values, row, column);
  const [{ y, x }] = winners;
  /** @type {(tap: Tap) => boolean} */
  const won = (tap) => tap.y === y && tap.x === x;
  /** @type {(tap: Tap) => string} */
  const gradient = (tap) => (won(tap) ? "∇ 1" : inside(tap) ? "∇ 0" : "");
  mark(input, ...taps.map((tap) => ({ y: tap.y, x: tap.x, strong: won(tap), corner: gradient(tap) })));
  return lines.push(...maxLines(taps, winners, grids[input].values, total, words));
}

/** @param {Context} context
 *  @param {Operation} operation */
function lookAtWeight({ scene, cell, mark, lines, words }, operation) {
  const kernel = cell.grid;
  const [input] = pairsOf(operation).find(([, number]) => number === kernel) ?? operation.parts[0];
  const uses = usesOfWeight(operation, cell.y, cell.x);
  const weight = scene.grids[kernel].values[cell.y][cell.x];
  const met = new Map(uses.map(({ y, x }) => [`${y},${x}`, { y, x, value: weight, scale: scene.grids[kernel] }]));
  mark(input, ...met.values());
  lines.push(weightLine(uses, operation, words));
}

/** @param {Context} context
 *  @param {Record<string, unknown>} values */
function lookAtInput({ scene, cell, mark, lines, words, row, column, view }, values) {
  const inside = view.inside(cell.y, cell.x);
  /** @type {[number, number]} */
  const source = [view.rowSource[cell.y], view.columnSource[cell.x]];
  lines.push([inside ? fill(words.open_value, values) : paddingName(source, scene, words)]);
  if (!inside && Math.min(...source) >= 0) mark(cell.grid, { y: source[0] + view.top, x: source[1] + view.left });
  for (const operation of scene.operations) {
    const part = operation.parts.find(([input]) => input === cell.grid);
    if (!part) continue;
    const uses = inside ? usesOfInput(operation, row, column) : usesOfPosition(operation, cell.y, cell.x);
    const count = new Set(uses.map((use) => `${use.row},${use.column}`)).size;
    const input = scene.grids[part[0]].values;
    /** @type {(use: Use) => Tap | false} */
    const won = (use) => inside && operation.reduce === "max" && winnersAt(operation, input, use.row, use.column)[0];
    const wins = uses.filter((use) => {
      const winner = won(use);
      return winner && winner.row === row && winner.column === column;
    });
    markUses(mark, scene, operation, part, uses, wins);
    lines.push(usedLine(operation, count, words, wins.length));
  }
}

/** @param {Context["mark"]} mark
 *  @param {Scene} scene
 *  @param {Operation} operation
 *  @param {[number, number | null]} part
 *  @param {Use[]} uses
 *  @param {Use[]} wins */
function markUses(mark, scene, operation, [, kernel], uses, wins) {
  if (kernel === null)
    return mark(operation.output, ...uses.map((use) => ({ y: use.row, x: use.column, strong: wins.includes(use) })));
  const weights = scene.grids[kernel].values;
  const scale = scene.grids[kernel];
  const outputs = uses.map(({ row, column, ki, kj }) => {
    const value = weights[ki][kj];
    return { y: row, x: column, value, scale, corner: corner(value) };
  });
  mark(operation.output, ...outputs);
  mark(kernel, ...new Map(uses.map(({ ki, kj }) => [`${ki},${kj}`, { y: ki, x: kj }])).values());
}

/** @param {[number, number]} source
 *  @param {Scene} scene
 *  @param {Words} words
 *  @returns {string} */
function paddingName([row, column], { padding_mode: mode, operations }, words) {
  if (row >= 0 && column >= 0)
    return fill(words.padding_copy, {
      mode: words[`mode_${mode === "zeros" ? "replicate" : mode}`],
      ...at(row, column),
    });
  return operations.some((o) => o.reduce === "max") ? words.padding_pool : words.padding_zero;
}
