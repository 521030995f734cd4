// What the network gets: the drawing as an image of 28×28, with a frame around what a unit sees of it, and the steps that
// led to it.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { ShownWords } from "../types.d.ts" */

import { contextOf, make, write } from "../../elements.js";
import { SIDE } from "./placing.js";
import { makeSteps } from "./steps.js";

/** `changed()` is called when a step is switched.
 *  @param {() => void} changed */
export function makePicture(changed) {
  const element = make("section", { class: "got" });
  const paper = element.appendChild(make("div", { class: "paper" }));
  const canvas = paper.appendChild(make("canvas", { width: SIDE, height: SIDE, role: "img" }));
  const frame = paper.appendChild(make("i", { class: "frame", hidden: "" }));
  const caption = element.appendChild(make("small"));
  const steps = makeSteps(changed);
  element.append(steps.element, steps.cost);
  const context = contextOf(canvas);
  return {
    element,
    steps: steps.chosen,
    stepsElement: steps.element,
    get offText() {
      return steps.offText;
    },
    takeOff: steps.takeOff,
    /** `isImage`: the digit is an image, for which there are no steps.
     *  @param {Float32Array | null} ink
     *  @param {BytePalette} palette
     *  @param {boolean} isImage */
    paint(ink, palette, isImage) {
      steps.apply(isImage);
      const pixels = context.createImageData(SIDE, SIDE);
      for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
        pixels.data.set(palette.image[Math.round((ink?.[pixel] ?? 0) * 255)], pixel * 4);
        pixels.data[pixel * 4 + 3] = 255;
      }
      context.putImageData(pixels, 0, 0);
    },
    /** Frames these rows and columns, first and last; nothing where they are at infinity.
     *  @param {{ rows: number[], columns: number[] }} seen */
    frame({ rows, columns }) {
      frame.hidden = ![...rows, ...columns].every(Number.isFinite);
      const part = (/** @type {number} */ pixels) => `${(pixels / SIDE) * 100}%`;
      Object.assign(frame.style, {
        ...{ top: part(rows[0]), height: part(rows[1] + 1 - rows[0]) },
        ...{ left: part(columns[0]), width: part(columns[1] + 1 - columns[0]) },
      });
    },
    /** @param {ShownWords} words */
    update(words) {
      canvas.setAttribute("aria-label", words.got);
      write(caption, words.got);
      steps.update(words);
    },
  };
}
