// Small pictures on canvases, a pixel a number, in the page's colours: images from paper to ink, weights blue and orange.

/** @import { ProbeMessage } from "./messages.d.ts" */
/** @import { BytePalette, RGB, Sheet, Unpacked } from "./types.d.ts" */

import { bytesOf } from "./base64.js";
import { contextOf, make, repeat, write } from "./elements.js";
import { colorReader } from "./theme_colors.js";

const SIGNED = 127; // a weight as large as the scale

/** Whole percents; 100 only where no tenth is missing.
 *  @type {(share: number) => string} */
export const percent = (share) => `${share >= 0.9995 ? 100 : Math.min(99, Math.round(share * 100))}%`;

/** {count, height, width, numbers} of what Python packed: [[count, height, width], base64 of bytes], and, third,
 *  whether a zero stands there with the length of its run.
 *  @param {ProbeMessage["images"]} sent
 *  @returns {Unpacked} */
export function unpack([[count, height, width], text, runs]) {
  const bytes = bytesOf(text);
  if (!runs) return { count, height, width, numbers: bytes };
  const numbers = new Uint8Array(count * height * width);
  for (let from = 0, to = 0; from < bytes.length; from++)
    if (bytes[from]) numbers[to++] = bytes[from];
    else to += bytes[++from];
  return { count, height, width, numbers };
}

/** Three tables of colours, [r, g, b] for each byte: images, and weights, whose byte is a signed one.
 *  @param {HTMLElement} probe
 *  @param {BytePalette} [last]
 *  @returns {BytePalette} */
export function makePalette(probe, last) {
  /** @type {(name: string) => string} */
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = read("ink") + read("neutral");
  if (last?.theme === theme) return last;
  const [paper, ink, neutral, positive, negative] = ["paper", "ink", "neutral", "positive", "negative"].map(
    colorReader(probe),
  );
  /** @type {(from: RGB, to: RGB, share: number) => RGB} */
  const between = (from, to, share) => /** @type {RGB} */ (from.map((c, k) => c + (to[k] - c) * share));
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  /** @type {(value: number) => RGB} */
  const weight = (value) => between(neutral, value < 0 ? negative : positive, Math.min(1, Math.abs(value) / SIGNED));
  return {
    theme,
    image: bytes.map((byte) => between(paper, ink, byte / 255)),
    signed: bytes.map((byte) => weight(byte < 128 ? byte : byte - 256)),
  };
}

/** Paints number `index` of `packed` on the canvas.
 *  @param {HTMLCanvasElement} canvas
 *  @param {Unpacked} pictures
 *  @param {number} index
 *  @param {RGB[]} colors */
export function paint(canvas, { height, width, numbers }, index, colors) {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = contextOf(canvas);
  const image = context.createImageData(width, height);
  for (let pixel = 0, from = index * height * width; pixel < height * width; pixel++) {
    image.data.set(colors[numbers[from + pixel]], pixel * 4);
    image.data[pixel * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** A heading, pictures under it, and a note on their scale.
 *  @param {string} name
 *  @returns {Sheet} */
export function makeSheet(name) {
  const element = make("section", { class: name });
  const head = element.appendChild(make("header"));
  const title = head.appendChild(make("h4"));
  const grid = element.appendChild(make("div", { class: "grid", role: "img" }));
  const note = element.appendChild(make("small"));
  return {
    element,
    head,
    /** Shows `count` pictures of `packed` from number `from` on; null hides the sheet. */
    show(packed, from, count, colors, words) {
      element.hidden = !packed;
      if (!packed) return;
      write(title, words.title);
      write(note, words.note);
      grid.setAttribute("aria-label", words.says);
      grid.classList.toggle("many", count > 20);
      /** @type {() => HTMLCanvasElement} */
      const canvas = () => make("canvas", { "aria-hidden": "true" });
      repeat(grid, Array(count).fill(0), canvas, (picture, _, n) => paint(picture, packed, from + n, colors));
    },
  };
}
