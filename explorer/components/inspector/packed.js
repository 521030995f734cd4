// Matrices as they come from packed.py: lists, or the different numbers and for each cell which of them it holds.

/** @import { PackedMatrix, SceneMessage } from "../messages.d.ts" */
/** @import { Scene, Values } from "./types.d.ts" */

import { bytesOf } from "../base64.js";

/** Rows of numbers.
 *  @param {Values | PackedMatrix} sent
 *  @returns {Values} */
export function unpacked(sent) {
  if (Array.isArray(sent)) return sent;
  const palette = [...new Float64Array(bytesOf(sent.palette).buffer)];
  const whole = sent.bytes && { 1: Uint8Array, 2: Uint16Array }[sent.bytes];
  const places = whole && new whole(bytesOf(sent.cells).buffer);
  const cells = places ? Array.from(places, (place) => palette[place]) : palette;
  return Array.from({ length: cells.length / sent.columns }, (_, y) =>
    cells.slice(y * sent.columns, (y + 1) * sent.columns),
  );
}

/** The scene with all its matrices as rows of numbers.
 *  @type {(scene: SceneMessage) => Scene} */
export const unpackedScene = (scene) => ({
  ...scene,
  grids: scene.grids.map((grid) => ({
    ...grid,
    values: unpacked(grid.values),
    before: grid.before && unpacked(grid.before),
  })),
  maps: scene.maps.map(unpacked),
});
