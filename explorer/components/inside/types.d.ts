// What the Inside page's scripts hand one another.

import type { HomeWords, InsideMessage, InsideWords } from "../messages.d.ts";
import type { BytePalette } from "../types.d.ts";
import type { Pass } from "./unit/unit_scene.js";

export type Words = InsideWords;
/** What is shown of a digit and its way through the layers, wherever it is. */
export type ShownWords = Pick<InsideWords, keyof InsideWords & keyof HomeWords>;
export type ShownMessage = Pick<InsideMessage, "layers" | "drawings" | "first" | "digits"> & { words: ShownWords };
export type Message = InsideMessage;
/** x to the right, y down. */
export type Point = [number, number];
/** The pen's path from where it was put down to where it was lifted. */
export type Stroke = Point[];
/** What is in view. `image` is an image as MNIST has it, 28·28 of whole 255ths, 1 is ink, taken as it is; `strokes` are
 *  painted into it, or stand alone. `label` is what it is, `number` its number among the test images, where known. */
export interface Digit {
  image: Float32Array | null;
  strokes: Stroke[];
  label: number | null;
  number: number | null;
}
/** A picture of one number a pixel, row by row. */
export interface Raster {
  values: Float32Array;
  width: number;
  height: number;
}
/** A picture's ink, and whether it was dark on light paper. */
export interface Ink extends Raster {
  darkOnLight: boolean;
}
/** The steps from a drawing to an image: those that are taken. */
export interface Steps {
  scale: boolean;
  centre: boolean;
  pen: boolean;
}
/** One number of one layer's output; of a vector, `channel` is the feature and the others are 0. */
export interface Unit {
  layer: number;
  channel: number;
  row: number;
  column: number;
}
/** One of the numbers that a unit is the sum of: `share` is `value` times `factor`. */
export interface Term {
  unit: Unit;
  value: number;
  factor: number;
  share: number;
}
/** What is to be seen of a network: what it makes of the digit, and the unit that is opened last. */
export interface Sight {
  pass: Pass;
  digit: Digit;
  ink: Float32Array | null;
  units: Unit[];
  /** Number in message.weights. */
  epoch: number;
}
/** What stands under one tab; it is shown while that is chosen. */
export interface Part {
  element: HTMLElement;
  update(message: Message, palette: BytePalette): void;
  show(sight: Sight): void;
  close?(): void;
}
/** How much a digit is changed before it is read: a number for each transformation. */
export interface Amounts {
  right: number;
  down: number;
  rotate: number;
  scale: number;
  thicken: number;
  noise: number;
  invert: number;
}
