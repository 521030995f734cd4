// What is on the pad, painted: strokes as a pen leaves them, an image in its 28×28 cells.

/** @import { Digit } from "../types.d.ts" */

import { contextOf, make } from "../../elements.js";
import { inkOf } from "./digit.js";
import { PAD_PEN, SIDE } from "./placing.js";

const WIDEST = 320; // of the pad, in the page's pixels
const DENSITY = Math.min(3, Math.max(1.75, window.devicePixelRatio)); // dots to one of them: lines stay sharp
const PIXELS = Math.round(WIDEST * DENSITY);

/** A canvas, and what paints a digit on it. */
export function makePadCanvas() {
  const canvas = make("canvas", { width: PIXELS, height: PIXELS, role: "img" });
  const context = contextOf(canvas);
  const cells = make("canvas", { width: SIDE, height: SIDE });
  const small = contextOf(cells);

  /** @param {Digit} digit
   *  @param {[number, number, number]} color */
  function paintImage(digit, color) {
    const ink = inkOf(digit);
    const pixels = small.createImageData(SIDE, SIDE);
    ink?.forEach((value, pixel) => {
      pixels.data.set([...color, value * 255], pixel * 4);
    });
    small.putImageData(pixels, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(cells, 0, 0, PIXELS, PIXELS);
  }

  /** @param {Digit} digit
   *  @param {[number, number, number]} color */
  function paintStrokes({ strokes }, color) {
    Object.assign(context, {
      lineWidth: 2 * PAD_PEN * PIXELS,
      lineCap: "round",
      lineJoin: "round",
      strokeStyle: `rgb(${color})`,
    });
    for (const stroke of strokes) {
      context.beginPath();
      for (const [x, y] of [stroke[0], ...stroke]) context.lineTo(x * PIXELS, y * PIXELS); // a dot is a line too
      context.stroke();
    }
  }

  return {
    canvas,
    /** @param {Digit} digit
     *  @param {[number, number, number]} color */
    paint(digit, color) {
      context.clearRect(0, 0, PIXELS, PIXELS);
      (digit.image ? paintImage : paintStrokes)(digit, color);
    },
  };
}
