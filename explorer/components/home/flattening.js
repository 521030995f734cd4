// Where the pixels of an image land in the vector that it is flattened into: row behind row. Pure.

/** One place of an image, counted from 0. @typedef {{ row: number, column: number }} Pixel */
/** What the pointer is on, as the vector has it: `main` is the pixel's place, or null; `beside` and `across` are the
 *  places of its neighbours in its row and in its column, or `beside` those of a window; each from the first to the last.
 *  @typedef {{ main: number | null, beside: number[], across: number[] }} Places */

/** @type {(pixel: Pixel, side: number) => number} */
export const placeOf = ({ row, column }, side) => row * side + column;

/** The places of a pixel and its four neighbours; fewer at an edge.
 *  @param {Pixel} pixel
 *  @param {number} side rows and columns of the image
 *  @returns {Places} */
export function neighbours(pixel, side) {
  const { row, column } = pixel;
  const place = placeOf(pixel, side);
  return {
    main: place,
    beside: [column > 0 && place - 1, column < side - 1 && place + 1].filter((one) => one !== false),
    across: [row > 0 && place - side, row < side - 1 && place + side].filter((one) => one !== false),
  };
}

/** The first row and column of the window of that size whose middle is nearest to the pixel, wholly in the image.
 *  @param {Pixel} pixel
 *  @param {number} size
 *  @param {number} side
 *  @returns {Pixel} */
export function windowAt({ row, column }, size, side) {
  /** @type {(middle: number) => number} */
  const first = (middle) => Math.min(Math.max(middle - Math.floor(size / 2), 0), side - size);
  return { row: first(row), column: first(column) };
}

/** The places of a window's pixels.
 *  @param {Pixel} corner
 *  @param {number} size
 *  @param {number} side
 *  @returns {Places} */
export function windowPlaces(corner, size, side) {
  const first = placeOf(corner, side);
  const beside = Array.from({ length: size * size }, (_, n) => first + Math.floor(n / size) * side + (n % size));
  return { main: null, beside, across: [] };
}

/** The part of the vector around these places that is shown enlarged: its first place; it has `length` of `total`.
 *  @param {Places} places
 *  @param {number} length
 *  @param {number} total */
export function partAround({ main, beside }, length, total) {
  const middle = main ?? Math.round((beside[0] + beside[beside.length - 1]) / 2);
  return Math.min(Math.max(middle - Math.floor(length / 2), 0), total - length);
}
