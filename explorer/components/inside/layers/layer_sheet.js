// All maps of one layer on one canvas, in one scale, or a dead map would look alive; of a vector, its features.

/** @import { BytePalette, RGB } from "../../types.d.ts" */
/** @import { Unit } from "../types.d.ts" */

import { contextOf, make, set, write } from "../../elements.js";
import { largestOf } from "../unit/unit_scene.js";
import { indexOf, unitAt } from "../unit/unit_terms.js";

const [HEIGHT, WIDTH] = [288, 600]; // pixels that a sheet may have, where its cells can be small enough
const LARGEST_CELL = 20;
const GAP = 1; // cells between two maps …
const BETWEEN = 40; // … and how dark they are, of 255

/** How the maps of that shape lie beside one another: columns of them, each read downwards, of so many `most`.
 *  @param {number[]} shape
 *  @param {number} [most] */
export function arrangement([channels, height = 1, width = 1], most) {
  const gap = height * width > 1 ? GAP : 0;
  const rows = Math.min(channels, most ?? (height * width > 1 ? Math.ceil(Math.sqrt(2 * channels)) : 40));
  const columns = Math.ceil(channels / rows);
  const fits = Math.min(HEIGHT / (rows * (height + gap)), WIDTH / (columns * (width + gap)));
  const cell = Math.max(1, Math.min(LARGEST_CELL, Math.floor(fits)));
  return { rows, columns, cell, down: height + gap, across: width + gap, gap };
}

/** The unit nearest to a point of the sheet, x and y in cells: a gap belongs to the maps on both of its sides; null where
 *  the sheet has no map.
 *  @param {ReturnType<typeof arrangement>} plan
 *  @param {number[]} shape
 *  @param {number} x
 *  @param {number} y */
export function nearestUnit(plan, [channels, height = 1, width = 1], x, y) {
  /** @type {(place: number, step: number, size: number, maps: number) => [number, number]} */
  const nearest = (place, step, size, maps) => {
    const map = Math.min(Math.max(Math.floor((place + plan.gap / 2) / step), 0), maps - 1);
    return [map, Math.min(Math.max(Math.floor(place - map * step), 0), size - 1)];
  };
  const [across, column] = nearest(x, plan.across, width, plan.columns);
  const [down, row] = nearest(y, plan.down, height, plan.rows);
  const channel = across * plan.rows + down;
  return channel < channels ? { channel, row, column } : null;
}

/** How many of so many maps hold nothing but zeros.
 *  @param {Float32Array} values
 *  @param {number} channels */
export function darkMaps(values, channels) {
  const size = values.length / channels;
  const maps = Array.from({ length: channels }, (_, channel) => values.subarray(channel * size, (channel + 1) * size));
  return maps.filter((map) => map.every((value) => value === 0)).length;
}

/** `choose(unit)` when a cell is clicked or Enter pressed, `point(unit or null)` what the pointer or the keys are on:
 *  units of layer number `layer`.
 *  @param {number} layer
 *  @param {(unit: Unit) => void} choose
 *  @param {(unit: Unit | null) => void} point */
