// What the network gets, saved as a file: 28×28 pixels, ink white on black as in MNIST.

import { contextOf, make } from "../../elements.js";
import { SIDE } from "./placing.js";

/** Hands the learner the picture as a file of that name.
 *  @param {Float32Array} ink
 *  @param {string} name */
export function savePng(ink, name) {
  const canvas = make("canvas", { width: SIDE, height: SIDE });
  const context = contextOf(canvas);
  const pixels = context.createImageData(SIDE, SIDE);
  ink.forEach((value, pixel) => {
    const byte = Math.round(value * 255);
    pixels.data.set([byte, byte, byte, 255], pixel * 4);
  });
  context.putImageData(pixels, 0, 0);
  canvas.toBlob((file) => {
    if (!file) return;
    const href = URL.createObjectURL(file);
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href)); // once the click has been taken
  });
}
