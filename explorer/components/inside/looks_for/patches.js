// What a study found: for each map where in the test images it is highest. Pure.

/** @import { LayerMessage } from "../../messages.d.ts" */
/** @import { Unit } from "../types.d.ts" */

import { SIDE } from "../drawing/placing.js";
import { seenBy } from "../unit/unit_terms.js";

/** A test image's number, the unit's row and column, its value.
 *  @typedef {[number, number, number, number]} Patch */
/** `count` test images; for each layer, for each of its first maps, its patches; null for a layer without maps.
 *  @typedef {{ count: number, layers: (Patch[][] | null)[] }} Found */
/** A map, by its layer's number and its own.
 *  @typedef {{ layer: number, channel: number }} Place */

/** The layers that have maps, by their numbers.
 *  @param {LayerMessage[]} layers
 *  @returns {number[]} */
export const layersWithMaps = (layers) => layers.flatMap(({ output }, layer) => (output.length === 3 ? [layer] : []));

/** The layer and map that a unit shows the way to: its own; of a vector's unit the last layer's with maps before it.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit
 *  @returns {Place | null} */
export function mapShown(layers, { layer, channel }) {
  const own = layersWithMaps(layers).findLast((one) => one <= layer);
  return own === undefined ? null : { layer: own, channel: own === layer ? channel : 0 };
}

/** "conv1: 3, 7": the maps that are above 0 nowhere in any test image, counted from 1; "" where there are none.
 *  @param {Found} found
 *  @param {LayerMessage[]} layers */
export function darkEverywhere({ layers: found }, layers) {
  const named = layers.flatMap(({ name }, layer) => {
    const dark = (found[layer] ?? []).flatMap((patches, channel) => (patches.length ? [] : [channel + 1]));
    return dark.length ? [`${name}: ${dark.join(", ")}`] : [];
  });
  return named.join("; ");
}

/** What a unit sees of an image: {height, width, ink}, ink row by row; null where it sees none.
 *  @param {Float32Array} image
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit */
export function crop(image, layers, unit) {
  const { rows, columns } = seenBy(layers, unit);
  if (![...rows, ...columns].every(Number.isFinite)) return null;
  const [height, width] = [rows, columns].map(([first, last]) => last - first + 1);
  const ink = Float32Array.from(
    { length: height * width },
    (_, at) => image[(rows[0] + Math.floor(at / width)) * SIDE + columns[0] + (at % width)],
  );
  return { height, width, ink };
}
