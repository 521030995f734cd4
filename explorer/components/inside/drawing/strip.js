// A strip of digits that the learner keeps, under the pad: each opens again, is saved as a picture, or goes.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Kept } from "./kept_digits.js" */
/** @import { Digit, ShownWords } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { paint } from "../../pictures.js";
import { fill } from "../../template.js";
import { digitOf } from "./digit_text.js";
import { digitKept, keptOf, MOST_KEPT, readKept, writeKept } from "./kept_digits.js";
import { SIDE } from "./placing.js";
import { savePng } from "./png.js";

/** What stands in view: the digit, what the network gets of it, and what it reads it as.
 *  @typedef {{ digit: Digit, ink: Float32Array | null, answer: number }} InView */

const storage = () => window.localStorage;

/** `inView()` is what can be kept; `open(digit)` when one is opened.
 *  @param {() => InView} inView
 *  @param {(digit: Digit) => void} open */
export function makeStrip(inView, open) {
  const keep = make("button", { type: "button" });
  const save = make("button", { type: "button" });
  const element = make("ul", { class: "kept" });
  let kept = readKept(storage);
  /** @type {ShownWords} */
  let words;
  /** @type {BytePalette} */
  let palette;

  keep.addEventListener("click", () => {
    const { digit, ink, answer } = inView();
    if (ink) change([keptOf(digit, ink, answer), ...kept].slice(0, MOST_KEPT));
  });
  save.addEventListener("click", () => {
    const { ink, answer } = inView();
    if (ink) savePng(ink, nameOf(answer));
  });

  /** In another tab something was kept, or removed: what is written here must have it. */
  function follow() {
    if (!element.isConnected) return window.removeEventListener("storage", follow);
    kept = readKept(storage);
    show();
  }
  window.addEventListener("storage", follow); // of other tabs alone

  /** @param {Kept[]} now */
  function change(now) {
    kept = now;
    writeKept(storage, kept);
    show();
  }

  /** @param {number} place */
  function remove(place) {
    change(kept.toSpliced(place, 1));
    /** @type {HTMLElement} */ (element.querySelector("button") ?? keep).focus(); // the pressed button may be gone
  }

  /** @param {number} place */
  function create(place) {
    const item = make("li");
    const [opens, saves, removes] = Array.from({ length: 3 }, () =>
      item.appendChild(make("button", { type: "button" })),
    );
    opens.append(make("canvas", { "aria-hidden": "true" }), make("b"));
    opens.addEventListener("click", () => open(digitKept(kept[place])));
    saves.addEventListener("click", () => savePng(imageOf(kept[place]), nameOf(kept[place].answer)));
    removes.addEventListener("click", () => remove(place));
    return item;
  }

  function show() {
    element.hidden = !kept.length;
    repeat(element, kept, create, (item, one) => {
      const [opens, saves, removes] = item.querySelectorAll("button");
      const numbers = Uint8Array.from(imageOf(one), (value) => Math.round(value * 255));
      const canvas = /** @type {HTMLCanvasElement} */ (opens.firstChild);
      paint(canvas, { count: 1, height: SIDE, width: SIDE, numbers }, 0, palette.image);
      write(/** @type {Element} */ (opens.lastChild), String(one.answer));
      write(saves, words.save);
      write(removes, "×");
      opens.setAttribute("aria-label", fill(words.kept_open, one));
      saves.setAttribute("aria-label", fill(words.kept_save, one));
      removes.setAttribute("aria-label", fill(words.kept_remove, one));
    });
  }

  return {
    element,
    keep,
    save,
    /** @param {ShownWords} itsWords
     *  @param {BytePalette} itsPalette */
    update(itsWords, itsPalette) {
      [words, palette] = [itsWords, itsPalette];
      element.setAttribute("aria-label", words.kept);
      write(keep, words.keep);
      write(save, words.save);
      keep.title = words.keep_title;
      save.title = words.save_title;
      show();
    },
  };
}

/** @type {(kept: Kept) => Float32Array} */
const imageOf = ({ seen }) => digitOf(seen).image ?? new Float32Array(SIDE * SIDE);

/** @type {(answer: number) => string} */
const nameOf = (answer) => `digit-${answer}.png`;
