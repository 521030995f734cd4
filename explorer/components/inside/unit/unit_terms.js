// How a unit comes from single numbers of the layer before: what is neither a convolution nor a pooling. Pure.

/** @import { Pass } from "./unit_scene.js" */
/** @import { AxisMessage, LayerMessage } from "../../messages.d.ts" */
/** @import { Term, Unit } from "../types.d.ts" */

import { EPSILON } from "../../forward/forward.js";
import { bracketed, shown } from "../../inspector/numbers.js";
import { given } from "./unit_scene.js";

export const PIXELS = -1; // the layer number of the image itself

/** The place of a unit in its layer's output.
 *  @param {number[]} shape
 *  @param {Unit} unit */
export const indexOf = ([, height = 1, width = 1], { channel, row, column }) =>
  (channel * height + row) * width + column;

/** The unit of that place.
 *  @param {number} layer
 *  @param {number[]} shape
 *  @param {number} index
 *  @returns {Unit} */
export function unitAt(layer, [, height = 1, width = 1], index) {
  const place = index % (height * width);
  return {
    layer,
    channel: Math.floor(index / (height * width)),
    row: Math.floor(place / width),
    column: place % width,
  };
}

/** The unit's number.
 *  @param {Pass} pass
 *  @param {Unit} unit */
export const numberAt = (pass, unit) =>
  unit.layer === PIXELS
    ? pass.image[indexOf(pass.layers[0].input, unit)]
    : pass.outputs[unit.layer][indexOf(pass.layers[unit.layer].output, unit)];

/** The numbers that a unit is made of: each with its factor, 1 where it has none. With a `rival`, another feature of a
 *  dense layer, those that its lead over the rival is made of.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {number} [rival]
 *  @returns {Term[]} */
export function termsOf(pass, unit, rival) {
  if (unit.layer === PIXELS) return [];
  const layer = pass.layers[unit.layer];
  const { values, shape } = given(pass, unit.layer);
  const before = unit.layer - 1;
  const index = indexOf(layer.output, unit);
  /** @type {(place: number, factor?: number) => Term} */
  const term = (place, factor = 1) => ({
    unit: unitAt(before, shape, place),
    value: values[place],
    factor,
    share: values[place] * factor,
  });
  if (layer.kind === "Linear") {
    const [inputs, outputs] = [/** @type {number} */ (shape.at(-1)), /** @type {number} */ (layer.output.at(-1))];
    const weight = pass.tensors[`${layer.name}.weight`];
    const [row, feature] = [Math.floor(index / outputs), index % outputs];
    /** @type {(i: number) => number} */
    const factor = (i) => weight[feature * inputs + i] - (rival === undefined ? 0 : weight[rival * inputs + i]);
    return Array.from({ length: inputs }, (_, i) => term(row * inputs + i, factor(i)));
  }
  if (layer.kind === "Conv2d") return productsOf(pass, unit, term);
  if (layer.kind === "Softmax") {
    const places = values.length / shape[0];
    return Array.from({ length: shape[0] }, (_, channel) => term(channel * places + (index % places)));
  }
  return [term(index)];
}

/** Every product of a convolution's unit but those with padding.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {(place: number, factor: number) => Term} term
 *  @returns {Term[]} */
function productsOf({ layers, tensors }, { layer, channel, row, column }, term) {
  const { name, axes, groups, input, output } = layers[layer];
  const [down, across] = /** @type {[AxisMessage, AxisMessage]} */ (axes);
  const [rows, columns] = [
    down.at[row].map((p) => down.source[p] ?? -1),
    across.at[column].map((p) => across.source[p] ?? -1),
  ];
  const [inputs, height, width] = input;
  const shared = inputs / groups;
  const first = Math.floor(channel / (output[0] / groups)) * shared;
  const weight = tensors[`${name}.weight`];
  const terms = [];
  let place = channel * shared * rows.length * columns.length;
  for (let part = first; part < first + shared; part++)
    for (const y of rows)
      for (const x of columns) {
        const factor = weight[place++];
        if (y >= 0 && x >= 0) terms.push(term((part * height + y) * width + x, factor));
      }
  return terms;
}

/** Where the vector that a dense layer is given was maps: the layer that made it one, and these maps' shape.
 *  @param {LayerMessage[]} layers
 *  @param {number} layer
 *  @returns {{ layer: number, shape: number[] } | null} */
export function mapsBefore(layers, layer) {
  let before = layer - 1;
  while (before >= 0 && ["ReLU", "Dropout", "BatchNorm1d"].includes(layers[before].kind)) before--;
  const flatten = layers[before];
  return flatten?.kind === "Flatten" && flatten.input.length === 3 ? { layer: before, shape: flatten.input } : null;
}

/** The unit itself, and where a Flatten laid it, or laid what it is, in a row: one number at two places.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit
 *  @returns {Unit[]} */
