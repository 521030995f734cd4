// What a grid's colours mean.

/** @import { Grid } from "./types.d.ts" */

import { make } from "../elements.js";
import { shown } from "./numbers.js";

/** What the colours of a window's cells mean, for a legend.
 *  @type {(text: string) => HTMLElement[]} */
export const weightedKey = (text) => [make("i", { class: "weighted" }), make("span", {}, text)];

/** The scale of a grid's colours, and what those of a window mean.
 *  @type {(grid: Grid, weighted: string | false) => HTMLElement[]} */
export const legendOf = ({ signed, largest, values }, weighted) => {
  const both = signed || values.some((line) => line.some((value) => value < 0));
  const low = make("span", {}, both ? shown(-largest) : "0");
  const scale = [low, make("i", { class: both ? "both" : "image" }), make("span", {}, shown(largest))];
  return weighted ? [...scale, ...weightedKey(weighted)] : scale;
};
