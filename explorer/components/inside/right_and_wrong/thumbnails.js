// Test images in a row of small pictures, each with what it is and what it was read as; fetched as they are shown.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Predictions } from "../../confusion/types.d.ts" */
/** @import { Digit, Message } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { paint, percent } from "../../pictures.js";
import { fill } from "../../template.js";
import { SIDE } from "../drawing/placing.js";
import { fetchDigits } from "../drawing/test_digits.js";

const AT_ONCE = 60; // pictures, and as many more at each press of the button
const MOST_KEPT = 2000; // images, 3 kB each

/** `choose(digit)` when a picture is clicked; `tell()` when another number of them is to be seen.
 *  @param {(digit: Digit) => void} choose
 *  @param {() => void} tell */
export function makeThumbnails(choose, tell) {
  const element = make("div", { class: "thumbnails" });
  const list = element.appendChild(make("div", { class: "pictures" }));
  const more = element.appendChild(make("button", { type: "button" }));
  const note = element.appendChild(make("p", { hidden: "" }));
  /** @type {Map<number, Digit>} */
  const kept = new Map();
  /** @type {{ numbers: number[], predictions: Predictions, message: Message, palette: BytePalette } | null} */
  let given = null;
  let [most, address] = [AT_ONCE, ""];
  more.addEventListener("click", () => {
    most += AT_ONCE;
    show();
    tell();
  });

  const create = () => {
    const button = make("button", { type: "button" });
    button.append(make("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" }), make("span"), make("small"));
    button.addEventListener("click", () => {
      const digit = kept.get(Number(button.dataset.number));
      if (digit) choose(digit);
    });
    return button;
  };

  /** Fetches what is not here yet of what is to be seen. */
  async function show() {
    if (!given) return;
    const { numbers, predictions, message } = given;
    const shown = numbers.slice(0, most);
    if (address !== message.digits) kept.clear();
    address = message.digits;
    draw(shown);
    const missing = shown.filter((number) => !kept.has(number));
    if (!missing.length) return;
    try {
      const digits = await fetchDigits(address, missing);
      if (address !== given?.message.digits) return;
      if (kept.size + digits.length > MOST_KEPT) kept.clear();
      for (const digit of digits) kept.set(Number(digit.number), digit);
      const others = digits.some(({ label, number }) => label !== predictions.labels[Number(number)]);
      say(others ? message.words.other_images : "");
      draw(given.numbers.slice(0, most));
    } catch (error) {
      say(fill(message.words.images_unreachable, { reason: /** @type {Error} */ (error).message }));
    }
  }

  /** @param {string} text */
  function say(text) {
    write(note, text);
    note.hidden = !text;
  }

  /** @param {number[]} shown */
  function draw(shown) {
    if (!given) return;
    const { numbers, predictions, message, palette } = given;
    const { names, words } = message;
    repeat(list, shown, create, (button, number) => {
      const label = names[predictions.labels[number]];
      const answer = names[predictions.answers[number] ?? -1] ?? "";
      const sure = percent(predictions.shares[number]);
      button.dataset.number = String(number);
      button.ariaLabel = fill(words.thumbnail, { number, label, answer, percent: sure });
      button.title = button.ariaLabel;
      const image = kept.get(number)?.image ?? new Float32Array(SIDE * SIDE);
      const bytes = Uint8Array.from(image, (ink) => Math.round(ink * 255));
      const canvas = /** @type {HTMLCanvasElement} */ (button.firstChild);
      paint(canvas, { count: 1, height: SIDE, width: SIDE, numbers: bytes }, 0, palette.image);
      write(button.children[1], label === answer ? label : `${label} → ${answer}`);
      write(button.children[2], `${sure} · ${number}`);
    });
    const left = numbers.length - shown.length;
    more.hidden = left <= 0;
    write(more, fill(words.more_images, { images: Math.min(AT_ONCE, left) }));
  }

  return {
    element,
    linked: {
      /** "" for as many as stand at once. */
      text: () => (most === AT_ONCE ? "" : String(most)),
      /** As many as a press of the button leaves, and as are kept.
       *  @param {string} text */
      take(text) {
        most = AT_ONCE * Math.max(1, Math.floor(Math.min(Number(text), MOST_KEPT) / AT_ONCE));
        if (given?.message.digits) show();
      },
    },
    /** Shows the images of these numbers, as many as stand at once; none where the server has none.
     *  @param {number[]} numbers
     *  @param {Predictions} predictions
     *  @param {Message} message
     *  @param {BytePalette} palette */
    update(numbers, predictions, message, palette) {
      if (given && given.numbers.join() !== numbers.join() && most > AT_ONCE) {
        most = AT_ONCE; // of another cell, or of another epoch
        tell();
      }
      given = { numbers, predictions, message, palette };
      list.hidden = !message.digits;
      more.hidden = true;
      say("");
      if (message.digits) show();
      else say(message.words.no_images);
    },
  };
}
