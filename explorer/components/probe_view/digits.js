// The row of ten digits: each with the network's answer now, how sure it is, and whether that is right. A choice like
// any group of radio buttons.

/** @import { BytePalette, Unpacked } from "../types.d.ts" */
/** @import { Digit, Words } from "./types.d.ts" */

import { childrenOf, make, repeat, write } from "../elements.js";
import { paint, percent } from "../pictures.js";
import { fill } from "../template.js";

/** `choose(number)` is called with the digit that was clicked or reached with the arrow keys.
 *  @param {(number: number) => void} choose */
export function makeDigits(choose) {
  const element = make("div", { class: "digits", role: "radiogroup" });
  element.addEventListener("click", (event) => {
    const radio = /** @type {HTMLElement} */ (event.target).closest("button");
    if (radio) choose(childrenOf(element).indexOf(radio));
  });
  element.addEventListener("keydown", (event) => {
    const radios = childrenOf(element);
    const [count, now] = [radios.length, radios.indexOf(/** @type {HTMLElement} */ (event.target))];
    /** @type {Record<string, number>} */
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -now, End: count - 1 - now };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has single-key shortcuts of its own
    const next = (now + step + count) % count;
    radios[next].focus();
    choose(next);
  });

  /** @returns {HTMLButtonElement} */
  function create() {
    const radio = make("button", { type: "button", role: "radio" });
    radio.append(
      make("canvas", { "aria-hidden": "true" }),
      make("span", { class: "sure" }),
      make("span", { class: "answer" }),
    );
    radio.children[1].append(make("i"));
    radio.children[2].append(make("b", { class: "sign" }), make("b"), make("span"));
    radio.append(make("span", { class: "before" }));
    return radio;
  }

  /** @param {HTMLElement} radio
   *  @param {Digit} digit
   *  @param {string[]} names
   *  @param {Words} words */
  function say(radio, { label, answer, sure, before }, names, words) {
    const known = answer !== null;
    const right = answer === label;
    const [, bar, said, past] = radio.children;
    write(said.children[0], known ? (right ? "✓" : "✗") : "");
    write(said.children[1], known ? names[answer] : "?");
    write(said.children[2], known ? percent(sure) : "");
    childrenOf(bar)[0].style.width = `${known ? sure * 100 : 0}%`;
    const earlier = before.map((one) => (one === null ? "?" : names[one]));
    const shown = isNamed(names) ? earlier.slice(-1) : earlier; // words: as many as there is room for
    write(past, before.length ? fill(words.was, { answers: shown.join(words.comma) }) : "");
    radio.className = known ? (right ? "right" : "wrong") : "";
    const sentence = known ? (right ? words.right : words.wrong) : words.unanswered;
    const history = before.length ? ` ${fill(words.before, { answers: earlier.join(words.comma) })}` : "";
    radio.setAttribute(
      "aria-label",
      fill(sentence, { label: names[label], answer: known ? names[answer] : "", percent: known ? percent(sure) : "" }) +
        history,
    );
  }

  return {
    element,
    /** @param {Digit[]} digits
     *  @param {Unpacked} images
     *  @param {number} chosen
     *  @param {string[]} names
     *  @param {Words} words
     *  @param {BytePalette} palette */
    update(digits, images, chosen, names, words, palette) {
      element.classList.toggle("named", isNamed(names));
      element.setAttribute("aria-label", words.digits);
      repeat(element, digits, create, (radio, digit, n) => {
        radio.setAttribute("aria-checked", String(n === chosen));
        radio.tabIndex = n === chosen ? 0 : -1;
        paint(/** @type {HTMLCanvasElement} */ (radio.firstChild), images, n, palette.image);
        say(radio, digit, names, words);
      });
    },
  };
}

/** Whether the classes are words, which take more room than a sign.
 *  @type {(names: string[]) => boolean} */
const isNamed = (names) => names.some((name) => name.length > 2);

/** Ten bars: how probable the network finds each answer for one digit. */
export function makeBars() {
  const element = make("section", { class: "bars" });
  const title = element.appendChild(make("header")).appendChild(make("h4"));
  const list = element.appendChild(make("ul"));
  const create = () => {
    const item = make("li");
    item.append(make("span"), make("div"), make("b"));
    item.children[1].append(make("i"));
    return item;
  };
  return {
    element,
    /** @param {number[] | null} probabilities
     *  @param {number} label
     *  @param {string[]} names
     *  @param {Words} words */
    update(probabilities, label, names, words) {
      element.classList.toggle("named", isNamed(names));
      write(title, fill(words.probabilities, { label: names[label] }));
      const answer = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
      repeat(list, probabilities ?? /** @type {number[]} */ (Array(10).fill(0)), create, (item, share, digit) => {
        const [text, bar, name] = childrenOf(item);
        write(text, probabilities ? percent(share) : "");
        childrenOf(bar)[0].style.height = `${share * 100}%`;
        write(name, digit === label ? `${names[digit]} ◂` : names[digit]);
        name.title = digit === label ? words.truth : "";
        item.className = digit === answer ? (digit === label ? "right" : "wrong") : "";
      });
    },
  };
}
