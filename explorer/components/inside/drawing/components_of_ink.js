// Pieces of ink: pixels that touch one another, corners included. Pure.

/** @import { Raster } from "../types.d.ts" */

/** The pieces, their numbers from 1 on, with the sum of their ink, their darkest pixel and whether they reach the edge;
 *  and for each pixel its piece's number, 0 where there is no ink.
 *  @param {Raster} ink */
export function components({ values, width, height }) {
  const numbers = new Uint32Array(values.length);
  const pieces = [];
  for (let start = 0; start < values.length; start++)
    if (values[start] && !numbers[start]) pieces.push(follow(start, pieces.length + 1));
  return { pieces, numbers };

  /** Numbers all that hangs together with pixel `start`.
   *  @param {number} start
   *  @param {number} number */
  function follow(start, number) {
    const piece = { number, mass: 0, darkest: 0, touchesEdge: false };
    const waiting = [start];
    numbers[start] = number;
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      const [row, column] = [Math.floor(pixel / width), pixel % width];
      piece.mass += values[pixel];
      piece.darkest = Math.max(piece.darkest, values[pixel]);
      piece.touchesEdge ||= row === 0 || column === 0 || row === height - 1 || column === width - 1;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++)
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const next = y * width + x;
          if (!values[next] || numbers[next]) continue;
          numbers[next] = number;
          waiting.push(next);
        }
    }
    return piece;
  }
}
