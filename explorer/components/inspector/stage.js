// The grids of a scene, arranged, sized and painted. It knows nothing of what is open.

/** @import { Axis, Grid, GridHandlers, Mark, Operation, Scene, Stage, Words } from "./types.d.ts" */

import { make } from "../elements.js";
import { fill } from "../template.js";
import { isAsked } from "./asked.js";
import { paintMarks } from "./cells.js";
import { makeGrid } from "./grid.js";
import { pairsOf, partialMap, unusedAlong } from "./index_map.js";
import { ARRANGE, SIZES } from "./layouts.js";
import { weightedKey } from "./legend.js";
import { bracketed, shown } from "./numbers.js";

const NAMED = 4; // rows and columns that no window covers, in the remark under the input
const NAMING_MS = 250; // after the picture: what only a keyboard needs must not keep it waiting

/** `handlers(grid)` are a grid's, by its number; see makeGrid. `maps` is the choice of output channels.
 *  @param {(grid: number) => GridHandlers} handlers
 *  @param {HTMLElement} maps
 *  @returns {Stage} */
export function makeStage(handlers, maps) {
  const element = make("div", { class: "stage" });
  const remark = make("div", { class: "remark" });
  const stage = /** @type {Stage} */ (
    /** @type {Partial<Stage>} */ ({
      elements: [element, remark],
      views: [],
      labels: [],
      arranged: "",
      naming: 0,
      zoom: false,
    })
  );
  const { views } = stage;

  stage.update = (scene, words) => {
    stage.scene = scene;
    if (scene.layout === "stack") addPartials(scene, words);
    while (views.length < scene.grids.length) views.push(makeGrid(handlers(views.length)));
    views.length = scene.grids.length;
    scene.grids.forEach((grid, number) => fillView(grid, number, scene, words));
    remark.replaceChildren(...(scene.layout === "stack" ? weightedKey(words.weighted) : []), scene.remark);
    arrange(scene);
  };

  /** The partial maps of a stack are sums of the products that are on screen anyway: the browser adds them up.
   *  @param {Scene} scene
   *  @param {Words} words */
  function addPartials({ grids, operations: [operation] }, words) {
    const values = pairsOf(operation).map(([input, kernel]) =>
      partialMap(operation, grids[input].values, grids[kernel].values),
    );
    const largest = values.flat(2).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    operation.partials = values.map((map, number) => {
      const title = fill(words.partial, { channel: operation.first + number + 1 });
      return (
        grids.push({
          name: `Partial ${operation.first + number + 1}`,
          title,
          values: map,
          label: "",
          largest,
          signed: true,
          edit: "",
        }) - 1
      );
    });
  }

  /** @param {Grid} grid
   *  @param {number} number
   *  @param {Scene} scene
   *  @param {Words} words */
  function fillView(grid, number, scene, words) {
    const { operations, padding_mode: mode } = scene;
    const readers = operations.filter((o) => o.parts.some(([input]) => input === number));
    const padded = !operations.some((o) => o.reduce === "max");
    const isOpen = readers.every((o) => scene.grids[o.output].asked !== "grid"); // what is unread tells of the output
    const unused = isOpen
      ? { rows: unusedByAll(readers, "rows"), columns: unusedByAll(readers, "columns") }
      : { rows: [], columns: [] };
    const note = readers.length ? noteOn(readers[0], unused, mode, words) : "";
    const weighted = scene.layout !== "stack" && readers.some((o) => o.reduce === "sum"); // a stack says it once
    /** @type {[Axis, Axis] | null} */
    const axes = readers.length ? [readers[0].rows, readers[0].columns] : null;
    views[number].fill(grid, axes, words, { zeros: mode === "zeros", padded, unused, weighted, note });
  }

  /** A cell counts as never used where none of several operations reads it.
   *  @param {Operation[]} readers
   *  @param {"rows" | "columns"} axis
   *  @returns {number[]} */
  function unusedByAll(readers, axis) {
    const [first = [], ...others] = readers.map((reader) => unusedAlong(reader[axis]));
    return first.filter((index) => others.every((list) => list.includes(index)));
  }

  /** "Padding: reflect. Never used: row 5, column 5."
   *  @param {Operation} operation
   *  @param {{ rows: number[], columns: number[] }} unused
   *  @param {Scene["padding_mode"]} mode
   *  @param {Words} words
   *  @returns {string} */
  function noteOn({ rows, columns }, unused, mode, words) {
    /** @type {(list: number[], word: string) => string[]} */
    const named = (list, word) => list.map((index) => fill(word, { number: index + 1 }));
    const names = [...named(unused.rows, words.row), ...named(unused.columns, words.column)];
    const list = [...names.slice(0, NAMED), ...(names.length > NAMED ? ["…"] : [])].join(words.comma);
    const padded = rows.source.length > rows.size || columns.source.length > columns.size;
    const copies = padded && mode !== "zeros" ? fill(words.padded_by, { mode: words[`mode_${mode}`] }) : "";
    const unread = names.length ? fill(words.never_used, { list }) : "";
    return copies && unread ? fill(words.sentences, { first: copies, second: unread }) : copies || unread;
  }

  /** @param {Scene} scene */
  function arrange(scene) {
    const refused = scene.refusals.map(({ title, sentence }) => title + sentence);
    const arranged = [scene.layout, ...scene.grids.map((grid) => grid.name), ...refused].join();
    if (arranged === stage.arranged) return;
    stage.arranged = arranged;
    stage.labels = ARRANGE[scene.layout](element, scene, views, maps);
  }

  /** Fits the grids into squares of {side, small} pixels, which no setting changes, so that nothing moves. */
  stage.layout = (size, palette) => {
    stage.palette = palette;
    SIZES[stage.scene.layout](stage.scene, views, size, palette, stage.zoom);
    clearTimeout(stage.naming);
    stage.naming = setTimeout(nameFrom, NAMING_MS, 0);
  };

  /** One grid after another, each in a task of its own: what the learner does meanwhile is not kept waiting.
   *  @param {number} number */
  function nameFrom(number) {
    views[number]?.nameCells();
    if (number + 1 < views.length) stage.naming = setTimeout(nameFrom, 0, number + 1);
  }

  /** Out of sight no keyboard needs cells. */
  stage.rest = () => {
    clearTimeout(stage.naming);
    for (const view of views) view.forgetCells();
  };

  /** Marks and ghost: Maps from a grid's number to its cells; see paintMarks. A zoomed grid moves to its marks, but not
   *  the one under the pointer, `held`. */
  stage.mark = (marks, ghost, held) => {
    /** @type {(some?: Mark[]) => boolean} */
    const colored = (some = []) => some.some((mark) => mark.scale);
    remark.classList.toggle("colored", [...marks.values()].some(colored));
    views.forEach((view, grid) => {
      view.explain(colored(marks.get(grid)));
      if (grid !== held) view.follow(marks.get(grid) ?? [], stage.palette);
      paintMarks(view, stage.palette, marks.get(grid) ?? [], ghost.get(grid) ?? []);
    });
  };

  /** Whether some grid's cells are too small for their numbers. */
  stage.illegible = () => views.some((view) => !view.legible);

  /** The running total beside each partial map of a stack, and the bias beside Σ, at output cell (row, column). */
  stage.total = ({ partials = [], bias, output }, row, column, words) => {
    if (isAsked(stage.scene.grids[output], row, column))
      return stage.labels.forEach((label) => label.replaceChildren());
    let sum = 0;
    partials.forEach((partial, number) => {
      const share = stage.scene.grids[partial].values[row][column];
      sum += share;
      stage.labels[number].replaceChildren(number ? `+ ${bracketed(share)} = ` : "", make("b", {}, shown(sum)));
    });
    const end = bias === null ? [] : [`+ ${bracketed(bias)}${words.bias_note} = `, make("b", {}, shown(sum + bias))];
    stage.labels[stage.labels.length - 1].replaceChildren(...end);
  };
  return stage;
}
