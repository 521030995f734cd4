// What the probe view's scripts hand one another.

import type { ProbeMessage, ProbeViewWords } from "../messages.d.ts";
import type { RGB } from "../types.d.ts";

export type Words = ProbeViewWords;
/** Pictures of one size, a byte a pixel. */
export interface Unpacked {
  count: number;
  height: number;
  width: number;
  numbers: Uint8Array;
}
export interface Palette {
  theme: string;
  image: RGB[];
  signed: RGB[];
}
/** What the network says of a digit now, how sure it is, and what it said before. */
export interface Digit {
  label: number;
  answer: number | null;
  sure: number;
  before: (number | null)[];
}
export interface Sheet {
  element: HTMLElement;
  head: HTMLElement;
  show(packed: Unpacked | null, from: number, count: number, colors: RGB[], words: SheetWords): void;
}
export interface SheetWords {
  title: string;
  says: string;
  note: string;
}
export interface ProbeView {
  data: ProbeMessage;
  chosen: number;
  changes: boolean;
  palette: Palette;
  images: Unpacked;
  maps: Unpacked | null;
  kernels: Unpacked | null;
  change: Unpacked | null;
  update(data: ProbeMessage): void;
}
