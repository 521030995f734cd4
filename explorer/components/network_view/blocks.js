// The picture: the image and every shape that it takes, to one scale. It knows boxes and units, not why one is chosen.

/** @import { Block, BlockHandlers, Picture, PictureHandlers, Words } from "./types.d.ts" */

import { draw, make, set, write } from "../elements.js";
import { makeBlock } from "./block.js";
import { fitted, partName, partsOf, SLOPE, sum, unitsOf } from "./sizes.js";
import { makeStop, STOP, signsOf } from "./stop.js";

const SHADES = 24;

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
