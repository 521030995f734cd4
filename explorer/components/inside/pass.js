// One image's way through a network: what every picture of it is drawn from.

/** @import { LayerMessage } from "../messages.d.ts" */
/** @import { Pass } from "./unit/unit_scene.js" */

import { forward } from "../forward/forward.js";
import { SIDE } from "./drawing/placing.js";

/** Ink as the network is given it, and what each layer makes of it; null is paper without ink.
 *  @param {{ layers: LayerMessage[], mean: number, deviation: number }} network
 *  @param {Pass["tensors"]} tensors
 *  @param {Float32Array | null} ink
 *  @param {boolean} normalise whether mean and deviation are taken off
 *  @returns {Pass} */
export function passOf({ layers, mean, deviation }, tensors, ink, normalise) {
  const normalization = normalise ? { mean, deviation } : { mean: 0, deviation: 1 };
  const image = (ink ?? new Float32Array(SIDE * SIDE)).map(
    (value) => (value - normalization.mean) / normalization.deviation,
  );
  return { layers, tensors, image, outputs: forward(layers, tensors, image), normalization };
}
