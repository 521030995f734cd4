// Through the epochs: the same network as it was after each pass over the images, where its run kept that.

/** @import { Message, Words } from "../types.d.ts" */

import { make, write } from "../../elements.js";
import { fill } from "../../template.js";

const PLAY_MS = 700; // an epoch

/** `choose()` is called when other weights are to be seen.
 *  @param {() => void} choose */
export function makeEpochs(choose) {
  const element = make("div", { class: "epochs" });
  const play = element.appendChild(make("button", { type: "button" }));
  const label = element.appendChild(make("label"));
  const text = label.appendChild(make("span"));
  const slider = label.appendChild(make("input", { type: "range", min: 0, step: 1 }));
  /** @type {Message["weights"]} */
  let weights = [[0, ""]];
  /** @type {Words} */
  let words;
  let timer = 0;
  slider.addEventListener("input", () => (stop(), go(Number(slider.value))));
  play.addEventListener("click", () => {
    if (timer) return stop();
    const last = weights.length - 1;
    if (Number(slider.value) === last) go(0);
    timer = setInterval(() => {
      const next = Math.min(Number(slider.value) + 1, last);
      if (next === last) stop();
      go(next);
    }, PLAY_MS);
    say();
  });

  function stop() {
    clearInterval(timer);
    timer = 0;
    say();
  }

  /** @param {number} number */
  function go(number) {
    slider.value = String(number);
    say();
    choose();
  }

  function say() {
    const [epoch] = weights[Number(slider.value)];
    write(text, epoch ? fill(words.after_epoch, { epoch }) : words.untrained);
    write(play, timer ? "❚❚" : "▶");
    play.setAttribute("aria-label", timer ? words.pause : words.play);
  }

  return {
    element,
    /** Which of the weights are to be seen. */
    get number() {
      return Number(slider.value);
    },
    /** As the link has it: how many passes, "" for the newest. */
    get text() {
      return Number(slider.value) === weights.length - 1 ? "" : String(weights[Number(slider.value)][0]);
    },
    /** Goes to the weights after so many passes, or to the newest.
     *  @param {string} passes */
    take(passes) {
      const number = weights.findIndex(([epoch]) => String(epoch) === passes);
      slider.value = String(number < 0 || !passes ? weights.length - 1 : number);
      if (words) say();
    },
    /** The newest ones follow, unless older ones are looked at.
     *  @param {Message["weights"]} itsWeights
     *  @param {Words} itsWords */
    update(itsWeights, itsWords) {
      const isNewest = Number(slider.value) === weights.length - 1;
      [weights, words] = [itsWeights, itsWords];
      element.hidden = weights.length < 2;
      slider.max = String(weights.length - 1);
      if (isNewest || Number(slider.value) >= weights.length) slider.value = slider.max;
      say();
    },
    close: () => timer && stop(),
  };
}
