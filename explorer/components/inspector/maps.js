// Small pictures of all output channels, of which one is drawn large: a choice like any group of radio buttons.

/** @import { Maps, Palette, Values } from "./types.d.ts" */

import { childrenOf, contextOf, make } from "../elements.js";
import { fill } from "../template.js";
import { colorOf } from "./colors.js";

const IN_A_ROW = 5; // of more there are two rows

/** `choose(number)` is called with the channel that was clicked or reached with the arrow keys.
 *  @param {(channel: number) => void} choose
 *  @returns {Maps} */
export function makeMaps(choose) {
  const element = make("div", { class: "maps", role: "radiogroup" });
  const maps = /** @type {Maps} */ (/** @type {Partial<Maps>} */ ({ element }));
  element.addEventListener("click", (event) => {
    const radio = /** @type {HTMLElement} */ (event.target).closest("button");
    if (radio) choose(childrenOf(element).indexOf(radio));
  });
  element.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next =
      (childrenOf(element).indexOf(/** @type {HTMLElement} */ (event.target)) + step + element.children.length) %
      element.children.length;
    childrenOf(element)[next].focus();
    choose(next);
  });

  /** `values` are rows of whole numbers −100 … 100, one matrix a channel. */
  maps.update = (values, chosen, signed, words, palette) => {
    element.setAttribute("aria-label", words.maps);
    element.style.setProperty(
      "--columns",
      String(values.length > IN_A_ROW ? Math.ceil(values.length / 2) : values.length),
    );
    while (element.children.length > values.length) element.lastChild?.remove();
    while (element.children.length < values.length) element.append(make("button", { type: "button", role: "radio" }));
    values.forEach((map, number) => {
      const radio = childrenOf(element)[number];
      radio.setAttribute("aria-label", fill(words.output_channel, { channel: number + 1 }));
      radio.setAttribute("aria-checked", String(number === chosen));
      radio.tabIndex = number === chosen ? 0 : -1;
      radio.replaceChildren(picture(map, signed, palette));
    });
  };

  /** @param {Values} map
   *  @param {boolean} signed
   *  @param {Palette} palette
   *  @returns {HTMLCanvasElement} */
  function picture(map, signed, palette) {
    const canvas = make("canvas", { width: map[0].length, height: map.length, "aria-hidden": "true" });
    const context = contextOf(canvas);
    map.forEach((line, y) =>
      line.forEach((value, x) => {
        context.fillStyle = colorOf(palette, value, { largest: 100, signed }).fill;
        context.fillRect(x, y, 1, 1);
      }),
    );
    return canvas;
  }
  return maps;
}
