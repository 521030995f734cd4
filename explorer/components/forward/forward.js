// The way of an image through a trained network: every layer's output, as torch computes it in eval mode. Pure: numbers
// in, numbers out; tested against torch. Sums are made in double precision, what a layer gives on in float32.

/** @import { AxisMessage, LayerMessage } from "../messages.d.ts" */
/** @import { Tensors } from "./types.d.ts" */

export const EPSILON = 1e-5; // of torch.nn.BatchNorm

/** The output of each layer, (C, H, W) or (features,) in reading order.
 *  @param {LayerMessage[]} layers
 *  @param {Tensors} tensors named as in a state_dict
 *  @param {Float32Array} image
 *  @returns {Float32Array[]} */
export function forward(layers, tensors, image) {
  let values = image;
  return layers.map((layer) => (values = RULES[layer.kind](values, layer, tensors)));
}

/** @typedef {(values: Float32Array, layer: LayerMessage, tensors: Tensors) => Float32Array} Rule */

/** @type {(shape: number[]) => number} */
const count = (shape) => shape.reduce((product, size) => product * size, 1);

/** What each window reads along one axis, window after window: input indices, and `size` for nothing, where a border of
 *  zeros lies.
 *  @type {(axis: AxisMessage) => Int32Array} */
const reads = ({ at, source, size }) =>
  Int32Array.from(at.flat(), (position) => (position < 0 || source[position] < 0 ? size : source[position]));

/** The maps with a column and a row of zeros behind each.
 *  @param {Float32Array} values
 *  @param {number[]} shape */
function bordered(values, [channels, height, width]) {
  const wide = new Float32Array(channels * (height + 1) * (width + 1));
  for (let line = 0; line < channels * height; line++) {
    const start = (line + Math.floor(line / height)) * (width + 1);
    wide.set(values.subarray(line * width, (line + 1) * width), start);
  }
  return wide;
}

/** @type {(layer: LayerMessage) => [AxisMessage, AxisMessage]} */
const axesOf = (layer) => /** @type {[AxisMessage, AxisMessage]} */ (layer.axes);

/** @type {Rule} */
function convolution(values, layer, tensors) {
  const [weight, bias] = [tensors[`${layer.name}.weight`], tensors[`${layer.name}.bias`]];
  const [rows, columns] = axesOf(layer).map(reads);
  const [inputs, height, width] = layer.input;
  const [outputs, high, wide] = layer.output;
  const [kh, kw] = [rows.length / high, columns.length / wide];
  const [shared, plane] = [inputs / layer.groups, (height + 1) * (width + 1)];
  const padded = bordered(values, layer.input);
  const output = new Float32Array(outputs * high * wide);
  const sums = new Float64Array(high * wide);
  let w = 0;
  for (let channel = 0; channel < outputs; channel++) {
    sums.fill(bias ? bias[channel] : 0);
    const first = Math.floor(channel / (outputs / layer.groups)) * shared;
    for (let input = first; input < first + shared; input++)
      for (let ki = 0; ki < kh; ki++)
        for (let kj = 0; kj < kw; kj++, w++) {
          const factor = weight[w];
          for (let y = 0, place = 0; y < high; y++) {
            const line = input * plane + rows[y * kh + ki] * (width + 1);
            for (let x = 0, read = kj; x < wide; x++, read += kw)
              sums[place++] += factor * padded[line + columns[read]];
          }
        }
    output.set(sums, channel * sums.length);
  }
  return output;
}

/** A pooling: `start`, `join` each value that is read, and `end` with how many places the window has.
 *  @param {number} start
 *  @param {(sofar: number, value: number) => number} join
 *  @param {(sofar: number, places: number) => number} end
 *  @returns {Rule} */
function pooling(start, join, end) {
  return (values, layer) => {
    const axes = axesOf(layer);
    const [rows, columns] = axes.map(({ at, source }) => at.map((line) => line.map((p) => (p < 0 ? p : source[p]))));
    const places = axes.map(({ at }) => at.map((line) => line.filter((position) => position >= 0).length));
    const [channels, height, width] = layer.input;
    const output = new Float32Array(count(layer.output));
    let place = 0;
    for (let channel = 0; channel < channels; channel++)
      rows.forEach((down, y) =>
        columns.forEach((across, x) => {
          let sofar = start;
          for (const row of down)
            if (row >= 0)
              for (const column of across)
                if (column >= 0) sofar = join(sofar, values[(channel * height + row) * width + column]);
          output[place++] = end(sofar, places[0][y] * places[1][x]);
        }),
      );
    return output;
  };
}

// As torch's, a maximum of what is no number is none.
const largest = pooling(
  -Infinity,
  (most, value) => (value > most || Number.isNaN(value) ? value : most),
  (most) => most,
);
const mean = pooling(
  0,
  (sum, value) => sum + value,
  (sum, places) => sum / places,
);

/** Of features; of maps it takes each row for itself, as torch does.
 *  @type {Rule} */
function linear(values, layer, tensors) {
  const [weight, bias] = [tensors[`${layer.name}.weight`], tensors[`${layer.name}.bias`]];
  const [inputs, outputs] = [/** @type {number} */ (layer.input.at(-1)), /** @type {number} */ (layer.output.at(-1))];
  const output = new Float32Array(count(layer.output));
  for (let start = 0, place = 0; start < values.length; start += inputs)
    for (let unit = 0, w = 0; unit < outputs; unit++) {
      let sum = bias ? bias[unit] : 0;
      for (let input = start; input < start + inputs; input++) sum += weight[w++] * values[input];
      output[place++] = sum;
    }
  return output;
}

/** By the averages that training has learnt.
 *  @type {Rule} */
function normalization(values, layer, tensors) {
  const [weight, bias, average, variance] = ["weight", "bias", "running_mean", "running_var"].map(
    (part) => tensors[`${layer.name}.${part}`],
  );
  const each = values.length / layer.input[0];
  return values.map((value, place) => {
    const channel = Math.floor(place / each);
    return ((value - average[channel]) / Math.sqrt(variance[channel] + EPSILON)) * weight[channel] + bias[channel];
  });
}

/** Over the channels of each place, or over all features.
 *  @type {Rule} */
function softmax(values, layer) {
  const [channels] = layer.input;
  const places = values.length / channels;
  const output = new Float32Array(values.length);
  for (let place = 0; place < places; place++) {
    const some = Array.from({ length: channels }, (_, channel) => values[channel * places + place]);
    probabilities(some).forEach((value, channel) => (output[channel * places + place] = value));
  }
  return output;
}

/** What softmax makes of some logits.
 *  @param {ArrayLike<number>} logits
 *  @returns {number[]} */
export function probabilities(logits) {
  const some = Array.from(logits);
  const most = Math.max(...some);
  const powers = some.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** @type {Rule} */
const same = (values) => values;

/** @type {Record<string, Rule>} */
const RULES = {
  Conv2d: convolution,
  MaxPool2d: largest,
  AvgPool2d: mean,
  AdaptiveAvgPool2d: mean,
  ReLU: (values) => values.map((value) => Math.max(0, value)),
  Dropout: same, // which only acts while a network trains
  BatchNorm2d: normalization,
  BatchNorm1d: normalization,
  Flatten: same,
  Linear: linear,
  Softmax: softmax,
};
