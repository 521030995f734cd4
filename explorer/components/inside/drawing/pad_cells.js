// The pad's 28×28 cells for the keyboard and for screen readers: a cursor that walks over them, and keys that set ink.

/** @import { ShownWords } from "../types.d.ts" */

import { make, write } from "../../elements.js";
import { fill } from "../../template.js";
import { inkOfKey } from "./pad_keys.js";
import { SIDE } from "./placing.js";

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** `inkAt(pixel)` is the ink that stands there, between 0 and 1, `set(pixel, ink)` puts another.
 *  @param {(pixel: number) => number} inkAt
 *  @param {(pixel: number, ink: number) => void} set */
export function makePadCells(inkAt, set) {
  const names = { role: "grid", tabindex: 0, "aria-rowcount": SIDE, "aria-colcount": SIDE };
  const element = make("div", { class: "pad-cells", ...names });
  // Of the cells the one that the keys are on: the others are counted.
  const cell = element.appendChild(make("div", { role: "row" })).appendChild(make("div", { role: "gridcell" }));
  const cursor = element.appendChild(make("i", { class: "frame" }));
  let [row, column] = [SIDE / 2, SIDE / 2];
  /** @type {ShownWords} */
  let words;

  element.addEventListener("focus", () => say());
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ink = inkOfKey(event.key, inkAt(row * SIDE + column));
    if (ink !== null) set(row * SIDE + column, ink);
    else if (event.key in ARROWS) [row, column] = moved(ARROWS[event.key]);
    else return;
    event.preventDefault();
    say();
  });

  /** @type {(step: [number, number]) => [number, number]} */
  const moved = ([down, right]) => [within(row + down), within(column + right)];
  /** @type {(place: number) => number} */
  const within = (place) => Math.min(Math.max(place, 0), SIDE - 1);

  /** Shows where the cursor is, and what stands there. */
  function say() {
    const ink = Math.round(inkAt(row * SIDE + column) * 255);
    write(cell, fill(words.pad_cell, { row: row + 1, column: column + 1, ink }));
    const [top, left, size] = [row, column, 1].map((cells) => `${(cells / SIDE) * 100}%`);
    Object.assign(cursor.style, { top, left, width: size, height: size });
  }

  return {
    element,
    /** @param {ShownWords} itsWords */
    update(itsWords) {
      words = itsWords;
      element.setAttribute("aria-label", words.pad_cells);
      say();
    },
    say,
  };
}
