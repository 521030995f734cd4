// Which map is looked into: that of the opened unit, until the learner chooses another one. Pure.

/** @import { LayerMessage } from "../../messages.d.ts" */
/** @import { Unit } from "../types.d.ts" */
/** @import { Place } from "./patches.js" */

import { layersWithMaps, mapShown } from "./patches.js";

export function makeMapChoice() {
  /** The map that stands there where none is chosen.
   *  @type {Place} */
  let usual = { layer: 0, channel: 0 };
  let followed = ""; // whose map `usual` is
  let isLinked = false; // chosen by a link, which says what is opened too
  const choice = {
    chosen: usual,
    /** Another network's layers.
     *  @param {LayerMessage[]} layers */
    clear(layers) {
      [usual, followed, isLinked] = [firstMap(layers), "", false];
      choice.chosen = usual;
    },
    /** Goes to the map of a unit, when another one is opened; the digits of a vector have one map in common.
     *  @param {Unit} unit
     *  @param {LayerMessage[]} layers */
    follow(unit, layers) {
      const map = mapShown(layers, unit);
      const now = JSON.stringify(map?.layer === unit.layer ? unit : map);
      if (now === followed && !isLinked) return;
      usual = map ?? firstMap(layers);
      if (!isLinked && (map || !followed)) choice.chosen = usual;
      [followed, isLinked] = [now, false];
    },
    /** As the link has it: "6_19", layer and channel from 0; "" for the usual one. */
    get text() {
      const { layer, channel } = choice.chosen;
      return layer === usual.layer && channel === usual.channel ? "" : `${layer}_${channel}`;
    },
    /** @param {string} text
     *  @param {LayerMessage[]} layers */
    take(text, layers) {
      const map = mapOf(text, layers);
      [followed, isLinked] = ["", !!map];
      choice.chosen = map ?? usual;
    },
  };
  return choice;
}

/** @param {LayerMessage[]} layers
 *  @returns {Place} */
const firstMap = (layers) => ({ layer: layersWithMaps(layers)[0] ?? 0, channel: 0 });

/** The map of that text; null where these layers have none such.
 *  @param {string} text
 *  @param {LayerMessage[]} layers
 *  @returns {Place | null} */
function mapOf(text, layers) {
  const [layer, channel] = text.split("_").map(Number);
  return layersWithMaps(layers).includes(layer) && channel < layers[layer].output[0] ? { layer, channel } : null;
}
