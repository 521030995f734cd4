// Colours of the present theme, which only the style sheet knows.

import { contextOf } from "./elements.js";

/** @import { ReadColor, RGB } from "./types.d.ts" */

/** (name of a CSS variable) => [r, g, b], read by `probe`, an element that nobody sees.
 *  @param {HTMLElement} probe
 *  @returns {ReadColor} */
export function colorReader(probe) {
  const context = contextOf(document.createElement("canvas"), { willReadFrequently: true });
  return (name) => {
    probe.style.color = `var(--${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    return /** @type {RGB} */ ([...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
  };
}
