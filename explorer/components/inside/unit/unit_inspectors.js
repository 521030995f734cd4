// A cell inspector for each layer that has a window: to make and lay out the grids of another layer takes ten frames, so
// that each layer keeps its own, out of sight but laid out, and those that nobody has opened yet are made while nothing
// else is to be done.

/** @import { Inspector } from "../../inspector/types.d.ts" */
/** @import { SceneMessage } from "../../messages.d.ts" */
/** @import { Message } from "../types.d.ts" */

import { make } from "../../elements.js";
import STYLE from "../../inspector/inspector.css" with { type: "css" };
import { makeInspector } from "../../inspector/inspector.js";

const LIMIT = 9999; // of edited numbers, of which there are none
const LAID_OUT_MS = 200; // within which a new inspector has had its first frames

/** `frame` is in sight, or has one of the classes "away" and "preparing"; `map` is the title of the output in it.
 *  @typedef {{ frame: HTMLElement, host: HTMLElement, inspector: Inspector, scene: SceneMessage, map: string }} Place */

/** `press(scene, grid, row, column)` takes a click on a cell over where it answers true; `follow(row, column)` when
 *  another cell of the output was opened, by a click or with the player.
 *  @param {(scene: SceneMessage, grid: number, row: number, column: number) => boolean} press
 *  @param {(row: number, column: number) => void} follow */
export function makeUnitInspectors(press, follow) {
  const element = make("div", { class: "scenes" });
  /** @type {Map<string, Place>} */
  const places = new Map();
  keepFromResting(element);

  /** @param {string} layer
   *  @param {SceneMessage} scene
   *  @returns {Place} */
  function placeOf(layer, scene) {
    const found = places.get(layer);
    if (found) return Object.assign(found, { scene });
    const frame = element.appendChild(make("div", { class: "away", "aria-hidden": "true" }));
    const host = frame.appendChild(make("div"));
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets.push(STYLE);
    /** @param {string} _state
     *  @param {unknown} value */
    const send = (_state, value) => {
      const [grid, row, column] = /** @type {[string, number, number]} */ (value);
      if (grid === "Output" && !frame.className) follow(row, column);
    };
    /** @type {(grid: number, row: number, column: number) => boolean} */
    const pressed = (grid, row, column) => press(place.scene, grid, row, column);
    /** @type {Place} */
    const place = { frame, host, inspector: makeInspector(root, { send, trigger: () => {} }, pressed), scene, map: "" };
    places.set(layer, place);
    return place;
  }

  function close() {
    for (const { inspector } of places.values()) inspector.close();
  }

  return {
    element,
    /** Shows the scene of one of that layer's units, or, without one, none.
     *  @param {string} layer
     *  @param {SceneMessage | null} scene
     *  @param {[number, number]} unit row and column
     *  @param {Message} message */
    show(layer, scene, [row, column], message) {
      const shown = scene && placeOf(layer, scene);
      for (const place of places.values()) if (place !== shown && !place.frame.className) putAway(place);
      if (shown) {
        shown.frame.className = "";
        shown.frame.ariaHidden = null;
      }
      if (shown) update(shown, ["Output", row, column], message);
    },
    /** Makes a layer's inspector before anybody asks for it.
     *  @param {string} layer
     *  @param {SceneMessage} scene
     *  @param {Message} message */
    prepare(layer, scene, message) {
      if (places.has(layer)) return;
      const place = placeOf(layer, scene);
      place.frame.className = "preparing";
      update(place, ["Output", 0, 0], message);
      setTimeout(() => place.frame.className && putAway(place), LAID_OUT_MS);
    },
    /** Another network. */
    clear() {
      close();
      element.replaceChildren();
      places.clear();
    },
    close,
  };
}

/** @param {Place} place */
function putAway({ frame, inspector }) {
  frame.className = "away";
  frame.ariaHidden = "true";
  inspector.rest();
}

/** A click that opens another picture leaves the pointer on one of its numbers, which nobody has pointed at: until the
 *  pointer moves, what was opened is to be seen.
 *  @param {HTMLElement} element */
function keepFromResting(element) {
  let [x, y] = [-1, -1];
  element.addEventListener("click", (event) => ([x, y] = [event.clientX, event.clientY]), { capture: true });
  const hold = (/** @type {PointerEvent} */ event) => {
    if (event.clientX === x && event.clientY === y) event.stopPropagation();
    else x = -1;
  };
  element.addEventListener("pointermove", hold, { capture: true });
}

/** @param {Place} place
 *  @param {[string, number, number]} open
 *  @param {Message} message */
function update(place, open, { inspector: words }) {
  const { host, inspector, scene, map } = place;
  host.className = `scene ${scene.layout}`;
  host.style.setProperty("--channels", String(scene.operations[0].parts.length));
  place.map = scene.grids[scene.operations[0].output].title;
  if (place.map !== map) inspector.told.forget(); // of another map the same place is another unit
  inspector.update({ scene, open, limit: LIMIT, player: true, words });
}
