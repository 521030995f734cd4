// The drawing pad: mouse, finger, pen or keys leave a digit on it, strokes or an image, which Undo takes back.

/** @import { BytePalette, RGB } from "../../types.d.ts" */
/** @import { Digit, Point, ShownMessage, Stroke } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { fill } from "../../template.js";
import { drawn, isAwaited, isEmpty, NOTHING, ownImage, withInk } from "./digit.js";
import { coarsened, digitOf, digitText } from "./digit_text.js";
import { makeHistory } from "./history.js";
import { makePadCanvas } from "./pad_canvas.js";
import { makePadCells } from "./pad_cells.js";
import { followPen } from "./pen.js";
import { makePhoto } from "./photo.js";
import { makeStrip } from "./strip.js";
import { snapped } from "./stroke_text.js";
import { fetchDigits } from "./test_digits.js";

const MOST_POINTS = 4000; // of a drawing: what a hand draws in a minute
const FIRST = "first"; // the digit that stands there before there is another
const FINGER = window.matchMedia("(pointer: coarse)");

/** `changed()` is called at every change of `pad.digit`; `ink()` is what the network gets of it, `answer()` what it reads.
 *  @param {() => void} changed
 *  @param {() => Float32Array | null} ink
 *  @param {() => number} answer */
export function makePad(changed, ink, answer) {
  const element = make("div", { class: "pad" });
  const sheet = element.appendChild(make("div", { class: "sheet" }));
  const { canvas, paint } = makePadCanvas();
  const cells = makePadCells((pixel) => ink()?.[pixel] ?? 0, setInk);
  sheet.append(canvas, cells.element);
  const buttons = element.appendChild(make("div", { class: "buttons" }));
  const [undo, redo, clear] = Array.from({ length: 3 }, () => buttons.appendChild(make("button", { type: "button" })));
  const samples = element.appendChild(make("div", { class: "samples", role: "group" }));
  const note = element.appendChild(make("small", { class: "note", role: "status" }));
  const photo = makePhoto(element, (image, sentence) => {
    if (image) change(ownImage(image));
    say(sentence);
  });
  const strip = makeStrip(() => ({ digit: pad.digit, ink: ink(), answer: answer() }), change);
  buttons.append(strip.keep, photo.button, strip.save, photo.input);
  element.append(strip.element);
  const pen = followPen(canvas, { may, begin, go, lift });
  const pad = {
    element,
    samples,
    digit: NOTHING,
    /** Whether the pen is down. */
    get busy() {
      return pen.isDown;
    },
    update,
    change,
    linked: { text: linkText, take },
  };
  /** @type {ReturnType<typeof makeHistory<Digit>>} */
  const history = makeHistory();
  /** What stands there at first.
   *  @type {Digit | null} */
  let first = null;
  /** @type {RGB} */
  let color = [0, 0, 0];
  /** @type {ShownMessage} */
  let message;

  element.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    (event.shiftKey ? redo : undo).click();
  });
  undo.addEventListener("click", () => show(history.undo(pad.digit)));
  redo.addEventListener("click", () => show(history.redo(pad.digit)));
  clear.addEventListener("click", () => change(NOTHING));

  function may() {
    return pad.digit.strokes.flat().length <= MOST_POINTS;
  }

  /** @param {Point} point */
  function begin(point) {
    change({ ...pad.digit, strokes: [...pad.digit.strokes, [point]] });
  }

  /** @param {Point[]} points */
  function go(points) {
    pad.digit.strokes[pad.digit.strokes.length - 1].push(...points);
    show(pad.digit);
  }

  function lift() {
    show(pad.digit);
  }

  /** A cell gets other ink: what was drawn is an image from then on.
   *  @param {number} pixel
   *  @param {number} value */
  function setInk(pixel, value) {
    const wasDrawn = !pad.digit.image && !isEmpty(pad.digit);
    change(withInk(ink(), pixel, value));
    if (wasDrawn) say(message.words.pad_becomes_image);
  }

  /** Another digit, that Undo takes back.
   *  @param {Digit} digit */
  function change(digit) {
    history.remember(pad.digit);
    say("");
    show(digit);
  }

  /** @param {Digit} digit */
  function show(digit) {
    pad.digit = digit;
    draw();
    changed();
    complete();
  }

  /** What the link has of the digit; a long drawing is seen as the link has it. */
  function linkText() {
    if (pad.digit === first) return FIRST;
    const held = coarsened(pad.digit);
    if (held !== pad.digit) show(held);
    return digitText(held);
  }

  /** A drawing to begin with, as fine as a link can hold, which shows the same again.
   *  @type {(number: number) => Digit} */
  const sample = (number) =>
    drawn(message.drawings[number].map((stroke) => stroke.map(([x, y]) => [snapped(x), snapped(y)])));

  /** The digit of a link.
   *  @param {string} text */
  function take(text) {
    first = sample(message.first);
    pad.digit = text === FIRST ? first : digitOf(text);
    draw();
    complete();
  }

  /** What stands under the pad: a sentence, or, for "", how to use the keys.
   *  @param {string} sentence */
  function say(sentence) {
    write(note, sentence || (FINGER.matches ? "" : message.words.pad_keys));
  }

  function draw() {
    undo.disabled = !history.canUndo;
    redo.disabled = !history.canRedo;
    clear.disabled = isEmpty(pad.digit);
    strip.keep.disabled = strip.save.disabled = clear.disabled;
    paint(pad.digit, color);
    cells.say();
  }

  /** A test digit that is known by its number gets its image from the server. */
  async function complete() {
    const { digit } = pad;
    if (digit.number === null || !isAwaited(digit)) return;
    const ask = message.digits ? fetchDigits(message.digits, [digit.number]) : Promise.reject();
    const [found] = await ask.catch(() => []); // not at hand, or the line is cut
    if (pad.digit !== digit) return; // another has come meanwhile
    show(found ? { ...found, strokes: digit.strokes } : NOTHING);
    if (!found) say(fill(message.words.no_test_digit, { number: digit.number }));
  }

  /** @param {ShownMessage} sent
   *  @param {BytePalette} palette */
  function update(sent, palette) {
    const isNew = message?.words.pad_keys !== sent.words.pad_keys;
    message = sent;
    const { words } = message;
    color = /** @type {RGB} */ (palette.image[255].map(Math.round));
    samples.setAttribute("aria-label", words.samples);
    const create = (/** @type {number} */ digit) => {
      const button = make("button", { type: "button" }, String(digit));
      button.addEventListener("click", () => change(sample(digit)));
      return button;
    };
    repeat(samples, message.drawings, create, () => {});
    canvas.setAttribute("aria-label", words.pad);
    write(undo, words.undo);
    write(redo, words.redo);
    write(clear, words.clear);
    for (const part of [cells, photo]) part.update(words);
    strip.update(words, palette);
    if (isNew) say("");
    draw();
  }
  return pad;
}
