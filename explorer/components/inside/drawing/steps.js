// The steps from a drawing to what the network gets, each with a switch: what its absence costs is to be seen at once.

/** @import { ShownWords } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { ALL_STEPS } from "./placing.js";

const OF_IMAGES = new Set(["normalise"]); // an image is of MNIST's kind already, but for that

/** `changed()` is called when one is switched.
 *  @param {() => void} changed */
export function makeSteps(changed) {
  const element = make("div", { class: "steps", role: "group" });
  const cost = make("small", { class: "cost" }); // of the step that was switched last, for fingers
  const chosen = { ...ALL_STEPS, normalise: true };
  const names = /** @type {(keyof typeof chosen)[]} */ (Object.keys(chosen));
  /** @type {ShownWords} */
  let words;
  let isImage = false;
  /** @type {keyof typeof chosen | undefined} */
  let switched;

  function label() {
    write(cost, switched ? words[`step_${switched}_off`] : "");
    repeat(element, names, create, (button, name) => {
      write(button, words[`step_${name}`]);
      button.setAttribute("aria-pressed", String(chosen[name]));
      button.disabled = isImage && !OF_IMAGES.has(name);
      button.title = button.disabled ? words.step_image : words[`step_${name}_off`];
    });
  }
  /** @param {number} number */
  function create(number) {
    const button = make("button", { type: "button" });
    button.addEventListener("click", () => {
      switched = names[number];
      chosen[switched] = !chosen[switched];
      label();
      changed();
    });
    return button;
  }

  return {
    element,
    cost,
    chosen,
    /** Whether the digit in view is an image, which is taken as it is.
     *  @param {boolean} isOne */
    apply(isOne) {
      if (isOne === isImage) return;
      isImage = isOne;
      label();
    },
    /** Those that are not taken, as the link has them. */
    get offText() {
      return names.filter((name) => !chosen[name]).join(".");
    },
    /** Takes all but those; update() shows it.
     *  @param {string} text */
    takeOff(text) {
      for (const name of names) chosen[name] = !text.split(".").includes(name);
    },
    /** @param {ShownWords} itsWords */
    update(itsWords) {
      words = itsWords;
      element.setAttribute("aria-label", words.steps);
      label();
    },
  };
}
