// A part of the Inside page: which test images the network reads rightly, which not, after the epoch in view.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Predictions } from "../../confusion/types.d.ts" */
/** @import { Digit, Message } from "../types.d.ts" */

import { makeMatrix } from "../../confusion/matrix.js";
import {
  CLASSES,
  classSizes,
  confusion,
  fetchPredictions,
  mistakes,
  readAs,
  testedText,
} from "../../confusion/predictions.js";
import { make, write } from "../../elements.js";
import { fill } from "../../template.js";
import { makeThumbnails } from "./thumbnails.js";

/** `page.showDigit(digit)` brings an image into view; `page.tell()`: another cell's images are to be seen, or
 *  more of them.
 *  @param {{ showDigit: (digit: Digit) => void, tell: () => void }} page */
export function makeRightAndWrong(page) {
  const element = make("section", { class: "right-and-wrong" });
  const said = element.appendChild(make("p", { role: "status" }));
  const body = element.appendChild(make("div", { class: "sides", hidden: "" }));
  const matrix = makeMatrix((label, answer) => choose([label, answer]));
  const side = make("div");
  const head = side.appendChild(make("header"));
  const [title, all] = [head.appendChild(make("h4")), head.appendChild(make("button", { type: "button" }))];
  const thumbnails = makeThumbnails((digit) => page.showDigit(digit), page.tell);
  side.append(thumbnails.element);
  body.append(matrix.element, side);
  all.addEventListener("click", () => choose(null));
  /** @type {Message} */
  let message;
  /** @type {BytePalette} */
  let palette;
  /** @type {Map<string, Predictions>} */
  const kept = new Map(); // by their address: those of one network's epochs
  /** The cell whose images are seen; null: all mistakes.
   *  @type {[number, number] | null} */
  let chosen = null;
  let [epoch, addresses, looks] = [-1, "", ""];

  /** @param {typeof chosen} cell */
  function choose(cell) {
    chosen = cell;
    draw();
    page.tell();
  }

  /** What the epoch in view has of predictions, fetched once. */
  async function load() {
    const [, address] = message.predictions[epoch] ?? [0, ""];
    body.hidden = !address;
    if (!address) return write(said, message.words.not_kept);
    try {
      if (!kept.has(address)) kept.set(address, await fetchPredictions(address));
      if (address === message.predictions[epoch]?.[1]) draw();
    } catch (error) {
      body.hidden = true;
      write(said, fill(message.words.predictions_unreachable, { reason: /** @type {Error} */ (error).message }));
    }
  }

  function draw() {
    const [passes, address] = message?.predictions[epoch] ?? [0, ""];
    const predictions = kept.get(address);
    if (!predictions) return;
    const { names, words } = message;
    const [counts, sizes] = [confusion(predictions), classSizes(predictions)];
    write(said, testedText(predictions, passes, words.tested));
    matrix.update(counts, sizes, names, words, chosen);
    const numbers = chosen ? readAs(predictions, ...chosen) : mistakes(predictions);
    const cell = chosen && { label: names[chosen[0]], answer: names[chosen[1]], images: numbers.length };
    write(title, cell ? fill(words.matrix_cell, cell) : fill(words.mistakes, { count: numbers.length }));
    all.hidden = !chosen;
    write(all, words.all_mistakes);
    thumbnails.update(numbers, predictions, message, palette);
  }

  return {
    element,
    linked: {
      /** "7_2": a class, and as what it is read; "" for all mistakes. */
      text: () => chosen?.join("_") ?? "",
      /** @param {string} text */
      take(text) {
        const [label, answer] = text.split("_").map(Number);
        chosen = label < CLASSES && answer < CLASSES ? [label, answer] : null;
        draw();
      },
    },
    /** How many images are seen. */
    images: thumbnails.linked,
    /** @param {Message} itsMessage
     *  @param {BytePalette} itsPalette */
    update(itsMessage, itsPalette) {
      [message, palette] = [itsMessage, itsPalette];
      const now = JSON.stringify(message.predictions);
      const look = JSON.stringify([message.digits, message.words.tested, palette.theme]);
      if (now !== addresses) {
        epoch = -1; // another network, or one that has trained on: the same cell of it
        kept.clear();
      } else if (look !== looks) draw();
      [addresses, looks] = [now, look];
    },
    /** @param {{ epoch: number }} state */
    show(state) {
      if (state.epoch === epoch) return;
      epoch = state.epoch;
      load();
    },
  };
}
