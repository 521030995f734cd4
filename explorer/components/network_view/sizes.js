// How large everything in the picture is. Numbers in, numbers out.

/** @import { Block, Size, Words } from "./types.d.ts" */

const TALLEST = 140; // px of the highest map
const LARGEST = 20; // px of an image's pixel
const SMALLEST = 0.55; // of the full scale: a narrower strip scrolls
const DEEPEST = 30; // px that the sheets of the map with most channels go back
export const SLOPE = 0.6; // they rise so much for each px to the right
export const SHEET = 3; // px between two sheets, at least
const BAR = 14; // px, a vector's width
const GAP = 22; // px between two boxes
export const TARGET = globalThis.matchMedia?.("(pointer: coarse)").matches ? 40 : 24; // px that a finger, or a pointer, can hit

/** @type {(value: number, least: number, most: number) => number} */
export const clamp = (value, least, most) => Math.max(least, Math.min(value, most));
/** @type {(numbers: number[]) => number} */
export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** px of a text of 13 px: a guess, for measuring would lay the page out; what is longer wraps.
 *  @type {(text: string) => number} */
const textWidth = (text) => sum([...text].map((sign) => (sign > "⺀" ? 13 : 7.4)));

/** {rows, columns} of a block's units: a vector is one column of features.
 *  @type {(block: Block) => { rows: number, columns: number }} */
export const unitsOf = ({ size }) => ({ rows: size[1] ?? size[0], columns: size[2] ?? 1 });

/** Sizes of those blocks that are maps.
 *  @type {(blocks: Block[]) => [number, number, number][]} */
const mapsOf = (blocks) => blocks.flatMap(({ size }) => (size.length === 3 ? [size] : []));

/** Boxes of all blocks at `scale` px for each pixel of the image.
 *  @param {Block[]} blocks
 *  @param {number} scale
 *  @returns {Size[]} */
function boxes(blocks, scale) {
  const maps = mapsOf(blocks);
  const deep = Math.max(2, ...maps.map(([channels]) => channels)) - 1;
  const tall = scale * Math.max(...maps.map(([, rows]) => rows));
  const long = Math.max(1, ...blocks.filter(({ size }) => size.length === 1).map(({ size }) => size[0]));
  return blocks.map((block) => {
    const { rows, columns } = unitsOf(block);
    const vector = block.size.length === 1;
    const height = vector ? Math.max(6, (rows / long) * tall) : rows * scale;
    const width = vector ? BAR : columns * scale;
    const depth = vector ? 0 : (block.size[0] - 1) * Math.min(SHEET, DEEPEST / deep);
    const words = [block.name, block.shape, ...block.after].map((word) => Math.min(textWidth(word), 110));
    return { rows, columns, width, height, depth, box: Math.ceil(Math.max(width + depth, TARGET, ...words) + GAP) };
  });
}

/** [first, behind the last] block of each part of the network; the input belongs to none.
 *  @param {Block[]} blocks
 *  @returns {[number, number][]} */
export function partsOf(blocks) {
  const starts = blocks
    .map((_, n) => n)
    .filter((n) => n > 0 && (n === 1 || blocks[n].classifies !== blocks[n - 1].classifies));
  return starts.map((start, n) => [start, starts[n + 1] ?? blocks.length]);
}

/** The largest scale at which the strip fits `width`; if none does, one at which it scrolls.
 *  @param {Block[]} blocks
 *  @param {number} width
 *  @param {Words} words */
export function fitted(blocks, width, words) {
  const full = Math.min(
    LARGEST,
    TALLEST / Math.max(...mapsOf(blocks).map(([, high, wide]) => Math.max(high, wide * 0.7))),
  );
  /** @type {(all: Size[], ends: [number, number]) => number} */
  const part = (all, [from, to]) =>
    Math.max(sum(all.slice(from, to).map(({ box }) => box)), GAP + textWidth(words[partName(blocks[from])]));
  /** @type {(all: Size[]) => number} */
  const wide = (all) => all[0].box + sum(partsOf(blocks).map((ends) => part(all, ends)));
  for (let scale = full; scale >= SMALLEST * full; scale *= 0.96) {
    const all = boxes(blocks, scale);
    if (wide(all) <= width) return { all, scale, scrolls: false };
  }
  const scale = full * (width < 640 ? SMALLEST : 0.8);
  return { all: boxes(blocks, scale), scale, scrolls: true };
}

/** @type {(block: Block) => "classifier" | "features"} */
export const partName = ({ classifies }) => (classifies ? "classifier" : "features");
