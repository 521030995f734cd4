// Beside the layers' maps, on demand: the kernels, and what the network made of the digit before it was trained.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Pass } from "../unit/unit_scene.js" */
/** @import { Message, Unit } from "../types.d.ts" */

import { make, write } from "../../elements.js";
import { forward, probabilities } from "../../forward/forward.js";
import { fetchTensors } from "../../forward/weights.js";
import { percent } from "../../pictures.js";
import { fill } from "../../template.js";
import { makeKernels } from "./kernels.js";
import { makeLayers } from "./layers.js";

const CHOICES = ["kernels", "untrained"];

/** `changed()` when another is to be seen; `open(unit)` one of the untrained network's.
 *  @param {() => void} changed
 *  @param {(unit: Unit) => void} open */
export function makeExtras(changed, open) {
  const element = make("section", { class: "extras" });
  const choices = make("div", { class: "choices" });
  const buttons = CHOICES.map(() => choices.appendChild(makeChoice(show)));
  const [forKernels, forUntrained] = buttons;
  const kernels = makeKernels();
  const untrained = element.appendChild(make("section", { hidden: "" }));
  const reads = untrained.appendChild(make("h4"));
  const layers = makeLayers(open, (unit) => first && layers.mark(first, unit ?? undefined, !!unit, message.words));
  untrained.append(layers.element);
  element.prepend(kernels.element);
  /** @type {Message} */
  let message;
  /** What the untrained network makes of the digit.
   *  @type {Pass | null} */
  let first = null;
  let address = "";
  /** @type {Pass["tensors"] | null} */
  let tensors = null;

  /** @param {HTMLElement} choice */
  const isPressed = (choice) => choice.getAttribute("aria-pressed") === "true";
  /** @param {HTMLElement} choice */
  const isOn = (choice) => !choice.hidden && isPressed(choice);

  function show() {
    kernels.element.hidden = !isOn(forKernels);
    untrained.hidden = !isOn(forUntrained);
    if (isOn(forUntrained)) load();
    changed();
  }

  /** The weights before the first step, once. */
  async function load() {
    const wanted = message.weights[0][1];
    if (address === wanted) return;
    address = wanted;
    const fetched = await fetchTensors(wanted);
    if (address !== wanted) return; // another network's by now
    tensors = fetched;
    changed();
  }

  return {
    element,
    /** The switches. */
    choices,
    linked: {
      /** The pressed ones: "kernels.untrained". */
      text: () => CHOICES.filter((_, number) => isPressed(buttons[number])).join("."),
      /** Presses them; update() shows it.
       *  @param {string} text */
      take(text) {
        for (const [number, button] of buttons.entries())
          button.setAttribute("aria-pressed", String(text.split(".").includes(CHOICES[number])));
      },
    },
    /** Another network.
     *  @param {Message} sent */
    build(sent) {
      [message, address, tensors] = [sent, "", null];
      kernels.build(sent);
      layers.build(sent);
    },
    /** @param {Message} sent */
    update(sent) {
      message = sent;
      const { words, weights } = sent;
      write(forKernels, words.kernels);
      write(forUntrained, words.untrained_too);
      forKernels.hidden = !sent.layers.some(({ kind }) => kind === "Conv2d");
      forUntrained.hidden = weights[0][0] !== 0 || weights.length < 2;
      show();
    },
    /** @param {Pass} pass
     *  @param {boolean} isDrawn
     *  @param {BytePalette} palette */
    paint(pass, isDrawn, palette) {
      if (isOn(forKernels)) kernels.paint(pass, palette);
      if (!isOn(forUntrained) || !tensors) return;
      const outputs = forward(pass.layers, tensors, pass.image);
      first = { ...pass, tensors, outputs };
      layers.paint(first, isDrawn, message.words, palette);
      const shares = probabilities(outputs[outputs.length - 1]);
      const best = shares.indexOf(Math.max(...shares));
      write(
        reads,
        isDrawn ? fill(message.words.untrained_reads, { answer: best, percent: percent(shares[best]) }) : "",
      );
    },
  };
}

/** A button that stays pressed.
 *  @param {() => void} changed */
function makeChoice(changed) {
  const button = make("button", { type: "button", "aria-pressed": "false" });
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    changed();
  });
  return button;
}
