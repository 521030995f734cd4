// One unit of a convolution or a pooling as a scene of the cell inspector, on the very numbers that the network has. Pure.

/** @import { AxisMessage, GridMessage, LayerMessage, OperationMessage, SceneMessage } from "../../messages.d.ts" */
/** @import { Tensors } from "../../forward/types.d.ts" */
/** @import { Unit } from "../types.d.ts" */

import { fill } from "../../template.js";

/** One way through the network; `normalization` is what made the image of the ink.
 *  @typedef {{ layers: LayerMessage[], tensors: Tensors, image: Float32Array, outputs: Float32Array[],
 *    normalization: { mean: number, deviation: number } }} Pass */
/** @typedef {Record<"input" | "input_channel" | "kernel_channel" | "output_channel", string>} Titles */

const MOST_CHANNELS = 24; // that a picture shows below one another; each takes 20 ms to draw

/** What layer number `layer` is given: its numbers and their shape.
 *  @param {Pass} pass
 *  @param {number} layer */
export const given = ({ layers, image, outputs }, layer) => ({
  values: layer ? outputs[layer - 1] : image,
  shape: layers[layer].input,
});

/** The largest absolute value, 1 where all are zero; what is no number does not count.
 *  @type {(values: ArrayLike<number>) => number} */
export function largestOf(values) {
  let largest = 0;
  for (let place = 0; place < values.length; place++) {
    const size = Math.abs(values[place]);
    if (size > largest && size < Infinity) largest = size;
  }
  return largest || 1;
}

/** @type {(values: Float32Array) => boolean} */
const signed = (values) => values.some((value) => value < 0);

/** Map number `channel` of (C, H, W), as rows.
 *  @param {Float32Array} values
 *  @param {number[]} shape
 *  @param {number} channel */
export function mapOf(values, [, height, width], channel) {
  const start = channel * height * width;
  return Array.from({ length: height }, (_, row) =>
    Array.from(values.subarray(start + row * width, start + (row + 1) * width)),
  );
}

/** The scene around a unit; null where no window moves over its layer's maps, or too many are summed to be drawn.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {Titles} words
 *  @returns {SceneMessage | null} */
export function unitScene(pass, unit, words) {
  const layer = pass.layers[unit.layer];
  const isSum = layer.kind === "Conv2d";
  if (!layer.axes || (isSum && layer.input[0] / layer.groups > MOST_CHANNELS)) return null;
  const parts = isSum ? convolution(pass, unit, words) : pooling(pass, unit, words);
  return { padding_mode: "zeros", maps: [], chosen: 0, remark: "", refusals: [], pick: "", question: "", ...parts };
}

/** @param {Pass} pass
 *  @param {number} layer
 *  @param {number} channel
 *  @param {Titles} words
 *  @returns {GridMessage} */
function inputGrid(pass, layer, channel, words) {
  const { values, shape } = given(pass, layer);
  return {
    name: `Input ${channel + 1}`,
    title: shape[0] === 1 ? words.input : fill(words.input_channel, { channel: channel + 1 }),
    values: mapOf(values, shape, channel),
    label: `${layer ? pass.layers[layer - 1].name : "x"}[${channel}]`,
    largest: largestOf(values),
    signed: signed(values),
    edit: "",
    before: null,
    asked: null,
  };
}

/** @param {Pass} pass
 *  @param {Unit} unit
 *  @param {Titles} words
 *  @returns {GridMessage} */
function outputGrid({ layers, outputs }, { layer, channel }, words) {
  const values = outputs[layer];
  return {
    name: "Output",
    title: fill(words.output_channel, { channel: channel + 1 }),
    values: mapOf(values, layers[layer].output, channel),
    label: `${layers[layer].name}[${channel}]`,
    largest: largestOf(values),
    signed: signed(values),
    edit: "",
    before: null,
    asked: null,
  };
}

/** @param {LayerMessage} layer
 *  @param {Partial<OperationMessage> & Pick<OperationMessage, "reduce" | "parts" | "output">} rest
 *  @returns {OperationMessage} */
function operation(layer, rest) {
  const [rows, columns] = /** @type {[AxisMessage, AxisMessage]} */ (layer.axes);
  return { rows, columns, bias: null, relu: false, title: "", first: 0, ...rest };
}

/** Every input channel of the unit's group with its kernel.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {Titles} words
 *  @returns {Pick<SceneMessage, "layout" | "grids" | "operations">} */
function convolution(pass, unit, words) {
  const layer = pass.layers[unit.layer];
  const [weight, bias] = [pass.tensors[`${layer.name}.weight`], pass.tensors[`${layer.name}.bias`]];
  const shared = layer.input[0] / layer.groups;
  const first = Math.floor(unit.channel / (layer.output[0] / layer.groups)) * shared;
  const [rows, columns] = /** @type {[AxisMessage, AxisMessage]} */ (layer.axes);
  const kernel = [layer.output[0] * shared, rows.at[0].length, columns.at[0].length];
  const largest = largestOf(weight);
  /** @type {GridMessage[]} */
  const grids = [];
  /** @type {[number, number | null][]} */
  const parts = [];
  for (let part = 0; part < shared; part++) {
    parts.push([grids.length, grids.length + 1]);
    grids.push(inputGrid(pass, unit.layer, first + part, words), {
      name: `Kernel ${first + part + 1}`,
      title: fill(words.kernel_channel, { channel: first + part + 1 }),
      values: mapOf(weight, kernel, unit.channel * shared + part),
      label: `weight[${unit.channel}, ${part}]`,
      largest,
      signed: true,
      edit: "",
      before: null,
      asked: null,
    });
  }
  grids.push(outputGrid(pass, unit, words));
  const sum = { parts, output: grids.length - 1, bias: bias ? bias[unit.channel] : null, first };
  return { layout: "stack", grids, operations: [operation(layer, { reduce: "sum", ...sum })] };
}

/** @param {Pass} pass
 *  @param {Unit} unit
 *  @param {Titles} words
 *  @returns {Pick<SceneMessage, "layout" | "grids" | "operations">} */
function pooling(pass, unit, words) {
  const layer = pass.layers[unit.layer];
  const grids = [inputGrid(pass, unit.layer, unit.channel, words), outputGrid(pass, unit, words)];
  const reduce = layer.kind === "MaxPool2d" ? "max" : "mean";
  return { layout: "fan", grids, operations: [operation(layer, { reduce, parts: [[0, null]], output: 1 })] };
}
