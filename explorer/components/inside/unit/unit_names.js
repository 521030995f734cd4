// What a unit is called. Pure.

/** @import { LayerMessage } from "../../messages.d.ts" */
/** @import { Unit, ShownWords } from "../types.d.ts" */

import { fill } from "../../template.js";
import { PIXELS, unitAt } from "./unit_terms.js";

/** "conv2, map 3, row 5, column 7", counted from 1; of a vector "fc[7]", as its index is written, and of one that was
 *  maps where in them it was.
 *  @param {LayerMessage[]} layers
 *  @param {Unit} unit
 *  @param {ShownWords} words */
export function describe(layers, { layer, channel, row, column }, words) {
  const shape = layer === PIXELS ? layers[0].input : layers[layer].output;
  const name = layer === PIXELS ? "x" : layers[layer].name;
  const place = { name, channel: channel + 1, row: row + 1, column: column + 1 };
  if (shape.length > 1) return fill(words.unit, place);
  const { kind, input } = layers[layer];
  if (kind !== "Flatten" || input.length === 1) return fill(words.features, { name, feature: channel });
  const unit = unitAt(layer, input, channel);
  const was = { channel: unit.channel + 1, row: unit.row + 1, column: unit.column + 1 };
  return fill(words.flattened, { name, feature: channel, ...was });
}