export function makeSheet(layer, choose, point) {
  const element = make("section");
  const title = element.appendChild(make("h4"));
  const size = element.appendChild(make("small"));
  const grid = element.appendChild(make("div", { role: "grid", tabindex: 0 }));
  const canvas = grid.appendChild(make("canvas", { "aria-hidden": "true" }));
  // Of thousands of cells the one that the keys are on; the others are counted, map under map.
  const line = grid.appendChild(make("div", { role: "row" }));
  const cell = line.appendChild(make("div", { role: "gridcell" }));
  const note = element.appendChild(make("small"));
  const frame = grid.appendChild(make("i", { class: "frame", hidden: "" }));
  const context = contextOf(canvas);
  /** @type {number[]} */
  let shape = [1];
  /** @type {Float32Array} */
  let values = new Float32Array(1);
  let at = 0; // the cell that the keys are on
  let plan = arrangement(shape);

  /** Where a channel's map begins, in cells.
   *  @type {(channel: number) => [number, number]} */
  const corner = (channel) => [Math.floor(channel / plan.rows) * plan.across, (channel % plan.rows) * plan.down];

  /** @param {PointerEvent | MouseEvent} event
   *  @returns {Unit | null} */
  function under(event) {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const unit = nearestUnit(plan, shape, x * canvas.width, y * canvas.height);
    return unit && { layer, ...unit };
  }
  grid.addEventListener("pointermove", (event) => {
    const unit = under(event);
    grid.style.cursor = unit ? "" : "default";
    point(unit);
  });
  grid.addEventListener("pointerleave", () => point(null));
  grid.addEventListener("click", (event) => {
    const unit = under(event);
    if (unit) choose(unit);
  });
  grid.addEventListener("focus", () => stand(at));
  grid.addEventListener("blur", () => point(null));
  grid.addEventListener("keydown", (event) => {
    const [, height = 1, width = 1] = shape;
    const page = height * width > 1 ? height * width : plan.rows;
    const steps = { ArrowRight: height * width > 1 ? 1 : plan.rows, ArrowLeft: height * width > 1 ? -1 : -plan.rows };
    /** @type {Record<string, number>} */
    const all = { ...steps, ArrowDown: width, ArrowUp: -width, PageDown: page, PageUp: -page };
    const unit = unitAt(layer, shape, at);
    if (event.key === "Enter" || event.key === " ") choose(unit);
    else if (all[event.key]) stand(at + all[event.key]);
    else return;
    event.preventDefault();
  });

  /** @param {number} place */
  function stand(place) {
    if (place < 0 || place >= values.length) return;
    at = place;
    point(unitAt(layer, shape, at));
  }

  return {
    element,
    /** @param {string} name
     *  @param {number[]} itsShape
     *  @param {string} label
     *  @param {number} [most] maps in a column */
    describe(name, itsShape, label, most) {
      shape = itsShape;
      plan = arrangement(shape, most);
      write(title, name);
      write(size, label);
      const [channels, height = 1, width = 1] = shape;
      set(grid, { "aria-label": name, "aria-rowcount": channels * height, "aria-colcount": width });
      canvas.width = plan.columns * plan.across - plan.gap;
      canvas.height = plan.rows * plan.down - plan.gap;
      Object.assign(canvas.style, { width: `${canvas.width * plan.cell}px`, height: `${canvas.height * plan.cell}px` });
    },
    /** Paints the layer's numbers; `dark(count)` is what is said of maps that are zero everywhere.
     *  @param {Float32Array} numbers
     *  @param {BytePalette} palette
     *  @param {(count: number) => string} [dark] */
    paint(numbers, palette, dark = () => "") {
      values = numbers;
      const largest = largestOf(values);
      const [colors, full] = values.some((value) => value < 0) ? [palette.signed, 127] : [palette.image, 255];
      const [channels, height = 1, width = 1] = shape;
      const image = context.createImageData(canvas.width, canvas.height);
      /** @type {(row: number, column: number, color: RGB) => void} */
      const dot = (row, column, color) => {
        if (row >= canvas.height || column >= canvas.width) return;
        image.data.set(color, (row * canvas.width + column) * 4);
        image.data[(row * canvas.width + column) * 4 + 3] = 255;
      };
      for (let channel = 0, place = 0; channel < channels; channel++) {
        const [left, top] = corner(channel);
        for (let row = 0; row < plan.down; row++)
          for (let column = 0; column < plan.across; column++) dot(top + row, left + column, palette.image[BETWEEN]);
        for (let row = 0; row < height; row++)
          for (let column = 0; column < width; column++) {
            const level = Math.round((values[place++] / largest) * full) || 0; // what is no number has no colour
            dot(top + row, left + column, colors[Math.min(full, Math.max(-full, level)) & 255]);
          }
      }
      context.putImageData(image, 0, 0);
      const zeros = height * width > 1 ? darkMaps(values, channels) : 0;
      write(note, zeros ? dark(zeros) : "");
    },
    /** Frames one unit, or none.
     *  @param {Unit | null} unit */
    mark(unit) {
      frame.hidden = !unit;
      if (!unit) return;
      const [left, top] = corner(unit.channel);
      const px = (/** @type {number} */ cells) => `${cells * plan.cell}px`;
      Object.assign(frame.style, {
        left: px(left + unit.column),
        top: px(top + unit.row),
        width: px(1),
        height: px(1),
      });
    },
    /** The cell that the keys are on, read aloud.
     *  @param {Unit} unit
     *  @param {string} text */
    say(unit, text) {
      if (indexOf(shape, unit) !== at) return;
      const [, height = 1] = shape;
      line.setAttribute("aria-rowindex", String(unit.channel * height + unit.row + 1));
      cell.setAttribute("aria-colindex", String(unit.column + 1));
      write(cell, text);
    },
  };
}
