// The picture: the image and every shape that it takes, to one scale. It knows boxes and units, not why one is chosen.

/** @import { Block, BlockHandlers, BlockView, Data, Picture, PictureHandlers, Size, Words } from "./types.d.ts" */

import { draw, make, set, write } from "../elements.js";
import { fill } from "../template.js";
import { clamp, fitted, partName, partsOf, SHEET, SLOPE, sum, TARGET, unitsOf } from "./sizes.js";
import { makeStop, STOP, signsOf } from "./stop.js";

const MARK = 3; // px that an eye can find
const SHADES = 24;
const SIGN = { blamed: "←", remark: "!" };

/** One box; `on` receives over(row, column), out(), press(row, column), key(event), focus(), blur().
 *  @param {BlockHandlers} on
 *  @returns {BlockView} */
function makeBlock(on) {
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
    const { rows, columns, width, height } = view.size;
    /** @type {(offset: number, length: number, count: number) => number} */
    const along = (offset, length, count) => clamp(Math.floor((offset / length) * count), 0, count - 1);
    return [
      along(event.clientY - top - view.top, height, rows),
      along(event.clientX - left - view.left, width, columns),
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

/** The image as a path for each shade: so it follows the theme's colours by itself.
 *  @param {number[][]} image
 *  @returns {SVGPathElement[]} */
function inked(image) {
  const paths = Array.from({ length: SHADES + 1 }, () => "");
  /** @type {(value: number) => number} */
  const shadeOf = (value) => Math.round((value / 255) * SHADES);
  image.forEach((line, y) => line.forEach((value, x) => (paths[shadeOf(value)] += `M${x} ${y}h1v1h-1z`)));
  return paths.flatMap((d, shade) => (shade && d ? [draw("path", { d, "fill-opacity": shade / SHADES })] : []));
}

/** `on` receives the number of a block, then what makeBlock tells.
 *  @param {PictureHandlers} on
 *  @returns {Picture} */
export function makePicture(on) {
  const element = make("div", { class: "strip" });
  const scroller = make("div", { class: "scroller", role: "group" });
  const row = scroller.appendChild(make("div", { class: "row" }));
  element.append(scroller);
  const look = () =>
    element.classList.toggle("more", scroller.scrollLeft + scroller.clientWidth < scroller.scrollWidth - 8);
  scroller.addEventListener("scroll", look);
  const stop = makeStop((row) => on.stop(row));
  row.append(stop.element);
  const picture = /** @type {Picture} */ (
    /** @type {Partial<Picture>} */ ({ element, views: [], blocks: [], drawn: "" })
  );
  /** @type {(n: number) => BlockHandlers} */
  const handlers = (n) => ({
    over: (row, column) => on.over(n, row, column),
    out: () => on.out(n),
    press: (row, column) => on.press(n, row, column),
    key: (event) => on.key(n, event),
    focus: () => on.focus(n),
    blur: () => on.blur(n),
  });
  /** @type {HTMLElement[]} */
  const bands = [];

  picture.update = ({ blocks, rows, image, words }) => {
    while (picture.views.length > blocks.length) picture.views.pop()?.element.remove();
    while (picture.views.length < blocks.length) {
      const view = makeBlock(handlers(picture.views.length));
      if (picture.views.push(view) === 1) element.prepend(view.element);
      else stop.element.before(view.element);
    }
    Object.assign(picture, { blocks, words });
    scroller.setAttribute("aria-label", words.picture);
    const signs = signsOf(rows, blocks);
    blocks.forEach((block, n) => picture.views[n].write(block, words, [...signs[n]]));
    stop.update(rows, blocks.length, words);
    const { rows: height, columns: width } = unitsOf(blocks[0]);
    const pixels = [height, width, ...image].join();
    if (pixels !== picture.drawn)
      set(picture.views[0].ink, {
        transform: `scale(${width / image[0].length} ${height / image.length})`,
      }).replaceChildren(...inked(image));
    picture.drawn = pixels;
    band(blocks, words);
  };

  /** @param {Block[]} blocks
   *  @param {Words} words */
  function band(blocks, words) {
    const parts = partsOf(blocks);
    while (bands.length > parts.length) bands.pop()?.remove();
    while (bands.length < parts.length) {
      const band = make("div");
      band.append(make("span"));
      picture.views[1].element.before(band);
      bands.push(band);
    }
    parts.forEach(([from, to], n) => {
      const name = partName(blocks[from]);
      write(bands[n].children[0], words[name]);
      bands[n].className = `band ${name}`;
      bands[n].style.gridColumn = `${from} / ${to}`;
    });
    // Named places: a band and the boxes before it must not be moved on by one another.
    picture.views.slice(1).forEach(({ element }, n) => (element.style.gridColumn = `${n + 1}`));
  }

  picture.layout = (width) => {
    const { all, scrolls } = fitted(picture.blocks, width - 2 - (stop.row < 0 ? 0 : STOP), picture.words);
    const above = Math.max(...all.map(({ height, depth }) => height / 2 + depth * SLOPE));
    const below = Math.max(...all.map(({ height }) => height / 2));
    all.forEach((size, n) => picture.views[n].fit(size, above, below));
    element.style.setProperty("--middle", `${Math.round(above)}px`);
    // Only what scrolls may stand in the way of the Tab key.
    element.classList.toggle("scrolls", scrolls);
    if (scrolls) scroller.setAttribute("tabindex", "0");
    else scroller.removeAttribute("tabindex");
    Object.assign(picture, { all, scrolls });
    look();
  };

  /** Marks {block, row, column} and frames `seen` in the image; null: nothing. */
  picture.mark = (place, seen) => {
    picture.views.forEach((view, n) => view.mark(place?.block === n ? [place.row, place.column] : null));
    picture.views[0].frame(seen);
  };

  picture.light = (block) => picture.views.forEach(({ element }, n) => element.classList.toggle("lit", n === block));

  picture.choose = (block) =>
    picture.views.forEach(({ element, face }, n) => {
      element.classList.toggle("chosen", n === block);
      face.setAttribute("aria-pressed", String(n === block));
    });

  /** Scrolls the strip, and never the page, to where the network breaks, else to a block, else to its beginning. */
  picture.reveal = (block) => {
    if (!picture.scrolls) return;
    if (stop.row >= 0) return scroller.scrollTo({ left: scroller.scrollWidth });
    if (block < 1) return scroller.scrollTo({ left: 0 });
    const start = sum(picture.all.slice(1, block).map(({ box }) => box));
    const { scrollLeft, clientWidth } = scroller;
    const { box } = picture.all[block];
    if (start >= scrollLeft && start + box <= scrollLeft + clientWidth) return;
    scroller.scrollTo({ left: start - (clientWidth - box) / 2 });
  };
  return picture;
}
