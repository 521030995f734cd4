// The digit as a vector: where a pixel's neighbours, or a window's pixels, land once the image is laid in one row.

/** @import { HomeWords } from "../messages.d.ts" */
/** @import { BytePalette } from "../types.d.ts" */
/** @import { Pixel } from "./flattening.js" */

import { make, set, write } from "../elements.js";
import { SIDE } from "../inside/drawing/placing.js";
import { fill } from "../template.js";
import { neighbours, partAround, placeOf, windowAt, windowPlaces } from "./flattening.js";
import { makeImageGrid } from "./image_grid.js";
import { makeVectorStrip } from "./vector_strip.js";

const WINDOW = 5; // rows and columns, as the simple CNN's first kernel
const PART = (WINDOW - 1) * SIDE + WINDOW + 4; // cells of the enlarged part: a whole window, and two on each side
const FINGER = window.matchMedia("(pointer: coarse)");
const COLORS = { main: "--window", beside: "--positive", across: "--negative", edge: "--edge" };

export function makeFlattened() {
  const element = make("section", { class: "flattened" });
  const title = element.appendChild(make("h3"));
  const why = element.appendChild(make("p", { class: "why" }));
  const left = element.appendChild(make("div", { class: "image" }));
  const right = element.appendChild(make("div", { class: "vector" }));
  const choice = left.appendChild(make("div", { class: "choice", role: "group" }));
  const [one, many] = [false, true].map((isWindow) => {
    const button = choice.appendChild(make("button", { type: "button" }));
    button.addEventListener("click", () => ((windowed = isWindow), show()));
    return button;
  });
  const grid = makeImageGrid(SIDE, (pixel) => ((at = pixel), show()));
  const hint = make("small");
  left.append(grid.element, hint);
  const [whole, part] = [makeVectorStrip(), makeVectorStrip()];
  const [wholeName, partName] = [make("small"), make("small")];
  const said = make("p", { role: "status", class: "said" });
  right.append(said, wholeName, whole.element, partName, part.element);
  /** @type {Pixel} */
  let at = { row: SIDE / 2, column: SIDE / 2 };
  let windowed = false;
  /** @type {Float32Array} */
  let ink = new Float32Array(SIDE * SIDE);
  /** @type {HomeWords} */
  let words;
  /** @type {BytePalette} */
  let palette;
  new ResizeObserver(() => show()).observe(right);

  function show() {
    if (!palette) return;
    set(one, { "aria-pressed": !windowed });
    set(many, { "aria-pressed": windowed });
    const corner = windowAt(at, WINDOW, SIDE);
    const places = windowed ? windowPlaces(corner, WINDOW, SIDE) : neighbours(at, SIDE);
    const first = partAround(places, PART, SIDE * SIDE);
    const style = getComputedStyle(element);
    const color = (/** @type {string} */ name) => style.getPropertyValue(name);
    const [main, beside, across, edge] = Object.values(COLORS).map(color);
    const colors = { main, beside, across, edge };
    const sentence = windowed ? windowText(corner) : pixelText();
    whole.paint(ink, [0, SIDE * SIDE], places, colors, palette, [first, PART]);
    part.paint(ink, [first, PART], places, colors, palette);
    write(said, sentence);
    write(partName, fill(words.flat_part, { first, last: first + PART - 1 }));
    grid.mark(at, places, sentence);
  }

  function pixelText() {
    const place = placeOf(at, SIDE);
    const inner = [at.row, at.column].every((number) => number > 0 && number < SIDE - 1);
    const around = { left: place - 1, right: place + 1, above: place - SIDE, below: place + SIDE, side: SIDE };
    return fill(words[inner ? "flat_neighbours" : "flat_corner"], { row: at.row, column: at.column, place, ...around });
  }

  /** @param {Pixel} corner */
  function windowText({ row, column }) {
    const [count, between] = [WINDOW * WINDOW, SIDE - WINDOW];
    const spread = (WINDOW - 1) * SIDE + WINDOW;
    const rows = { first: row, last: row + WINDOW - 1, left: column, right: column + WINDOW - 1 };
    return fill(words.flat_pieces, { size: WINDOW, count, between, spread, ...rows });
  }

  return {
    element,
    /** @param {HomeWords} itsWords
     *  @param {BytePalette} itsPalette */
    update(itsWords, itsPalette) {
      [words, palette] = [itsWords, itsPalette];
      write(title, words.flat_title);
      write(why, fill(words.flat_why, { side: SIDE, count: SIDE * SIDE }));
      write(one, words.flat_pixel);
      write(many, fill(words.flat_window, { size: WINDOW }));
      write(hint, words[FINGER.matches ? "flat_hint_touch" : "flat_hint"]);
      write(wholeName, fill(words.flat_vector, { last: SIDE * SIDE - 1 }));
      set(choice, { "aria-label": words.flat_choice });
      set(grid.element, { "aria-label": words.flat_image });
      set(whole.element, { "aria-label": wholeName.textContent });
      set(part.element, { "aria-label": words.flat_title });
      grid.paint(ink, palette);
      show();
    },
    /** The image as the network gets it, before it is normalised.
     *  @param {Float32Array} itsInk */
    paint(itsInk) {
      ink = itsInk;
      if (palette) grid.paint(ink, palette);
      show();
    },
  };
}
