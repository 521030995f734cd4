// The button that zooms grids whose cells are too small for numbers in on what is open.

/** @import { Zoom } from "./types.d.ts" */

import { make } from "../elements.js";

const MAGNIFIER =
  '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="2" d="M10.2 10.2 14.5 14.5M6.5 2a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M6.5 4.5v4M4.5 6.5h4"/></svg>';

/** `turn(on)` is called at each press.
 *  @param {(on: boolean) => void} turn
 *  @returns {Zoom} */
export function makeZoom(turn) {
  const element = make("button", { type: "button", class: "zoom", "aria-pressed": false });
  element.innerHTML = MAGNIFIER;
  const zoom = /** @type {Zoom} */ ({ element, on: false });
  element.addEventListener("click", () => {
    zoom.on = !zoom.on;
    element.setAttribute("aria-pressed", String(zoom.on));
    turn(zoom.on);
  });

  /** `useful`: some numbers cannot be read without it. */
  zoom.update = (useful, words) => {
    element.disabled = !useful;
    element.title = useful ? words.zoom : words.zoom_needless;
    element.setAttribute("aria-label", element.title);
  };
  return zoom;
}
