// What breaks it: seven sliders that change the digit before the network reads it, how much of the whole test set is read
// right after such a change, and which patch of the digit the answer hangs on.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Amounts, Message, Sight } from "../types.d.ts" */

import { childrenOf, make, write } from "../../elements.js";
import { fill } from "../../template.js";
import { makeMeasuring } from "../measuring.js";
import { amountsOf, amountsText, firstChange } from "./amounts_text.js";
import { makeCurveView } from "./curve_view.js";
import { makeOcclusionView } from "./occlusion_view.js";
import { NAMES, NEUTRAL, RANGES, transformed } from "./transforms.js";

/** `page.changed()`: the digit in view is another by a slider; `page.forward(ink)`: what the layers make of ink, as it
 *  is; `page.ask(question)`: Python is to measure, "" to give up; `page.tell()`: another curve is to be seen, or another patch.
 *  @param {{ changed: () => void, forward: (ink: Float32Array) => Float32Array[], ask: (question: string) => void,
 *    tell: () => void }} page */
export function makeBreaking(page) {
  const element = make("section", { class: "breaking" });
  const changes = element.appendChild(make("fieldset"));
  const legend = changes.appendChild(make("legend"));
  const rows = changes.appendChild(make("div"));
  const reset = changes.appendChild(make("button", { type: "button" }));
  const measured = element.appendChild(make("section", { class: "measured" }));
  const title = measured.appendChild(make("h3"));
  const curveView = makeCurveView();
  const measuring = makeMeasuring(page.ask);
  const occlusion = makeOcclusionView(page.forward, page.tell);
  measured.append(curveView.element, measuring.element);
  element.append(occlusion.element);
  let amounts = { ...NEUTRAL };
  /** The one whose curve the learner has asked for.
   *  @type {keyof Amounts | undefined} */
  let chosen;
  const usual = () => firstChange(amounts) ?? "rotate";
  const curveOf = () => chosen ?? usual();
  let epoch = 0;
  /** @type {Message} */
  let message;

  const sliders = NAMES.map((name) => {
    const { lowest, highest, step } = RANGES[name];
    const row = rows.appendChild(make("div"));
    const button = row.appendChild(make("button", { type: "button" }));
    const slider = row.appendChild(make("input", { type: "range", min: lowest, max: highest, step }));
    row.append(make("output"));
    button.addEventListener("click", () => choose(name));
    slider.addEventListener("input", () => {
      amounts[name] = Number(slider.value);
      choose(name);
      page.changed();
    });
    return slider;
  });
  reset.addEventListener("click", () => {
    chosen = curveOf();
    amounts = { ...NEUTRAL };
    showAmounts();
    page.changed();
  });

  /** @param {keyof Amounts} name */
  function choose(name) {
    chosen = name;
    showAmounts();
    page.tell();
  }

  function showAmounts() {
    if (!message) return;
    childrenOf(rows).forEach((row, number) => {
      const [name, [button, , output]] = [NAMES[number], childrenOf(row)];
      sliders[number].value = String(amounts[name]);
      button.setAttribute("aria-pressed", String(name === curveOf()));
      write(output, String(Number(amounts[name].toFixed(2))).replace("-", "−"));
    });
    reset.disabled = amountsText(amounts) === "";
    showCurve();
  }

  function showCurve() {
    const { words, measured: answers } = message;
    const shown = curveOf();
    const change = words[`break_${shown}`];
    const curve = answers.curves.find(({ name }) => name === shown)?.points;
    write(title, fill(words.curve, { change }));
    curveView.element.hidden = !curve;
    if (curve) curveView.show(curve, amounts[shown], change, words);
    measuring.show(shown, !!curve, message, epoch);
  }

  return {
    element,
    /** The ink as the network gets it; `number` is the digit's among the test digits.
     *  @param {Float32Array} ink
     *  @param {number | null} number */
    transform: (ink, number) => transformed(ink, amounts, number ?? 0),
    /** The sliders, as the link has them. */
    get text() {
      return amountsText(amounts);
    },
    /** @param {string} text */
    take(text) {
      amounts = amountsOf(text);
      showAmounts();
    },
    /** Whose curve is shown; "" for that of the first change. */
    curve: {
      text: () => (curveOf() === usual() ? "" : curveOf()),
      /** @param {string} text */
      take(text) {
        chosen = NAMES.find((name) => name === text);
        showAmounts();
      },
    },
    /** How large the patch is. */
    cover: occlusion.linked,
    /** @param {Message} itsMessage
     *  @param {BytePalette} palette */
    update(itsMessage, palette) {
      message = itsMessage;
      const { words } = message;
      write(legend, words.break_sliders);
      write(reset, words.break_reset);
      childrenOf(rows).forEach((row, number) => {
        const text = words[`break_${NAMES[number]}`];
        write(row.children[0], text);
        sliders[number].setAttribute("aria-label", text);
      });
      occlusion.update(message, palette);
      showAmounts();
    },
    /** @param {Sight} sight */
    show(sight) {
      if (sight.epoch !== epoch) {
        epoch = sight.epoch;
        showCurve();
      }
      occlusion.show(sight.ink, sight.pass);
    },
    close: occlusion.close,
  };
}
