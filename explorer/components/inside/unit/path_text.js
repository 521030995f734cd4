// The way to an opened unit as a link holds it. Pure.

/** @import { LayerMessage } from "../../messages.d.ts" */
/** @import { Unit } from "../types.d.ts" */

const BETWEEN = "."; // units
const PIXEL_SIGN = "x"; // in place of a layer's number

/** A path of units, each made of the next: "7_3_0_0.6_120_0_0": layer, channel, row and column, from 0.
 *  @type {(units: Unit[]) => string} */
export const pathText = (units) =>
  units.map(({ layer, ...place }) => [layer < 0 ? PIXEL_SIGN : layer, ...Object.values(place)].join("_")).join(BETWEEN);

/** The opened unit, the answer that it is compared with, and the ink that it comes from, two hexadecimal digits a pixel.
 *  @param {Unit} unit
 *  @param {Unit | null} rival
 *  @param {Float32Array} ink in whole 255ths */
export function numberText(unit, rival, ink) {
  const bytes = Array.from(ink, (value) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `${pathText([unit])}${rival ? `-${rival.channel}` : ""}.${bytes.join("")}`;
}

/** The units of that text, up to the first that these layers lack.
 *  @param {string} text
 *  @param {LayerMessage[]} layers
 *  @returns {Unit[]} */
export function pathOf(text, layers) {
  const units = text.split(BETWEEN).map((part) => unitOf(part, layers));
  const end = units.indexOf(null);
  return /** @type {Unit[]} */ (end < 0 ? units : units.slice(0, end));
}

/** @param {string} text
 *  @param {LayerMessage[]} layers
 *  @returns {Unit | null} */
function unitOf(text, layers) {
  const [name, ...place] = text.split("_");
  const layer = name === PIXEL_SIGN ? -1 : Number(name);
  const shape = layer < 0 ? layers[0].input : layers[layer]?.output;
  const [channels, height = 1, width = 1] = shape ?? [0];
  const [channel, row, column] = place.map(Number);
  return channel < channels && row < height && column < width ? { layer, channel, row, column } : null;
}
