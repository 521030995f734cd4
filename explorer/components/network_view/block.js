// One box of the picture: a shape with its sheets, its name, and the units in it.

/** @import { BlockHandlers, BlockView, Size } from "./types.d.ts" */

import { draw, enlarged, make, set, write } from "../elements.js";
import { fill } from "../template.js";
import { clamp, SHEET, SLOPE, TARGET } from "./sizes.js";

const MARK = 3; // px that an eye can find
const SIGN = { blamed: "←", remark: "!" };

/** One box; `on` receives over(row, column), out(), press(row, column), key(event), focus(), blur().
 *  @param {BlockHandlers} on
 *  @returns {BlockView} */
export function makeBlock(on) {
  const element = make("div", { class: "block" });
  const face = element.appendChild(make("div", { class: "face", role: "button", tabindex: 0 }));
  const svg = face.appendChild(draw("svg", { "aria-hidden": "true" }));
  const [sheets, front, hit] = [
    draw("path", { class: "sheets" }),
    draw("rect", { class: "front" }),
    draw("rect", { class: "hit" }),
  ];
  const scaled = draw("g");
  const [ink, cells, dim] = [
    draw("g", { class: "ink" }),
    draw("path", { class: "cells" }),
    draw("path", { class: "dim" }),
  ];
  const [halo, sees, unit] = ["halo", "sees", "unit"].map((name) =>
    draw("rect", { class: name, visibility: "hidden" }),
  );
  scaled.append(ink, cells, dim, halo, sees, unit);
  svg.append(sheets, front, scaled, hit);
  const [name, sign] = [make("b"), make("span", { class: "sign", role: "img", hidden: "" })];
  const [shape, after] = [make("span", { class: "shape" }), make("span", { class: "after" })];
  const text = element.appendChild(make("div", { class: "text" }));
  text.appendChild(make("div")).append(name, sign);
  text.append(shape, after);
  const view = /** @type {BlockView} */ (/** @type {Partial<BlockView>} */ ({ element, face, sign, ink }));

  /** @type {(event: MouseEvent) => [number, number]} */
  const place = (event) => {
    const { left, top } = svg.getBoundingClientRect();
    const zoom = enlarged(svg);
    const { rows, columns, width, height } = view.size;
    /** @type {(offset: number, length: number, count: number) => number} */
    const along = (offset, length, count) => clamp(Math.floor((offset / length) * count), 0, count - 1);
    return [
      along((event.clientY - top) / zoom - view.top, height, rows),
      along((event.clientX - left) / zoom - view.left, width, columns),
    ];
  };
  hit.addEventListener("pointermove", (event) => on.over(...place(event)));
  hit.addEventListener("pointerleave", () => on.out());
  hit.addEventListener("click", (event) => on.press(...place(event)));
  face.addEventListener("keydown", (event) => on.key(event));
  face.addEventListener("focus", () => on.focus());
  face.addEventListener("blur", () => on.blur());

  view.write = (block, words, signs) => {
    const meaning = signs.map((name) => words[name]).join(", ");
    write(sign, signs.map((name) => SIGN[name]).join(" "));
    sign.hidden = !signs.length;
    set(sign, { "aria-label": meaning, title: meaning });
    write(name, block.name);
    write(shape, block.shape);
    write(after, block.after.join(" "));
    element.classList.toggle("vector", block.size.length === 1);
    face.setAttribute("aria-label", fill(words.block, block));
  };

  view.fit = (size, above, below) => {
    const key = JSON.stringify([size, above, below]);
    if (key === view.fitted) return;
    view.fitted = key;
    const { rows, columns, width, height, depth } = size;
    const wide = Math.max(width + depth, TARGET);
    Object.assign(view, { size, left: 1 + (wide - width - depth) / 2, top: 1 + above - height / 2 });
    element.style.minWidth = `${size.box}px`;
    element.style.setProperty("--box", `${size.box}px`);
    set(svg, { width: wide + 2, height: above + below + 2 });
    set(front, { x: view.left, y: view.top, width, height });
    sheets.setAttribute("d", sheetsBehind(view.left, view.top, size));
    scaled.setAttribute("transform", `translate(${view.left} ${view.top}) scale(${width / columns} ${height / rows})`);
    const [high, low] = [Math.min(-depth * SLOPE, (height - TARGET) / 2), Math.max(height, (height + TARGET) / 2)];
    set(hit, { x: 1, y: view.top + high, width: wide, height: low - high });
    cells.setAttribute("d", width / columns < 3 || height / rows < 3 ? "" : lines(rows, columns));
  };

  /** Marks a unit, at least MARK px large; null takes the mark away. */
  view.mark = (place) => {
    unit.setAttribute("visibility", place ? "visible" : "hidden");
    if (!place) return;
    const { rows, columns, width, height } = view.size;
    /** @type {(count: number, length: number) => number} */
    const least = (count, length) => Math.min(count, Math.max(1, (MARK * count) / length));
    const [high, wide] = [least(rows, height), least(columns, width)];
    const [y, x] = [
      clamp(place[0] + 0.5 - high / 2, 0, rows - high),
      clamp(place[1] + 0.5 - wide / 2, 0, columns - wide),
    ];
    set(unit, { x, y, width: wide, height: high });
  };

  /** Frames the part of the image that is seen, {top, bottom, left, right}, and dims the rest; null: frames nothing. */
  view.frame = (seen) => {
    for (const part of [halo, sees, dim]) part.setAttribute("visibility", seen ? "visible" : "hidden");
    if (!seen) return;
    const { rows, columns } = view.size;
    const [width, height] = [seen.right - seen.left + 1, seen.bottom - seen.top + 1];
    for (const part of [halo, sees]) set(part, { x: seen.left, y: seen.top, width, height });
    dim.setAttribute(
      "d",
      `M0 0h${columns}v${rows}h${-columns}zM${seen.left} ${seen.top}h${width}v${height}h${-width}z`,
    );
  };
  return view;
}

/** What shows of the sheets behind a front: of each its upper and its right edge, and as much of the others as it is
 *  further back than the next.
 *  @param {number} left
 *  @param {number} top
 *  @param {Size} size
 *  @returns {string} */
function sheetsBehind(left, top, { width, height, depth }) {
  const count = Math.floor(depth / SHEET);
  const [right, up] = [depth / count, (depth / count) * SLOPE];
  /** @type {(n: number) => string} */
  const sheet = (n) => `M${left + n * right} ${top - n * up + up}v${-up}h${width}v${height}h${-right}`;
  return Array.from({ length: count }, (_, n) => sheet(count - n)).join("");
}

/** @type {(rows: number, columns: number) => string} */
const lines = (rows, columns) =>
  Array.from({ length: rows - 1 }, (_, y) => `M0 ${y + 1}h${columns}`).join("") +
  Array.from({ length: columns - 1 }, (_, x) => `M${x + 1} 0v${rows}`).join("");
