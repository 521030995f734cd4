// One ARIA grid of numbers: a picture on canvas under cells that only a keyboard and a screen reader meet. It knows
// cells and keys, not what they mean.

/** @import { Axis, GridHandlers, GridView, Palette, PlainAxis, Grid } from "./types.d.ts" */

import { childrenOf, enlarged, make } from "../elements.js";
import { fill } from "../template.js";
import { isAsked, UNKNOWN } from "./asked.js";
import { paintCells } from "./cells.js";
import { legendOf } from "./legend.js";
import { shown } from "./numbers.js";
import { around, DIGIT_WIDTH, whole, zoomed } from "./part.js";

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const MANY_CELLS = 6000; // 10,000 elements take about 50 ms: a larger grid gets its cells when it is first entered
const SMALLEST_FONT = 8; // px of the screen

/** `on` receives over(y, x) with a padded position, out(), press(row, column), move(row, column), key(event, row,
 *  column). Before anything is drawn: fill(), then fit().
 *  @param {GridHandlers} on
 *  @returns {GridView} */
export function makeGrid(on) {
  const block = make("figure", { class: "block" });
  const caption = block.appendChild(make("figcaption"));
  const [title, label] = [caption.appendChild(make("b")), caption.appendChild(make("code"))];
  const picture = block.appendChild(make("div", { class: "box" })).appendChild(make("div", { class: "cells" }));
  const [canvas, overlay] = [make("canvas", { "aria-hidden": "true" }), make("canvas", { "aria-hidden": "true" })];
  const table = make("div", { role: "grid", tabindex: 0 });
  const ring = make("div", { class: "ring" });
  picture.append(canvas, overlay, table, ring);
  const legend = block.appendChild(make("div", { class: "legend", "aria-hidden": "true" }));
  const note = block.appendChild(make("div", { class: "note" }));
  const view = /** @type {GridView} */ (
    /** @type {Partial<GridView>} */ ({
      canvas,
      overlay,
      block,
      picture,
      table,
      note,
      cells: [],
      built: "",
      focusable: [0, 0],
    })
  );
  view.part = { y: 0, x: 0, rows: 0, columns: 0 };
  // Positions are padded: the input's first cell lies at (top, left).
  view.inside = (y, x) => y >= view.top && y < view.top + view.height && x >= view.left && x < view.left + view.width;
  view.valueAt = (y, x) => {
    const [row, column] = [view.rowSource[y], view.columnSource[x]];
    return row < 0 || column < 0 ? 0 : view.values[row][column];
  };
  view.asked = (y, x) => isAsked(view.grid, y - view.top, x - view.left);
  view.unused = (y, x) => view.unusedRows.has(y - view.top) || view.unusedColumns.has(x - view.left);

  /** @type {(event: MouseEvent) => [number, number]} */
  const position = (event) => {
    const [box, zoom] = [canvas.getBoundingClientRect(), enlarged(canvas)];
    /** @type {(offset: number, first: number, count: number) => number} */
    const along = (offset, first, count) => first + Math.min(Math.max(Math.floor(offset / view.cell), 0), count - 1);
    const { y, x, rows, columns } = view.part;
    return [along((event.clientY - box.top) / zoom, y, rows), along((event.clientX - box.left) / zoom, x, columns)];
  };
  picture.addEventListener("pointermove", (event) => on.over(...position(event)));
  picture.addEventListener("pointerleave", () => on.out());
  picture.addEventListener("click", (event) => {
    const [y, x] = position(event);
    if (!(event.target instanceof HTMLInputElement) && view.inside(y, x)) on.press(y - view.top, x - view.left);
  });
  table.addEventListener("focus", () => view.focus(...view.focusable));
  table.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const [row, column] = view.focusable;
    const next = moved(event, row, column);
    if (!next) return on.key(event, row, column);
    event.preventDefault();
    view.focus(...next);
    on.move(...next);
  });

  /** @param {KeyboardEvent} event
   *  @param {number} row
   *  @param {number} column
   *  @returns {[number, number] | undefined} */
  function moved(event, row, column) {
    const [bottom, right] = [view.height - 1, view.width - 1];
    if (event.key === "Home") return [event.ctrlKey ? 0 : row, 0];
    if (event.key === "End") return [event.ctrlKey ? bottom : row, right];
    const step = ARROWS[event.key];
    return step && [Math.min(Math.max(row + step[0], 0), bottom), Math.min(Math.max(column + step[1], 0), right)];
  }

  /** Takes {name, title, label, values, largest, signed}, the axes of the operation that reads the grid (or null) and
   *  the words; `zeros`: the padding holds zeros; `unused`
   *  {rows, columns} are hatched; `padded`: it has numbers, not −∞ for one and 0 for another
   *  operation; `weighted`: a window's cells take the colours of weights; `note` is a remark under the grid. */
  view.fill = (grid, axes, words, { zeros, padded, unused, weighted, note: remark }) => {
    const [rows, columns] = axes ?? [grid.values, grid.values[0]].map((line) => plainAxis(line.length));
    Object.assign(view, { grid, values: grid.values, height: grid.values.length, width: grid.values[0].length });
    Object.assign(view, { scale: grid, top: rows.before, left: columns.before });
    Object.assign(view, { rowSource: rows.source, columnSource: columns.source });
    Object.assign(view, { rows: rows.source.length, columns: columns.source.length });
    Object.assign(view, { zeros, padded });
    view.unusedRows = new Set(unused.rows);
    view.unusedColumns = new Set(unused.columns);
    view.words = words;
    view.longest = usual(grid.values.flat().map((value) => shown(value).length));
    title.textContent = grid.title;
    label.textContent = grid.label;
    block.classList.toggle("asked", grid.asked === "grid");
    note.textContent = remark;
    table.setAttribute("aria-label", grid.name);
    legend.replaceChildren(...legendOf(grid, weighted && words.weighted));
    view.named = false;
    if (view.built !== `${view.height},${view.width}`) view.forgetCells();
  };

  /** The length that nine of ten numbers have: a single long one must not take the others' place.
   *  @type {(lengths: number[]) => number} */
  const usual = (lengths) => Math.max(2, lengths.sort((a, b) => a - b)[Math.floor(0.9 * (lengths.length - 1))]);
  /** @type {(length: number) => PlainAxis} */
  const plainAxis = (length) => ({ before: 0, source: Array.from({ length }, (_, index) => index) });
  /** The largest cell with which the grid fits a square of `side`: whole pixels, or a part of one in a small square. */
  view.cellFor = (side) => {
    const cell = side / Math.max(view.rows, view.columns);
    return cell < 1 ? cell : Math.floor(cell);
  };

  /** @type {(cell: number) => number} */
  const fontFor = (cell) => Math.min(17, cell * 0.5, (cell - 4) / (DIGIT_WIDTH * view.longest));

  /** Whether some window's cells are in the colours of weights: only then the legend says so. */
  view.explain = (colored) => legend.classList.toggle("colored", colored);

  /** Draws cells of `cell` pixels in a square of `side`. Where they are too small for numbers these are left out, or,
   *  with `zoom`, fewer and larger cells are drawn. */
  view.fit = (side, palette, zoom, cell = view.cellFor(side)) => {
    const smallest = SMALLEST_FONT / enlarged(block);
    view.legible = fontFor(cell) >= smallest;
    const drawn = zoom && !view.legible ? zoomed(view, side, view.part) : { cell, part: whole(view) };
    Object.assign(view, drawn, { family: palette.family, font: fontFor(drawn.cell) });
    view.numbers = view.font >= smallest;
    block.style.setProperty("--box", `${side}px`);
    block.style.setProperty("--cell", `${view.cell}px`);
    placeTable();
    paintCells(view, palette);
  };

  function placeTable() {
    const { cell, part } = view;
    const [width, height] = [view.width * cell, view.height * cell];
    const [left, top] = [(view.left - part.x) * cell, (view.top - part.y) * cell];
    Object.assign(table.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    const [row, column] = view.focusable;
    Object.assign(ring.style, { left: `${left + column * cell}px`, top: `${top + row * cell}px` });
  }

  /** Moves the part that a zoomed grid shows to its marks. */
  view.follow = (marks, palette) => {
    const part = around(view, marks);
    if (part.y === view.part.y && part.x === view.part.x) return;
    view.part = part;
    placeTable();
    paintCells(view, palette);
  };

  /** Cells for the keyboard and for screen readers, with row, column and value in their names. */
  view.nameCells = (entered = false) => {
    if (view.named || (view.width * view.height > MANY_CELLS && !entered)) return;
    const size = `${view.height},${view.width}`;
    const focused = view.cells[view.focusable[0]]?.[view.focusable[1]]?.matches(":focus");
    if (view.built !== size) build(size);
    view.values.forEach((line, y) =>
      line.forEach((value, x) => nameCell(view.cells[y][x], y, x, isAsked(view.grid, y, x) ? UNKNOWN : shown(value))),
    );
    view.named = true;
    if (focused) view.focus(...view.focusable);
  };

  /** Takes out cells at once, of another size or out of sight: to lay them out again would keep the picture waiting. */
  view.forgetCells = () => {
    table.replaceChildren();
    table.tabIndex = 0;
    Object.assign(view, { built: "", cells: [], named: false });
  };

  /** @param {HTMLElement} cell
   *  @param {number} y
   *  @param {number} x
   *  @param {string} text */
  function nameCell(cell, y, x, text) {
    if (cell.textContent === text && cell.dataset.template === view.words.cell) return;
    cell.dataset.template = view.words.cell;
    cell.textContent = text;
    cell.setAttribute("aria-label", fill(view.words.cell, { row: y + 1, column: x + 1, value: text }));
  }

  /** @param {string} size */
  function build(size) {
    const row = `<div role="row">${'<div role="gridcell" tabindex="-1"></div>'.repeat(view.width)}</div>`;
    table.innerHTML = row.repeat(view.height);
    view.cells = childrenOf(table).map(childrenOf);
    view.built = size;
    view.focusable = [Math.min(view.focusable[0], view.height - 1), Math.min(view.focusable[1], view.width - 1)];
    table.tabIndex = -1;
    view.cells[view.focusable[0]][view.focusable[1]].tabIndex = 0;
  }

  view.focus = (row, column) => {
    view.nameCells(true);
    view.cells[view.focusable[0]][view.focusable[1]].tabIndex = -1;
    view.focusable = [row, column];
    view.cells[row][column].tabIndex = 0;
    placeTable();
    view.cells[row][column].focus();
  };
  return view;
}
