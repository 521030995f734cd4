// Where grids stand and how large their cells are, for each of the scene's three layouts.

/** @import { GridView, Palette, Scene, Size } from "./types.d.ts" */

import { make } from "../elements.js";
import { pairsOf } from "./index_map.js";

const LEGIBLE = 34; // pixels: a kernel's cells shrink with the input's, but not below this while there is room
/** @type {(character: string) => HTMLElement} */
const sign = (character) => make("span", { class: "operator", "aria-hidden": "true" }, character);

/** Puts the grids' blocks into the stage; `maps` is the choice of output channels. For a stack it returns the labels of
 *  the running total.
 *  @type {Record<Scene["layout"], (stage: HTMLElement, scene: Scene, views: GridView[], maps: HTMLElement) => HTMLElement[]>} */
export const ARRANGE = {
  row(stage, { operations: [operation] }, views) {
    const [[input, kernel]] = pairsOf(operation);
    stage.replaceChildren(views[input].block, sign("∗"), views[kernel].block, sign("="), views[operation.output].block);
    return [];
  },
  stack(stage, { operations: [operation] }, views, maps) {
    const { partials = [] } = operation;
    const labels = operation.parts.map(() => make("div", { class: "total" }));
    const rows = pairsOf(operation).map(([input, kernel], number) => {
      const row = make("div", { class: "channel" });
      views[input].block.dataset.channel = String(operation.first + number + 1);
      row.append(
        views[input].block,
        sign("∗"),
        views[kernel].block,
        sign("="),
        views[partials[number]].block,
        labels[number],
      );
      return row;
    });
    const channels = make("div", { class: "channels" });
    channels.append(...rows);
    const sum = make("div", { class: "sum" });
    const bias = make("div", { class: "total" });
    sum.append(views[operation.output].block, bias, maps);
    stage.replaceChildren(channels, sign("Σ"), sum);
    return [...labels, bias];
  },
  fan(stage, { operations, refusals }, views) {
    const outputs = operations.map(({ output, parts: [[, kernel]] }) => {
      const column = make("div", { class: "output" });
      column.append(views[output].block, ...(kernel === null ? [] : [views[kernel].block]));
      return column;
    });
    for (const { place, title, sentence } of refusals) {
      const refused = make("div", { class: "output refused" });
      refused.appendChild(make("figcaption")).append(make("b", {}, title), make("code", {}, "\u00a0"));
      refused.append(make("p", {}, sentence));
      outputs.splice(place, 0, refused);
    }
    stage.replaceChildren(views[operations[0].parts[0][0]].block, ...outputs);
    return [];
  },
};

/** Fits every grid into the squares that place.css gives it, `side` and `small` pixels; grids that are compared share a
 *  cell size.
 *  @type {Record<Scene["layout"], (scene: Scene, views: GridView[], size: Size, palette: Palette, zoom: boolean) => void>} */
export const SIZES = {
  row({ operations: [operation] }, views, { side, small }, palette, zoom) {
    const [[input, kernel]] = pairsOf(operation);
    const output = views[operation.output];
    const cell = Math.min(views[input].cellFor(side), output.cellFor(side));
    views[input].fit(side, palette, zoom, cell);
    output.fit(side, palette, zoom, cell);
    views[kernel].fit(small, palette, zoom, Math.min(views[kernel].cellFor(small), Math.max(cell, LEGIBLE)));
  },
  stack({ operations: [operation] }, views, { side, small }, palette, zoom) {
    const { partials = [] } = operation;
    pairsOf(operation).forEach(([input, kernel], number) => {
      const partial = views[partials[number]];
      const cell = Math.min(views[input].cellFor(side), partial.cellFor(side));
      views[input].fit(side, palette, zoom, cell);
      partial.fit(side, palette, zoom, cell);
      views[kernel].fit(side * 0.66, palette, zoom);
    });
    views[operation.output].fit(small, palette, zoom);
  },
  fan({ operations }, views, { side, small }, palette, zoom) {
    const input = views[operations[0].parts[0][0]];
    const cell = input.cellFor(side);
    input.fit(side, palette, zoom, cell);
    for (const operation of operations) {
      const output = views[operation.output];
      output.fit(small, palette, zoom, Math.min(cell, output.cellFor(small)));
      const kernel = operation.parts[0][1];
      if (kernel !== null) views[kernel].fit(small * 0.6, palette, zoom);
    }
  },
};