export function sameNumber(layers, unit) {
  const [here, next] = [layers[unit.layer], layers[unit.layer + 1]];
  if (next?.kind === "Flatten") {
    const shape = here?.output ?? layers[0].input;
    return [unit, { layer: unit.layer + 1, channel: indexOf(shape, unit), row: 0, column: 0 }];
  }
  return here?.kind === "Flatten" ? [unit, unitAt(unit.layer - 1, here.input, unit.channel)] : [unit];
}

/** A unit's sum, quotient or comparison as a line of text; "" for what has its own picture.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {Term[]} terms
 *  @returns {string} */
export function formula(pass, unit, terms) {
  if (unit.layer === PIXELS) return "";
  const [layer, value] = [pass.layers[unit.layer], shown(numberAt(pass, unit))];
  const [{ value: x }] = terms;
  const line = FORMULAS[layer.kind];
  return line ? line(shown(x), value, layer, pass, unit) : "";
}

/** @type {Record<string, (x: string, y: string, layer: LayerMessage, pass: Pass, unit: Unit) => string>} */
const FORMULAS = {
  ReLU: (x, y) => `max(0, ${x}) = ${y}`,
  Dropout: (_x, y) => y,
  Flatten: flattened,
  BatchNorm2d: normalization,
  BatchNorm1d: normalization,
  Softmax: (x, y) => `exp(${x}) / Σ exp = ${y}`,
};

/** Where a number of a vector stood among the maps: only its place is another.
 *  @param {string} _x
 *  @param {string} y
 *  @param {LayerMessage} layer
 *  @param {Pass} pass
 *  @param {Unit} unit */
function flattened(_x, y, { name, input }, pass, { layer, channel: feature }) {
  if (input.length === 1) return y;
  const [, rows, columns] = input;
  const [map, rest] = [Math.floor(feature / (rows * columns)), feature % (rows * columns)];
  const [row, column] = [Math.floor(rest / columns), rest % columns];
  const before = pass.layers[layer - 1]?.name ?? "x";
  const index = `${map}·${rows}·${columns} + ${row}·${columns} + ${column}`;
  return `${before}[${map}, ${row}, ${column}] = ${name}[${index}] = ${name}[${feature}] = ${y}`;
}

/** @param {string} x
 *  @param {string} y
 *  @param {LayerMessage} layer
 *  @param {Pass} pass
 *  @param {Unit} unit */
function normalization(x, y, layer, pass, { channel }) {
  const [factor, summand, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map((part) =>
    bracketed(pass.tensors[`${layer.name}.${part}`][channel]),
  );
  return `(${x} − ${mean}) / √(${variance} + ${EPSILON}) · ${factor} + ${summand} ≈ ${y}`;
}

/** Whether a unit is one of the answers that compete: the last layer's, where that is a dense one.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit */
export const isAnswer = (layers, { layer }) =>
  layer === layers.length - 1 && layers[layer].kind === "Linear" && layers[layer].output.length === 1;

/** The answer that a unit is compared with, `versus` being its digit; null for none, or for what is no answer.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit
 *  @param {string} versus
 *  @returns {Unit | null} */
export function rivalOf(layers, unit, versus) {
  const channel = Number(versus);
  const isThere =
    versus && isAnswer(layers, unit) && channel !== unit.channel && channel < layers[unit.layer].output[0];
  return isThere ? { ...unit, channel } : null;
}

/** The image's rows and columns that a unit sees, first and last: those that its windows read, layer by layer back. What
 *  sees padding alone has ends at infinity.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit
 *  @returns {{ rows: [number, number], columns: [number, number] }} */
export function seenBy(layers, { layer, channel, row, column }) {
  let [rows, columns] = [[row], [column]];
  let isPlace = true; // a sum over a whole vector sees all that was there before it was one
  for (let number = layer; number >= 0; number--) {
    const { kind, axes, input, output } = layers[number];
    if (input.length === 1) {
      isPlace &&= kind !== "Linear" && kind !== "Softmax";
      continue;
    }
    const [, height, width] = input;
    if (!isPlace) {
      [rows, columns, isPlace] = [all(height), all(width), true];
    } else if (output.length === 1) {
      const place = unitAt(number, input, channel);
      [rows, columns] = [[place.row], [place.column]];
    } else if (kind === "Linear") {
      columns = columns.length ? all(width) : []; // of a map it takes each row for itself
    } else if (axes) [rows, columns] = [read(axes[0], rows), read(axes[1], columns)];
  }
  return { rows: ends(rows), columns: ends(columns) };
}

/** @type {(size: number) => number[]} */
const all = (size) => Array.from({ length: size }, (_, index) => index);

/** @type {(places: number[]) => [number, number]} */
const ends = (places) => [Math.min(...places), Math.max(...places)];

/** What these windows read of the input, each index once.
 *  @param {AxisMessage} axis
 *  @param {number[]} windows
 *  @returns {number[]} */
function read({ at, source }, windows) {
  const positions = windows.flatMap((window) => at[window]).filter((position) => position >= 0);
  return [...new Set(positions.map((position) => source[position]))].filter((index) => index >= 0);
}
