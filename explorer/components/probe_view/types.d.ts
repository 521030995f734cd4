// What the probe view's scripts hand one another.

import type { ProbeMessage, ProbeViewWords } from "../messages.d.ts";
import type { BytePalette, Unpacked } from "../types.d.ts";

export type Words = ProbeViewWords;
/** What the network says of a digit now, how sure it is, and what it said before. */
export interface Digit {
  label: number;
  answer: number | null;
  sure: number;
  before: (number | null)[];
}
export interface ProbeView {
  data: ProbeMessage;
  chosen: number;
  changes: boolean;
  palette: BytePalette;
  images: Unpacked;
  maps: Unpacked | null;
  kernels: Unpacked | null;
  change: Unpacked | null;
  update(data: ProbeMessage): void;
}
