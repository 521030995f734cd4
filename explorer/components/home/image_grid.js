// The digit's 28×28 pixels, large enough to point at one: by mouse, finger or arrow keys.

/** @import { BytePalette } from "../types.d.ts" */
/** @import { Pixel, Places } from "./flattening.js" */

import { contextOf, make, repeat, set, write } from "../elements.js";

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** `point(pixel)` is called with what the pointer, or a key, is on.
 *  @param {number} side
 *  @param {(pixel: Pixel) => void} point */
export function makeImageGrid(side, point) {
  const counts = { "aria-rowcount": side, "aria-colcount": side };
  const element = make("div", { class: "image-grid", role: "grid", tabindex: 0, ...counts });
  const canvas = element.appendChild(make("canvas", { width: side, height: side, "aria-hidden": "true" }));
  const marks = element.appendChild(make("div", { class: "marks", "aria-hidden": "true" }));
  // Of the cells the one that the keys are on: the others are counted.
  const line = element.appendChild(make("div", { role: "row" }));
  const cell = line.appendChild(make("div", { role: "gridcell" }));
  const context = contextOf(canvas);
  /** @type {Pixel} */
  let at = { row: 0, column: 0 };

  /** @type {(place: number) => number} */
  const within = (place) => Math.min(Math.max(place, 0), side - 1);

  /** @param {PointerEvent} event */
  function follow(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * side);
    const column = Math.floor(((event.clientX - left) / width) * side);
    point({ row: within(row), column: within(column) });
  }
  element.addEventListener("pointermove", follow);
  element.addEventListener("pointerdown", follow);
  element.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    point({ row: within(at.row + step[0]), column: within(at.column + step[1]) });
  });

  return {
    element,
    /** @param {Float32Array} ink
     *  @param {BytePalette} palette */
    paint(ink, palette) {
      const pixels = context.createImageData(side, side);
      ink.forEach((value, pixel) => {
        pixels.data.set(palette.image[Math.round(value * 255)], pixel * 4);
        pixels.data[pixel * 4 + 3] = 255;
      });
      context.putImageData(pixels, 0, 0);
    },
    /** Frames the pixels of these places; says what the keys are on.
     *  @param {Pixel} pixel
     *  @param {Places} places
     *  @param {string} text */
    mark(pixel, places, text) {
      at = pixel;
      const { main, beside, across } = places;
      const all = [...across.map(named("across")), ...beside.map(named("beside"))];
      if (main !== null) all.push(named("main")(main));
      const part = (/** @type {number} */ cells) => `${(cells / side) * 100}%`;
      repeat(
        marks,
        all,
        () => make("i"),
        (frame, [name, place]) => {
          frame.className = name;
          Object.assign(frame.style, {
            left: part(place % side),
            top: part(Math.floor(place / side)),
            width: part(1),
            height: part(1),
          });
        },
      );
      set(line, { "aria-rowindex": pixel.row + 1 });
      set(cell, { "aria-colindex": pixel.column + 1 });
      write(cell, text);
    },
  };
}

/** @type {(name: string) => (place: number) => [string, number]} */
const named = (name) => (place) => [name, place];
