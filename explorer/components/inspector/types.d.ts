// What the inspector's scripts hand one another.

import type { GridMessage, InspectorMessage, InspectorWords, OperationMessage, SceneMessage } from "../messages.d.ts";
import type { Echoes } from "../types.d.ts";

export type Words = InspectorWords;
/** Rows of numbers. */
export type Values = number[][];
export type Grid = Omit<GridMessage, "values" | "before" | "asked"> & {
  values: Values;
  before?: Values | null;
  asked?: GridMessage["asked"];
};
/** `partials`: the grids of a stack's partial maps, which the browser adds. */
export type Operation = OperationMessage & { partials?: number[] };
export type Scene = Omit<SceneMessage, "grids" | "operations" | "maps"> & {
  grids: Grid[];
  operations: Operation[];
  maps: Values[];
};
export type Data = Omit<InspectorMessage, "scene"> & { scene: Scene };
export type Axis = OperationMessage["rows"];
/** Where the input's first cell lies among padded positions, and what each of these shows. */
export type PlainAxis = Pick<Axis, "before" | "source">;

/** A place that a window reads: kernel (ki, kj), padded position (y, x), input (row, column), −1 for a zero. */
export interface Tap {
  ki: number;
  kj: number;
  y: number;
  x: number;
  row: number;
  column: number;
}
export type Product = Tap & { value: number; weight: number };
/** The products of one input channel, which has a `number` from 1. */
export interface ChannelProducts {
  number: number;
  products: Product[];
}

export interface Scale {
  largest: number;
  signed: boolean;
}
export interface Color {
  fill: string;
  text: string;
}
export interface Palette {
  theme: string;
  family: string;
  positive: Color[];
  negative: Color[];
  image: Color[];
  window: string;
  line: string;
  padding: string;
  pale: string;
  text: string;
}

/** Rows and columns of a grid that are seen. */
export interface Part {
  y: number;
  x: number;
  rows: number;
  columns: number;
}
/** A padded position of a grid. */
export interface Cell {
  grid: number;
  y: number;
  x: number;
}
export interface Mark {
  y: number;
  x: number;
  value?: number;
  scale?: Scale;
  corner?: string;
  strong?: boolean;
}
/** A line under the picture. */
export type Line = (string | { bold: string } | { folded: string; open: string })[];
/** Pixels: of large grids, of small ones. */
export interface Size {
  side: number;
  small: number;
}

export interface GridHandlers {
  over(y: number, x: number): void;
  out(): void;
  press(row: number, column: number): void;
  move(row: number, column: number): void;
  key(event: KeyboardEvent, row: number, column: number): void;
}
export interface GridOptions {
  zeros: boolean;
  padded: boolean;
  unused: { rows: number[]; columns: number[] };
  weighted: boolean;
  note: string;
}
export interface GridView {
  canvas: HTMLCanvasElement;
  overlay: HTMLCanvasElement;
  block: HTMLElement;
  picture: HTMLElement;
  table: HTMLElement;
  note: HTMLElement;
  cells: HTMLElement[][];
  built: string;
  named: boolean;
  focusable: [number, number];
  part: Part;
  grid: Grid;
  values: Values;
  height: number;
  width: number;
  scale: Scale;
  top: number;
  left: number;
  rows: number;
  columns: number;
  rowSource: number[];
  columnSource: number[];
  unusedRows: Set<number>;
  unusedColumns: Set<number>;
  zeros: boolean;
  padded: boolean;
  words: Words;
  longest: number;
  legible: boolean;
  numbers: boolean;
  cell: number;
  font: number;
  family: string;
  inside(y: number, x: number): boolean;
  valueAt(y: number, x: number): number;
  unused(y: number, x: number): boolean;
  asked(y: number, x: number): boolean;
  fill(grid: Grid, axes: [Axis, Axis] | null, words: Words, options: GridOptions): void;
  cellFor(side: number): number;
  explain(colored: boolean): void;
  fit(side: number, palette: Palette, zoom: boolean, cell?: number): void;
  follow(marks: Mark[], palette: Palette): void;
  nameCells(entered?: boolean): void;
  forgetCells(): void;
  focus(row: number, column: number): void;
}

export interface Stage {
  elements: HTMLElement[];
  views: GridView[];
  labels: HTMLElement[];
  arranged: string;
  naming: number;
  zoom: boolean;
  scene: Scene;
  palette: Palette;
  update(scene: Scene, words: Words): void;
  layout(size: Size, palette: Palette): void;
  mark(marks: Map<number, Mark[]>, ghost: Map<number, { y: number; x: number }[]>, held?: number): void;
  rest(): void;
  illegible(): boolean;
  total(operation: Operation, row: number, column: number, words: Words): void;
}

export interface Player {
  element: HTMLElement;
  place: number;
  count: number;
  columns: number;
  timer: number;
  playing: boolean;
  width: number;
  words: Words;
  palette?: Palette;
  describe(place: number): string;
  stop(): void;
  go(place: number): void;
  stand(place: number): void;
  update(rows: number, columns: number, words: Words, describe: (place: number) => string): void;
  draw(palette: Palette): void;
}

export interface Strip {
  elements: HTMLElement[];
  words: Words;
  hint: string;
  content: Line[];
  unfolded: boolean;
  scrolled: boolean;
  folds: string;
  show(content: Line[]): void;
  hush(on: boolean): void;
  say(sentence?: string): void;
  update(words: Words, resting: string): void;
}

export interface Maps {
  element: HTMLElement;
  update(values: Values[], chosen: number, signed: boolean, words: Words, palette: Palette): void;
}
export interface Zoom {
  element: HTMLButtonElement;
  on: boolean;
  update(useful: boolean, words: Words): void;
}

export interface Inspector {
  data: Data;
  pinned: Cell | null;
  hover: Cell | null;
  operation: Operation;
  timer: number;
  told: Echoes;
  question: string;
  size: Size | null;
  palette?: Palette;
  update(sent: InspectorMessage): void;
  /** Out of sight until the next update. */
  rest(): void;
  close(): void;
}
