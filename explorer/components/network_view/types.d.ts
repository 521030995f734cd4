// What the network view's scripts hand one another.

import type { BlockMessage, NetworkMessage, NetworkViewWords, RowMessage } from "../messages.d.ts";
import type { Echoes } from "../types.d.ts";

export type Words = NetworkViewWords;
/** What each unit row, or column, sees: the first and the last of the image's, an entry a unit. */
export type Ranges = [number[], number[]];
export type Block = Omit<BlockMessage, "rows" | "columns"> & { rows: Ranges | null; columns: Ranges | null };
export type Data = Omit<NetworkMessage, "blocks"> & { blocks: Block[] };
export type Row = RowMessage;

/** A part of the image. */
export interface Seen {
  top: number;
  bottom: number;
  left: number;
  right: number;
}
/** A box: its units, and pixels. */
export interface Size {
  rows: number;
  columns: number;
  width: number;
  height: number;
  depth: number;
  box: number;
}
/** A unit; `name` is that of the layer asked about. */
export interface Place {
  block: number;
  row: number;
  column: number;
  name?: string;
}

export interface BlockHandlers {
  over(row: number, column: number): void;
  out(): void;
  press(row: number, column: number): void;
  key(event: KeyboardEvent): void;
  focus(): void;
  blur(): void;
}
export interface BlockView {
  element: HTMLElement;
  face: HTMLElement;
  sign: HTMLElement;
  ink: SVGElement;
  fitted: string;
  size: Size;
  left: number;
  top: number;
  write(block: Block, words: Words, signs: Sign[]): void;
  fit(size: Size, above: number, below: number): void;
  mark(place: [number, number] | null): void;
  frame(seen: Seen | null): void;
}
export type Sign = "blamed" | "remark";

export interface PictureHandlers {
  over(block: number, row: number, column: number): void;
  out(block: number): void;
  press(block: number, row: number, column: number): void;
  key(block: number, event: KeyboardEvent): void;
  focus(block: number): void;
  blur(block: number): void;
  stop(row: number): void;
}
export interface Picture {
  element: HTMLElement;
  views: BlockView[];
  blocks: Block[];
  words: Words;
  drawn: string;
  all: Size[];
  scrolls: boolean;
  update(data: Data): void;
  layout(width: number): void;
  mark(place: Place | null, seen: Seen | null): void;
  light(block: number): void;
  choose(block: number): void;
  reveal(block: number): void;
}
export interface Stop {
  element: HTMLElement;
  row: number;
  update(rows: Row[], column: number, words: Words): void;
}

export interface LedgerHandlers {
  over(row: number): void;
  out(): void;
  press(row: number): void;
  repair(row: number): void;
}
export interface Entry {
  body: HTMLElement;
  button: HTMLButtonElement;
  update(row: Row, blamed: boolean, words: Words): void;
}
export interface Ledger {
  element: HTMLElement;
  entries: Entry[];
  update(data: Data): void;
  light(row: number): void;
  choose(row: number): void;
}

export interface NetworkView {
  element: HTMLElement;
  data: Data;
  width: number;
  broken: string;
  chosen: [number, number, number];
  told: Echoes;
  reveal: boolean;
  hover: Place | null;
  row: number | null;
  focused: number | null;
  units: Map<number, [number, number]>;
  update(sent: NetworkMessage): void;
}
