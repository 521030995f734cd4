// One colour rule for every grid: blue for positive, orange for negative, zero near the background; images and whatever
// passed a ReLU from paper to ink. Numbers on a colour are black or white, whichever contrasts more: at least 4.58 : 1.

/** @import { RGB } from "../types.d.ts" */
/** @import { Color, Palette, Scale } from "./types.d.ts" */

import { colorReader } from "../theme_colors.js";

const LEVELS = 100;
/** @type {(rgb: RGB) => number} */
export const luminance = (rgb) => {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** {fill, text} for each level 0 … LEVELS between two colours, each [r, g, b].
 *  @param {RGB} from
 *  @param {RGB} to
 *  @returns {Color[]} */
export function ramp(from, to) {
  return Array.from({ length: LEVELS + 1 }, (_, level) => {
    const rgb = /** @type {RGB} */ (from.map((c, i) => Math.round(c + ((to[i] - c) * level) / LEVELS)));
    return { fill: `rgb(${rgb})`, text: luminance(rgb) > 0.179 ? "#000" : "#fff" };
  });
}

/** The ramps and single colours of the present theme, read from the style sheet's variables by `probe`, an element;
 *  `last` itself where the theme is still the same.
 *  @param {HTMLElement} probe
 *  @param {Palette} [last]
 *  @returns {Palette} */
export function makePalette(probe, last) {
  probe.style.color = "var(--st-text-color)";
  probe.style.backgroundColor = "var(--st-background-color)";
  const { color, backgroundColor, fontFamily } = getComputedStyle(probe);
  const theme = color + backgroundColor;
  if (last?.theme === theme) return last;
  const read = colorReader(probe);
  const neutral = read("neutral");
  /** @type {(name: string) => string} */
  const css = (name) => `rgb(${read(name)})`;
  return {
    theme,
    family: fontFamily,
    positive: ramp(neutral, read("positive")),
    negative: ramp(neutral, read("negative")),
    image: ramp(read("paper"), read("ink")),
    window: css("window"),
    line: css("line"),
    padding: css("padding"),
    pale: css("pale"),
    text: css("st-text-color"),
  };
}

/** {fill, text} of a value; `scale` is {largest, signed}.
 *  @param {Palette} palette
 *  @param {number} value
 *  @param {Scale} scale
 *  @returns {Color} */
export function colorOf(palette, value, scale) {
  const level = Math.min(LEVELS, Math.round((Math.abs(value) / scale.largest) * LEVELS));
  if (value < 0) return palette.negative[level];
  return (scale.signed ? palette.positive : palette.image)[level];
}
