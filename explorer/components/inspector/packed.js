// Matrices as they come from packed.py: lists, or the different numbers and for each cell which of them it holds.

import { bytesOf } from "../base64.js";

/** Rows of numbers. */
export function unpacked(sent) {
  if (!sent || Array.isArray(sent)) return sent;
  const palette = [...new Float64Array(bytesOf(sent.palette).buffer)];
  const places = sent.bytes && new { 1: Uint8Array, 2: Uint16Array }[sent.bytes](bytesOf(sent.cells).buffer);
  const cells = places ? Array.from(places, (place) => palette[place]) : palette;
  return Array.from({ length: cells.length / sent.columns }, (_, y) =>
    cells.slice(y * sent.columns, (y + 1) * sent.columns),
  );
}

/** The scene with all its matrices as rows of numbers. */
export const unpackedScene = (scene) => ({
  ...scene,
  grids: scene.grids.map((grid) => ({ ...grid, values: unpacked(grid.values), before: unpacked(grid.before) })),
  maps: scene.maps.map(unpacked),
});
