// What the live curves' scripts hand one another.

import type { ChartMessage, CurveMessage, CurvesMessage } from "../messages.d.ts";

export type Curve = Omit<CurveMessage, "x" | "y"> & { x: number[]; y: (number | null)[] };
export type Spec = Omit<ChartMessage, "curves"> & { curves: Curve[] };
export type Data = Omit<CurvesMessage, "charts"> & { charts: Spec[] };
export type Range = [number, number];
/** The lowest and the highest, and the distance between two ticks where these are at both ends. */
export type YRange = [number, number, number?];
/** The three parts of a curve's entry above its chart: sample, name, value. */
export interface Item {
  sample: HTMLElement;
  name: HTMLElement;
  value: HTMLElement;
}

/** One pair of axes on the page; `x` and `y` are pixels of a step and of a value. */
export interface Chart {
  title: HTMLElement;
  step: HTMLElement;
  log: HTMLLabelElement;
  logText: HTMLElement;
  items: Item[];
  base: HTMLCanvasElement;
  over: HTMLCanvasElement;
  empty: HTMLElement;
  caption: HTMLElement;
  note: HTMLElement;
  width: number;
  colors: string[];
  font: string;
  muted: string;
  ink: string;
  says: string;
  range: Range | null;
  rangeId: string;
  x(step: number): number;
  y(value: number): number;
}

/** What the learner has done stays while data come: zoom (`view`), cursor, log switches, a drag under way. */
export interface State {
  data: Data;
  charts: Chart[];
  shape: string;
  last: number;
  cursor: number | null;
  log: Record<number, boolean>;
  view: Range | null;
  drag: Range | null;
  hint: HTMLElement;
  reset: HTMLElement;
  spoken: HTMLElement;
  observer?: ResizeObserver;
}
