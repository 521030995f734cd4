// What the network answers: ten bars, and a sentence that is read aloud.

/** @import { ShownWords } from "./types.d.ts" */

import { make, repeat, write } from "../elements.js";
import { percent } from "../pictures.js";
import { fill } from "../template.js";

/** `choose(answer)` is called with the bar that was clicked.
 *  @param {(answer: number) => void} choose */
export function makeAnswer(choose) {
  const element = make("section", { class: "answer" });
  const said = element.appendChild(make("p", { role: "status", "aria-live": "polite" }));
  const list = element.appendChild(make("div", { class: "bars" }));
  const create = (/** @type {number} */ answer) => {
    const bar = make("button", { type: "button" });
    bar.append(make("b"), make("span"), make("small"));
    bar.children[1].append(make("i"));
    bar.addEventListener("click", () => choose(answer));
    return bar;
  };
  return {
    element,
    /** @param {number[] | null} shares null where nothing is drawn
     *  @param {ShownWords} words */
    update(shares, words) {
      said.setAttribute("aria-label", words.answer);
      const finite = shares?.every(Number.isFinite);
      const best = shares && finite ? shares.indexOf(Math.max(...shares)) : -1;
      const sentence = shares && best >= 0 ? fill(words.read, { answer: best, percent: percent(shares[best]) }) : "";
      write(said, sentence || words.empty);
      repeat(list, shares ?? /** @type {number[]} */ (Array(10).fill(0)), create, (bar, share, answer) => {
        write(bar.children[0], String(answer));
        /** @type {HTMLElement} */ (bar.children[1].firstChild).style.width = `${(finite ? share : 0) * 100}%`;
        write(bar.children[2], shares && finite ? percent(share) : "");
        bar.classList.toggle("best", answer === best);
      });
    },
  };
}
