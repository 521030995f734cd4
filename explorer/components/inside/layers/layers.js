// The way through: every layer's maps in order, what the pointer is on, and what that sees.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Pass } from "../unit/unit_scene.js" */
/** @import { ShownMessage, ShownWords, Unit } from "../types.d.ts" */

import { make, write } from "../../elements.js";
import { shown } from "../../inspector/numbers.js";
import { fill } from "../../template.js";
import { describe } from "../unit/unit_names.js";
import { numberAt, sameNumber } from "../unit/unit_terms.js";
import { makeSheet } from "./layer_sheet.js";

const FINGER = window.matchMedia("(pointer: coarse)");

/** `open(unit)` when one is clicked; `point(unit or null)` what the pointer, or a key, is on.
 *  @param {(unit: Unit) => void} open
 *  @param {(unit: Unit | null) => void} point */
export function makeLayers(open, point) {
  const element = make("div", { class: "through" });
  const row = element.appendChild(make("div", { class: "layers", role: "group" }));
  const foot = element.appendChild(make("div", { class: "foot" }));
  const pointed = foot.appendChild(make("p", { class: "pointed" }));
  /** @type {ReturnType<typeof makeSheet>[]} */
  let sheets = [];

  return {
    element,
    /** The line under the maps, at whose end there is room. */
    foot,
    /** The sheets of another network.
     *  @param {ShownMessage} message */
    build({ layers, words }) {
      row.setAttribute("aria-label", words.layers);
      sheets = layers.map((layer, number) => {
        const sheet = makeSheet(number, open, point);
        sheet.describe(layer.name, layer.output, layer.output.join("×"));
        return sheet;
      });
      row.replaceChildren(...sheets.map((sheet) => sheet.element));
    },
    /** `isDrawn`: whether there is a digit at all.
     *  @param {Pass} pass
     *  @param {boolean} isDrawn
     *  @param {ShownWords} words
     *  @param {BytePalette} palette */
    paint({ outputs }, isDrawn, words, palette) {
      const dark = (/** @type {number} */ count) => (isDrawn ? fill(words.dark, { count }) : "");
      sheets.forEach((sheet, layer) => sheet.paint(outputs[layer], palette, dark));
    },
    /** Frames the unit, and the numbers that are the same one in other layers; says what the pointer is on, if it is.
     *  @param {Pass} pass
     *  @param {Unit | undefined} unit
     *  @param {boolean} isPointed
     *  @param {ShownWords} words */
    mark(pass, unit, isPointed, words) {
      const same = unit ? sameNumber(pass.layers, unit) : [];
      sheets.forEach((sheet, layer) => sheet.mark(same.find((one) => one.layer === layer) ?? null));
      if (!unit) return;
      const text = `${describe(pass.layers, unit, words)}: ${shown(numberAt(pass, unit))}`;
      const flat = same.find(({ layer }) => layer !== unit.layer && pass.layers[layer]?.kind === "Flatten");
      const place = flat
        ? fill(words.is_feature, { unit: text, name: pass.layers[flat.layer].name, feature: flat.channel })
        : text;
      write(pointed, isPointed ? place : words[FINGER.matches ? "point_touch" : "point"]);
      sheets[unit.layer]?.say(unit, place);
    },
  };
}
