// Which test image is in view: lists to step through, and the number of one.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Predictions } from "../../confusion/types.d.ts" */
/** @import { Digit, Message } from "../types.d.ts" */

import { fetchPredictions, mistakes } from "../../confusion/predictions.js";
import { make, repeat, write } from "../../elements.js";
import { fill } from "../../template.js";
import { fetchDigits } from "./test_digits.js";

const [ALL, UNSURE, MISTAKES] = ["all", "unsure", "mistakes"]; // lists; the others are a class each

/** The image numbers of a list in turn: of a class, all of "count" images, the least sure first, or the mistakes, the
 *  surest first. Pure.
 *  @param {string} list
 *  @param {number} count
 *  @param {Predictions | null} predictions null where there are none: then there is no list but the whole
 *  @returns {number[]} */
export function listed(list, count, predictions) {
  const whole = Array.from({ length: count }, (_, number) => number);
  if (list === ALL || !predictions) return whole;
  if (list === UNSURE) return predictions.order.toReversed();
  if (list === MISTAKES) return mistakes(predictions);
  return whole.filter((number) => predictions.labels[number] === Number(list));
}

/** `page.showDigit(digit)` brings an image into view.
 *  @param {{ showDigit: (digit: Digit) => void }} page */
export function makeDigitChoice(page) {
  const element = make("div", { class: "digit-choice", role: "group" });
  const controls = element.appendChild(make("div"));
  const list = controls.appendChild(make("select"));
  const back = controls.appendChild(make("button", { type: "button" }, "‹"));
  const field = controls.appendChild(make("input", { type: "number", min: 0, step: 1, inputmode: "numeric" }));
  const on = controls.appendChild(make("button", { type: "button" }, "›"));
  const said = element.appendChild(make("small", { role: "status" }));
  /** @type {Message} */
  let message;
  let [epoch, wanted] = [-1, 0];
  /** The number in view; null for what is no test image.
   *  @type {number | null} */
  let number = null;
  /** @type {{ address: string, predictions: Predictions | null }} */
  let known = { address: "", predictions: null };
  list.addEventListener("change", () => step(null));
  back.addEventListener("click", () => step(-1));
  on.addEventListener("click", () => step(1));
  field.addEventListener("change", () => {
    const typed = Math.round(Number(field.value));
    if (field.value) choose(Math.min(message.test_images - 1, Math.max(0, typed)));
  });

  /** Of the epoch in view, or the newest ones. */
  const addressNow = () => (message.predictions[epoch] ?? message.predictions.at(-1))?.[1] ?? "";

  /** The next image of the list, the one before, or, with null, the first.
   *  @param {number | null} by */
  async function step(by) {
    const turn = ++wanted;
    try {
      const address = addressNow();
      if (list.value !== ALL && address !== known.address)
        known = { address, predictions: address ? await fetchPredictions(address) : null };
      if (turn !== wanted) return; // another one has been asked for since
      const numbers = listed(list.value, message.test_images, known.predictions);
      if (!numbers.length) return write(said, message.words.list_empty);
      const place = by === null || number === null ? -1 : numbers.indexOf(number);
      const next = by === null || place < 0 ? 0 : (place + by + numbers.length) % numbers.length;
      await choose(numbers[next], [next + 1, numbers.length]);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {number} which
   *  @param {[number, number]} [place] which of how many in its list */
  async function choose(which, place = [which + 1, message.test_images]) {
    const turn = ++wanted;
    try {
      const [digit] = await fetchDigits(message.digits, [which]);
      if (turn !== wanted) return;
      stand(which);
      const label = message.names[digit.label ?? 0];
      write(said, fill(message.words.list_place, { place: place[0], all: place[1], label }));
      page.showDigit(digit);
    } catch (error) {
      fail(error);
    }
  }

  /** @param {unknown} error */
  const fail = (error) =>
    write(said, fill(message.words.images_unreachable, { reason: /** @type {Error} */ (error).message }));

  /** @param {number | null} which */
  function stand(which) {
    number = which;
    field.value = which === null ? "" : String(which);
  }

  return {
    element,
    /** @param {Message} itsMessage
     *  @param {BytePalette} _palette */
    update(itsMessage, _palette) {
      message = itsMessage;
      const { words, names } = message;
      element.setAttribute("aria-label", words.choice);
      controls.hidden = !message.digits;
      if (!message.digits) return write(said, words.no_images);
      if (said.textContent === words.no_images) write(said, "");
      const classes = names.map((name, label) => [String(label), fill(words.list_class, { label: name })]);
      const lists = [[ALL, words.list_all], ...classes, [UNSURE, words.list_unsure], [MISTAKES, words.list_mistakes]];
      const offered = addressNow() ? lists : lists.slice(0, 1);
      if (offered.length !== list.options.length) list.replaceChildren();
      const option = () => make("option");
      repeat(list, offered, option, (item, [value, text]) => (item.setAttribute("value", value), write(item, text)));
      list.setAttribute("aria-label", words.choice);
      [back.ariaLabel, on.ariaLabel, field.ariaLabel] = [words.list_back, words.list_on, words.list_number];
      field.max = String(message.test_images - 1);
    },
    /** What is in view now, and after which epoch.
     *  @param {{ epoch: number, digit: Digit }} state */
    show(state) {
      epoch = state.epoch;
      if (state.digit.number === number) return;
      stand(state.digit.number);
      write(said, "");
    },
  };
}
