// One chart drawn on its canvas: axes, marks, curves.

/** @import { Chart, Curve, Range, Spec, State } from "./types.d.ts" */

import { contextOf, dotsPerPixel } from "../elements.js";
import { DASHES, MARKS } from "../line_samples.js";
import { logTicks, nice, span, ticks, within, write, yRange } from "./axes.js";

export const PAD = { left: 52, right: 10, top: 8, bottom: 22 }; // px around the plot
export const HEIGHT = 210; // px, as in the CSS
export const count = new Intl.NumberFormat("en");

/** @param {HTMLCanvasElement} canvas
 *  @param {number} width
 *  @returns {CanvasRenderingContext2D} */
export function fit(canvas, width) {
  const ratio = dotsPerPixel(canvas),
    size = { width: Math.round(width * ratio), height: Math.round(HEIGHT * ratio) };
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
  const ctx = contextOf(canvas);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, HEIGHT);
  return ctx;
}

/** @param {CanvasRenderingContext2D} ctx
 *  @param {string} color
 *  @param {number} alpha
 *  @param {number} x0
 *  @param {number} y0
 *  @param {number} x1
 *  @param {number} y1 */
export function rule(ctx, color, alpha, x0, y0, x1, y1) {
  Object.assign(ctx, { strokeStyle: color, globalAlpha: alpha, lineWidth: 1 });
  ctx.beginPath();
  ctx.moveTo(Math.round(x0) + 0.5, Math.round(y0) + 0.5);
  ctx.lineTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** @param {State} state
 *  @param {Spec} spec
 *  @param {Chart} chart
 *  @param {boolean} log */
export function draw(state, spec, chart, log) {
  const ctx = fit(chart.base, chart.width),
    { x_marks, x_max } = state.data;
  const [a, b] = span(state),
    [lo, hi, step = nice((hi - lo) / 4)] = yRange(state, spec, chart, log);
  const right = chart.width - PAD.right,
    bottom = HEIGHT - PAD.bottom,
    at = log ? Math.log : Number;
  chart.x = (v) => PAD.left + ((v - a) / (b - a)) * (right - PAD.left);
  chart.y = (v) => bottom - ((at(v) - at(lo)) / (at(hi) - at(lo))) * (bottom - PAD.top);
  Object.assign(ctx, { font: chart.font, fillStyle: chart.muted, textAlign: "right", textBaseline: "middle" });
  for (const v of chart.empty.textContent ? [] : log ? logTicks(lo, hi) : ticks(lo, hi, step)) {
    const digits = Math.min(4, Math.max(0, Math.ceil(-Math.log10(log ? v : step) - 1e-6)));
    ctx.fillText(write(v, digits, spec.y_format), PAD.left - 6, chart.y(v));
    rule(ctx, chart.ink, 0.1, PAD.left, chart.y(v), right, chart.y(v));
  }
  rule(ctx, chart.ink, 0.4, PAD.left, bottom, right, bottom);
  const every = Math.ceil((x_marks.length * 8 * (b - a)) / x_max / chart.width); // at least 8 px apart
  x_marks.forEach((v, k) => {
    if (v > a && v <= b && (k + 1) % every === 0) rule(ctx, chart.ink, 0.1, chart.x(v), PAD.top, chart.x(v), bottom);
  });
  ctx.textBaseline = "top";
  for (const v of ticks(a, b, Math.max(state.data.x_whole ? 1 : 0, nice(((b - a) * 90) / chart.width)))) {
    const half = ctx.measureText(count.format(v)).width / 2;
    ctx.fillText(count.format(v), Math.min(chart.width, chart.x(v) + half), bottom + 7);
  }
  const plot = new Path2D();
  plot.rect(PAD.left, PAD.top - 2, right - PAD.left, bottom - PAD.top + 4);
  const bold = spec.curves.length > 2 ? 1.75 : 2.5; // px: many lines cover one another
  spec.curves.forEach((curve, k) => drawCurve(ctx, chart, curve, k, [a, b], log, plot, bold));
  drawMarks(state, ctx, chart, [a, b], bottom, spec.y_format === "percent" ? bottom - 16 : PAD.top); // where no curve ends up
}

/** Lines at the steps where something was changed, each with its word as long as words find room beside each other.
 *  @param {State} state
 *  @param {CanvasRenderingContext2D} ctx
 *  @param {Chart} chart
 *  @param {Range} range
 *  @param {number} bottom
 *  @param {number} top */
function drawMarks({ data }, ctx, chart, [a, b], bottom, top) {
  let free = 0; // px from the left: what is right of it is not written on yet
  Object.assign(ctx, { font: chart.font, fillStyle: chart.muted, textAlign: "left", textBaseline: "top" });
  ctx.setLineDash([3, 3]);
  for (const { x, label } of data.marks.filter((mark) => mark.x >= a && mark.x <= b)) {
    const at = chart.x(x),
      wide = ctx.measureText(label).width,
      left = Math.min(at + 4, chart.width - wide);
    rule(ctx, chart.ink, 0.7, at, PAD.top, at, bottom);
    if (left < free) continue;
    ctx.fillText(label, left, top);
    free = left + wide + 6;
  }
  ctx.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} ctx
 *  @param {Chart} chart
 *  @param {Curve} curve
 *  @param {number} k
 *  @param {Range} view
 *  @param {boolean} log
 *  @param {Path2D} plot
 *  @param {number} bold */
function drawCurve(ctx, chart, { x, y, style, dash, marker }, k, view, log, plot, bold) {
  const [from, to] = within(x, view),
    marks = new Path2D(),
    mark = new Path2D(MARKS[marker ?? (k % 2 ? "square" : "circle")]);
  const radius = Math.min(4.5, Math.max(2, chart.width / (to - from + 1) / 3));
  const last = marker ? y.findLastIndex((v) => v !== null) : -1; // a line that is known by its marker ends in it
  ctx.save();
  ctx.clip(plot);
  Object.assign(ctx, { strokeStyle: chart.colors[k], fillStyle: chart.colors[k], lineJoin: "round" });
  Object.assign(ctx, { lineWidth: { raw: 1, plan: 1, smooth: bold, points: 1.5 }[style] });
  ctx.globalAlpha = { raw: 0.5, plan: 0.8, smooth: 1, points: 1 }[style];
  ctx.setLineDash(DASHES[dash ?? 0]);
  ctx.beginPath();
  for (let n = from, pen = false; n <= to; n++) {
    const value = y[n]; // what is not finite, or has no logarithm, is a gap
    const shown = value !== null && !(log && value <= 0);
    if (shown) {
      const [px, py] = [chart.x(x[n]), chart.y(value)];
      if (!pen) ctx.moveTo(px - 1, py); // a point between two gaps shows too
      ctx.lineTo(px, py);
      if ((style === "points" || n === last) && x[n] >= view[0] && x[n] <= view[1]) {
        const size = n === last ? 4.5 : radius;
        marks.addPath(mark, new DOMMatrix([size, 0, 0, size, px, py]));
      }
    }
    pen = shown;
  }
  ctx.stroke();
  ctx.restore();
  ctx.fillStyle = chart.colors[k];
  ctx.fill(marks); // not clipped: a marker on the edge stays whole
}
