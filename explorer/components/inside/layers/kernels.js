// The kernels of all convolutions, on demand: what each of them multiplies with, in one scale a layer.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Pass } from "../unit/unit_scene.js" */
/** @import { Message } from "../types.d.ts" */

import { make, write } from "../../elements.js";
import { shown } from "../../inspector/numbers.js";
import { makeSheet } from "./layer_sheet.js";

export function makeKernels() {
  const element = make("section", { class: "kernels" });
  const note = element.appendChild(make("small"));
  const row = element.appendChild(make("div", { class: "layers", role: "group" }));
  const pointed = element.appendChild(make("p", { class: "pointed" }));
  /** @type {{ name: string, sheet: ReturnType<typeof makeSheet> }[]} */
  let sheets = [];
  /** @type {Pass | null} */
  let pass = null;

  return {
    element,
    /** @param {Message} message */
    build({ layers, words }) {
      row.setAttribute("aria-label", words.kernels);
      write(note, words.kernels_note);
      const convolutions = layers.flatMap((layer) => (layer.kind === "Conv2d" ? [layer] : []));
      element.hidden = !convolutions.length;
      sheets = convolutions.map(({ name, input, output, groups, axes }) => {
        const [inputs, high, wide] = [input[0] / groups, ...(axes ?? []).map(({ at }) => at[0].length)];
        const parameter = `${name}.weight`;
        const sheet = makeSheet(
          0,
          () => {},
          (unit) => {
            if (!unit || !pass) return write(pointed, "");
            const { channel, row: down, column } = unit;
            const place = [Math.floor(channel / inputs), channel % inputs, down, column];
            const value = pass.tensors[parameter][(channel * high + down) * wide + column];
            write(pointed, `${parameter}[${place.join(", ")}] = ${shown(value)}`);
          },
        );
        sheet.describe(parameter, [output[0] * inputs, high, wide], [output[0], inputs, high, wide].join("×"), inputs);
        return { name: parameter, sheet };
      });
      row.replaceChildren(...sheets.map(({ sheet }) => sheet.element));
    },
    /** @param {Pass} itsPass
     *  @param {BytePalette} palette */
    paint(itsPass, palette) {
      pass = itsPass;
      for (const { name, sheet } of sheets) sheet.paint(itsPass.tensors[name], palette);
    },
  };
}
