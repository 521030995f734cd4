// The digit under a patch of paper: over each place of it how much less probable the answer is when it is covered.

/** @import { BytePalette, RGB } from "../../types.d.ts" */
/** @import { Message } from "../types.d.ts" */
/** @import { Pass } from "../unit/unit_scene.js" */

import { contextOf, make, write } from "../../elements.js";
import { probabilities } from "../../forward/forward.js";
import { fill } from "../../template.js";
import { SIDE } from "../drawing/placing.js";
import { coverEach, SIZES } from "./occlusion.js";

const SLICE_MS = 8; // of a frame's 16: the page stays quick while some 400 passes are made
const REST_MS = 200; // after the digit's last change
const USUAL = 1; // of SIZES
const FAINT = 0.3; // of the digit's ink, so that colours stand out

/** `forward(ink)`: what each layer makes of ink; `tell()`: the learner has chosen another patch.
 *  @param {(ink: Float32Array) => Float32Array[]} forward
 *  @param {() => void} tell */
export function makeOcclusionView(forward, tell) {
  const element = make("section", { class: "covering" });
  const paper = element.appendChild(make("div", { class: "paper", role: "grid", tabindex: 0 }));
  const beside = element.appendChild(make("div"));
  const title = beside.appendChild(make("h3"));
  const label = beside.appendChild(make("label"));
  const slider = label.appendChild(make("input", { type: "range", min: 0, max: SIZES.length - 1, value: USUAL }));
  const text = label.appendChild(make("span"));
  const canvas = paper.appendChild(make("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" }));
  const frame = paper.appendChild(make("i", { class: "frame", hidden: "" }));
  const cell = paper.appendChild(make("div", { role: "row" })).appendChild(make("div", { role: "gridcell" }));
  const said = beside.appendChild(make("p"));
  const context = contextOf(canvas);
  /** @type {Message} */
  let message;
  /** @type {BytePalette} */
  let palette;
  /** What is covered: nothing, or a digit that the network answers.
   *  @type {{ ink: Float32Array, answer: number, probability: number } | null} */
  let digit = null;
  /** How probable the answer is, NaN where that is still to come.
   *  @type {Float32Array} */
  let found = new Float32Array(SIDE * SIDE).fill(Number.NaN);
  let [at, timer, doing] = [-1, 0, 0];
  /** What the map is of.
   *  @type {Pass | null} */
  let asked = null;

  const size = () => SIZES[Number(slider.value)];

  /** Begins anew, once the digit rests. */
  function restart() {
    stop();
    found.fill(Number.NaN);
    paint();
    say();
    timer = setTimeout(() => {
      if (!digit) return;
      const { ink, answer, probability } = digit;
      work(coverEach(ink, size(), probability, (rest) => probabilities([...lastOf(forward(rest))])[answer]));
    }, REST_MS);
  }

  /** A slice a frame, as long as it can be seen.
   *  @param {Generator<Float32Array, Float32Array>} steps */
  function work(steps) {
    if (!element.checkVisibility()) {
      asked = null; // it begins anew when it is shown again
      return;
    }
    const end = performance.now() + SLICE_MS;
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    found = step.value;
    paint();
    say();
    if (!step.done) doing = requestAnimationFrame(() => work(steps));
  }

  function stop() {
    clearTimeout(timer);
    cancelAnimationFrame(doing);
  }

  function paint() {
    const image = context.createImageData(SIDE, SIDE);
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      const ink = palette.image[Math.round((digit?.ink[pixel] ?? 0) * FAINT * 255)];
      const drop = digit ? digit.probability - found[pixel] || 0 : 0; // what is still to come has no colour
      const color = palette.signed[drop < 0 ? 129 : 127]; // the ends of the scale
      const share = Math.min(1, Math.abs(drop));
      image.data.set(/** @type {RGB} */ (ink.map((part, k) => part + (color[k] - part) * share)), pixel * 4);
      image.data[pixel * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }

  /** Frames the patch that the pointer is on, and says what the answer is without it. */
  function say() {
    const { words } = message;
    frame.hidden = at < 0 || !digit;
    if (!digit) return write(said, words.cover_empty);
    const [row, column] = [Math.floor(at / SIDE), at % SIDE];
    placeFrame(row, column);
    const { answer } = digit;
    if (at < 0 || Number.isNaN(found[at])) return write(said, fill(words.cover_hint, { answer }));
    const [before, after] = [digit.probability, found[at]].map((value) => `${(value * 100).toFixed(1)}%`);
    write(said, fill(words.cover_at, { row: row + 1, column: column + 1, answer, before, after }));
    write(cell, said.textContent ?? "");
  }

  /** @param {number} row
   *  @param {number} column */
  function placeFrame(row, column) {
    const reach = (size() - 1) / 2;
    const part = (/** @type {number} */ pixels) => `${(pixels / SIDE) * 100}%`;
    const [top, left] = [row, column].map((middle) => Math.max(0, middle - reach));
    const [bottom, right] = [row, column].map((middle) => Math.min(SIDE, middle + reach + 1));
    Object.assign(frame.style, {
      ...{ top: part(top), height: part(bottom - top), left: part(left), width: part(right - left) },
    });
  }

  function resize() {
    write(text, fill(message.words.cover_size, { size: size() }));
    restart();
  }

  slider.addEventListener("input", () => {
    resize();
    tell();
  });
  paper.addEventListener("pointermove", (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * SIDE, ((event.clientY - top) / height) * SIDE].map(Math.floor);
    go(x >= 0 && x < SIDE && y >= 0 && y < SIDE ? y * SIDE + x : -1);
  });
  paper.addEventListener("pointerleave", () => go(-1));
  paper.addEventListener("blur", () => go(-1));
  paper.addEventListener("focus", () => go(Math.max(at, 0)));
  paper.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: SIDE, ArrowUp: -SIDE }[event.key];
    if (!step) return;
    if (at + step >= 0 && at + step < SIDE * SIDE) go(at + step);
    event.preventDefault();
  });

  /** @param {number} place */
  function go(place) {
    at = place;
    say();
  }

  return {
    element,
    linked: {
      /** Pixels of the patch's side; "" for the usual ones. */
      text: () => (size() === SIZES[USUAL] ? "" : String(size())),
      /** @param {string} said */
      take(said) {
        const found = SIZES.indexOf(Number(said));
        slider.value = String(found < 0 ? USUAL : found);
        if (message) resize();
      },
    },
    /** @param {Message} itsMessage
     *  @param {BytePalette} itsPalette */
    update(itsMessage, itsPalette) {
      [message, palette] = [itsMessage, itsPalette];
      const { words } = message;
      write(title, words.cover);
      write(text, fill(words.cover_size, { size: size() }));
      paper.setAttribute("aria-label", words.cover);
      paint();
      say();
    },
    /** The digit in view, null for an empty pad, and what the network makes of it.
     *  @param {Float32Array | null} ink
     *  @param {Pass} pass */
    show(ink, pass) {
      if (asked && isSame(asked, pass) && !ink === !digit) return;
      asked = pass;
      const shares = probabilities([...lastOf(pass.outputs)]);
      const probability = Math.max(...shares);
      digit = ink && Number.isFinite(probability) ? { ink, answer: shares.indexOf(probability), probability } : null;
      restart();
    },
    close: stop,
  };
}

/** @type {(outputs: Float32Array[]) => Float32Array} */
const lastOf = (outputs) => outputs[outputs.length - 1];

/** Whether both are of the same weights and the same image.
 *  @param {Pass} one
 *  @param {Pass} other */
const isSame = (one, other) =>
  one.tensors === other.tensors && one.image.every((value, pixel) => value === other.image[pixel]);
