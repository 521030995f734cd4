// A picture of a digit, a photo as well as a scan, as ink between 0 and 1: paper, shadows and specks are taken off. Pure.
// placing.js' counterpart for what has pixels instead of strokes is raster_placing.js.

/** @import { Ink, Raster } from "../types.d.ts" */

import { components } from "./components_of_ink.js";
import { distances, thicknessOf } from "./raster_placing.js";
import { blurred, closed } from "./windows.js";

const WINDOW = 0.3; // of the shorter side: wider than any line, narrower than what is paper
const SOFT = 0.3; // of the level that separates ink from paper: what is fainter than that is paper
const FAINTEST = 0.1; // contrast of what can be ink at all
const SPECK = 0.03; // of the largest piece's ink: a smaller piece is dirt
const BESIDE = 0.1; // of all ink: where so much lies free, what runs over the edge is no part of the digit
const GRAINS = 6; // times the paper's own usual deviation: what stands out less is paper
const GRAIN_REACHES = [0.004, 0.012, 0.024]; // grain from which a mean reaches a pixel further: half its deviation
const LEVELS = 256; // of a histogram

/** The light of pixels (R, G, B, opacity; 0 … 255) on white paper, 0 for black and 1 for white.
 *  @param {Uint8ClampedArray | Uint8Array} pixels
 *  @param {number} width
 *  @returns {Raster} */
export function lightOf(pixels, width) {
  const values = new Float32Array(pixels.length / 4);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const [red, green, blue, opacity] = pixels.subarray(pixel * 4, pixel * 4 + 4);
    values[pixel] = 1 + ((0.299 * red + 0.587 * green + 0.114 * blue - 255) / 255) * (opacity / 255);
  }
  return { values, width, height: values.length / width };
}

/** The ink of a picture whose light is given, and whether it was dark on light; null where no ink stands out.
 *  @param {Raster} picture
 *  @returns {Ink | null} */
export function inkOfPicture(picture) {
  const light = withoutGrain(picture);
  const darkOnLight = isDarkOnLight(light);
  const contrasts = darkOnLight
    ? contrastsOf(light, lackOf)
    : contrastsOf(inverted(light), (ink, paper) => paper - ink);
  const usual = median(contrasts.values);
  const relief = contrasts.values.map((value) => Math.max(0, value - usual));
  const level = separation(relief);
  const full = mean(relief.filter((value) => value > level));
  const faint = Math.max(SOFT * level, GRAINS * median(contrasts.values.map((value) => Math.abs(value - usual))));
  if (!(full >= FAINTEST && full > faint)) return null;
  const ink = relief.map((value) => Math.min(1, Math.max(0, (value - faint) / (full - faint))));
  const strong = Math.max(0.1, (level - faint) / (full - faint));
  return { ...besideLines(withoutSpecks({ ...light, values: ink }, strong), strong), darkOnLight };
}

/** The picture, and where it is grainy, as a photo in dim light is, the mean of as many pixels as make it even.
 *  @param {Raster} picture
 *  @returns {Raster} */
function withoutGrain(picture) {
  const even = blurred(picture, 1);
  const grain = median(picture.values.map((value, pixel) => Math.abs(value - even.values[pixel])));
  const reach = GRAIN_REACHES.filter((least) => grain >= least).length;
  return reach ? blurred(picture, reach) : picture;
}

/** Ink is less than paper: what differs most from its surroundings lies on its side.
 *  @param {Raster} light */
export function isDarkOnLight(light) {
  const around = blurred(light, Math.ceil(Math.min(light.width, light.height) / 2));
  const skew = light.values.reduce((sum, value, pixel) => sum + (value - around.values[pixel]) ** 3, 0);
  return skew < 0;
}

/** How much light dark ink takes, as a part of its paper's: as much in a shadow. The black of a shadow is not divided by.
 *  @type {(ink: number, paper: number) => number} */
const lackOf = (ink, paper) => 1 - (ink + 0.02) / (paper + 0.02);

/** @type {(light: Raster) => Raster} */
const inverted = (light) => ({ ...light, values: light.values.map((value) => 1 - value) });

/** How far each pixel stands out of its paper, by `contrast`: a shadow that is wider than a line is paper.
 *  @param {Raster} light
 *  @param {(ink: number, paper: number) => number} contrast
 *  @returns {Raster} */
function contrastsOf(light, contrast) {
  const paper = closed(light, Math.max(3, Math.round(WINDOW * Math.min(light.width, light.height))));
  return { ...light, values: light.values.map((value, pixel) => contrast(value, paper.values[pixel])) };
}

/** Otsu's level: values above and below it differ most.
 *  @param {Float32Array} values
 *  @returns {number} */
export function separation(values) {
  const counts = histogram(values);
  const all = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [below, sumBelow, best, bestLevel] = [0, 0, -1, 0];
  counts.forEach((count, level) => {
    below += count;
    sumBelow += count * level;
    const above = values.length - below;
    if (!below || !above) return;
    const apart = sumBelow / below - (all - sumBelow) / above;
    const between = below * above * apart * apart;
    if (between > best) [best, bestLevel] = [between, level];
  });
  return (bestLevel + 1) / LEVELS;
}

/** @param {Float32Array} values */
function histogram(values) {
  const counts = new Float64Array(LEVELS);
  for (const value of values) counts[Math.min(LEVELS - 1, Math.floor(value * LEVELS))]++;
  return counts;
}

/** The middle of the values, as every eighth of them tells it.
 *  @param {Float32Array} values */
function median(values) {
  const some = values.filter((_, place) => place % 8 === 0).sort();
  return some[some.length >> 1];
}

/** @param {Float32Array} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Only pieces of ink that are part of the digit: each has a pixel as dark as `strong`, is no speck, and does not run
 *  over the edge where others lie free.
 *  @param {Raster} ink
 *  @param {number} strong
 *  @returns {Raster} */
function withoutSpecks(ink, strong) {
  const { pieces, numbers } = components(ink);
  const dark = pieces.filter(({ darkest }) => darkest >= strong);
  const free = dark.filter(({ touchesEdge }) => !touchesEdge);
  const total = (/** @type {typeof pieces} */ some) => some.reduce((sum, { mass }) => sum + mass, 0);
  const candidates = total(free) >= BESIDE * total(dark) ? free : dark;
  const least = SPECK * candidates.reduce((most, { mass }) => Math.max(most, mass), 0);
  const kept = new Set(candidates.filter(({ mass }) => mass >= least).map(({ number }) => number));
  return { ...ink, values: ink.values.map((value, pixel) => (kept.has(numbers[pixel]) ? value : 0)) };
}

/** Only ink that is no further than half a line's width from where a line is dark: a shadow's edge that meets the digit is
 *  none.
 *  @param {Raster} ink
 *  @param {number} strong
 *  @returns {Raster} */
function besideLines(ink, strong) {
  const away = distances({ ...ink, values: ink.values.map((value) => (value < strong ? 0 : 1)) });
  const reach = 1 + thicknessOf(ink, strong) / 2;
  return { ...ink, values: ink.values.map((value, pixel) => (away[pixel] <= reach ? value : 0)) };
}
