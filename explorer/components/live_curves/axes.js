// What the axes show: ranges, ticks and how a value is written. Numbers in, numbers out.

/** @import { Chart, Range, Spec, State, YRange } from "./types.d.ts"
 *  @type {(state: State) => Range} */
export const span = (state) => state.view ?? [0, state.data.x_max];
/** The last step measured in a chart; what is planned lies ahead of it.
 *  @type {(chart: Spec) => number} */
export const reached = ({ curves }) => Math.max(0, ...curves.map((c) => (c.style === "plan" ? 0 : (c.x.at(-1) ?? 0))));
/** @type {(x: number[], v: number) => number} */
export const before = (x, v) => x.findLastIndex((step) => step <= v);
/** @type {(steps: number[], v: number) => number} */
export const closest = (steps, v) =>
  steps.reduce((p, q) => (Math.abs(q - v) < Math.abs(p - v) ? q : p), steps[0] ?? Math.round(v));

/** @param {number} step
 *  @returns {number} */
export function nice(step) {
  const power = 10 ** Math.floor(Math.log10(step) + 1e-9);
  return power * ([1, 2, 5].find((m) => m * power >= step * 0.9999) ?? 10);
}

/** @param {number} lo
 *  @param {number} hi
 *  @param {number} step
 *  @returns {number[]} */
export function ticks(lo, hi, step) {
  const first = Math.ceil(lo / step - 1e-6);
  return Array.from({ length: Math.floor(hi / step + 1e-6) - first + 1 }, (_, k) => (first + k) * step);
}

/** @param {number} lo
 *  @param {number} hi
 *  @returns {number[]} */
export function logTicks(lo, hi) {
  const decades = ticks(Math.floor(Math.log10(lo) + 1e-6), Math.log10(hi), 1).map((p) => 10 ** p);
  const all = hi > 200 * lo ? decades : decades.flatMap((v) => [v, 2 * v, 5 * v]);
  return all.filter((v, k) => v > lo * 0.999 && v < hi * 1.001 && k % Math.ceil(all.length / 9) === 0);
}

/** Indices of the first and last point to draw at this zoom: one beyond each edge, so that lines leave the picture.
 *  @param {number[]} x
 *  @param {Range} range
 *  @returns {Range} */
export function within(x, [a, b]) {
  return [Math.max(0, before(x, a)), Math.min(x.length - 1, before(x, b) + 1)];
}

/** While zoom and scale stay the same, the range only ever grows: the axis does not jump as points arrive.
 *  @param {State} state
 *  @param {Spec} spec
 *  @param {Chart} chart
 *  @param {boolean} log
 *  @returns {YRange} */
export function yRange(state, { curves, y_range, y_format }, chart, log) {
  if (y_range && !log) return y_range;
  const id = [log, ...span(state)].join();
  let [lo, hi] = (chart.rangeId === id && chart.range) || [Infinity, -Infinity];
  for (const { x, y } of curves)
    for (let [k, end] = within(x, span(state)); k <= end; k++) {
      const value = y[k];
      if (value === null || (log && value <= 0)) continue;
      lo = Math.min(lo, value);
      hi = Math.max(hi, value);
    }
  if (lo > hi) return [log ? 0.1 : 0, 1];
  Object.assign(chart, { rangeId: id, range: [lo, hi] });
  if (log) return [1 / nice(1.001 / lo), nice(hi * 1.001)];
  if (!state.view) y_format === "percent" ? (hi = Math.max(1, hi)) : (lo = Math.min(0, lo));
  const step = nice(Math.max(hi - lo, Math.abs(hi) / 1000, 1e-9) / 4),
    floor = Math.floor(lo / step + 1e-6) * step;
  return [floor, Math.max(floor + step, Math.ceil(hi / step - 1e-6) * step), step]; // a tick at both ends
}

/** @param {number | null | undefined} v
 *  @param {number} digits
 *  @param {Spec["y_format"]} format
 *  @returns {string} */
export function write(v, digits, format) {
  if (v == null) return "–";
  if (format === "percent") return `${(v * 100).toFixed(Math.max(0, digits - 2))}%`;
  const plain = v === 0 || (Math.abs(v) < 1e4 && Math.abs(v) >= 10 ** -digits);
  return plain
    ? v.toFixed(digits)
    : v
        .toExponential(2)
        .replace("e+", "e")
        .replace(/\.?0+e/, "e");
}
