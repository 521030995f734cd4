// A part of the vector as one row of cells, each as dark as its pixel, with the places that are spoken of coloured.

/** @import { BytePalette } from "../types.d.ts" */
/** @import { Places } from "./flattening.js" */

import { contextOf, dotsPerPixel, make } from "../elements.js";

const HEIGHT = 44; // px; above and below the cells, the marks
const MARK = 9; // px

/** @typedef {Record<"main" | "beside" | "across" | "edge", string>} Colors */

export function makeVectorStrip() {
  const canvas = make("canvas", { role: "img", height: HEIGHT });
  const context = contextOf(canvas);
  return {
    element: canvas,
    /** Draws `count` cells from place `first` on, and a bracket under `part`, where that is given.
     *  @param {Float32Array} ink of the whole vector
     *  @param {[number, number]} range first and count
     *  @param {Places} places
     *  @param {Colors} colors
     *  @param {BytePalette} palette
     *  @param {[number, number]} [part] first and count */
    paint(ink, [first, count], places, colors, palette, part) {
      const dense = dotsPerPixel(canvas);
      const width = canvas.clientWidth;
      if (!width) return;
      if (canvas.width !== Math.round(width * dense)) canvas.width = Math.round(width * dense);
      if (canvas.height !== Math.round(HEIGHT * dense)) canvas.height = Math.round(HEIGHT * dense);
      context.setTransform(dense, 0, 0, dense, 0, 0);
      context.clearRect(0, 0, width, HEIGHT);
      const cell = width / count;
      const at = (/** @type {number} */ place) => (place - first) * cell;
      for (let place = first; place < first + count; place++) {
        context.fillStyle = `rgb(${palette.image[Math.round(ink[place] * 255)].map(Math.round).join(" ")})`;
        context.fillRect(at(place), MARK, cell + 0.5, HEIGHT - 2 * MARK);
      }
      context.strokeStyle = colors.edge;
      context.strokeRect(0.5, MARK - 0.5, width - 1, HEIGHT - 2 * MARK + 1);
      const mark = (/** @type {number} */ place, /** @type {string} */ color) => {
        context.fillStyle = color;
        const wide = Math.max(2, cell);
        const left = at(place) + cell / 2 - wide / 2;
        context.fillRect(left, 0, wide, MARK - 1);
        context.fillRect(left, HEIGHT - MARK + 1, wide, MARK - 1);
      };
      for (const place of places.across) mark(place, colors.across);
      for (const place of places.beside) mark(place, colors.beside);
      if (places.main !== null) mark(places.main, colors.main);
      if (!part) return;
      context.strokeStyle = colors.main;
      context.strokeRect(at(part[0]) + 0.5, MARK - 0.5, part[1] * cell - 1, HEIGHT - 2 * MARK + 1);
    },
  };
}
