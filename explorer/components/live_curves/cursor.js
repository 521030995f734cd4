// The cursor and what is read at it, in all charts at once.

/** @import { Curve, Spec, State } from "./types.d.ts" */

import { before, reached, span, write } from "./axes.js";
import { count, draw, fit, HEIGHT, PAD, rule } from "./plot.js";

/** As the learner's own switch says, and as the page does until it is touched.
 *  @type {(state: State, i: number, spec?: Spec) => boolean} */
export const logarithmic = (state, i, spec = state.data.charts[i]) => state.log[i] ?? spec.log;

/** @param {State} state */
export function redraw(state) {
  state.reset.ariaDisabled = String(!state.view);
  state.reset.title = state.view ? "" : state.data.words.reset_zoom_disabled;
  state.charts.forEach((chart, i) => chart.width && draw(state, state.data.charts[i], chart, logarithmic(state, i)));
  point(state, state.cursor);
}

/** A test may have been made before the step that is read: then its name says when.
 *  @type {(curve: Curve, at: number, step: number, x_label: string) => string} */
const dated = ({ label, style, marker }, at, step, x_label) =>
  style === "points" && !marker && at < step ? `${label} · ${x_label} ${count.format(at)}` : label;

/** The cursor and the values at its step, in every chart; without a cursor the latest values.
 *  @param {State} state
 *  @param {number | null} cursor */
export function point(state, cursor) {
  const [a, b] = span(state),
    { x_label, charts } = state.data;
  state.cursor = cursor;
  state.charts.forEach((chart, i) => {
    const { curves, y_format } = charts[i],
      step = cursor ?? reached(charts[i]);
    const read = curves.map((c) => before(c.x, step)),
      texts = curves.map((c, k) => write(c.y[read[k]], 4, y_format));
    chart.step.textContent = `${x_label} ${count.format(step)}`;
    const names = curves.map((c, k) => dated(c, c.x[read[k]], step, x_label));
    chart.items.forEach(({ name, value }, k) => {
      name.textContent = names[k];
      value.textContent = texts[k];
    });
    chart.says = `${chart.step.textContent}: ${names.map((name, k) => `${name} ${texts[k]}`).join(", ")}`;
    if (cursor === null) chart.base.ariaLabel = `${chart.title.textContent}. ${chart.empty.textContent || chart.says}`;
    if (!chart.width) return;
    const ctx = fit(chart.over, chart.width),
      bottom = HEIGHT - PAD.bottom;
    if (state.drag) {
      const [left, right] = state.drag.map(chart.x);
      Object.assign(ctx, { fillStyle: chart.ink, globalAlpha: 0.12 });
      ctx.fillRect(left, PAD.top, right - left, bottom - PAD.top);
    }
    if (cursor === null || cursor < a || cursor > b) return;
    rule(ctx, chart.ink, 0.5, chart.x(cursor), PAD.top, chart.x(cursor), bottom);
    curves.forEach(({ x, y, style }, k) => {
      const v = y[read[k]];
      if (v == null || (logarithmic(state, i) && v <= 0) || x[read[k]] < a) return;
      Object.assign(ctx, { fillStyle: chart.colors[k], strokeStyle: chart.colors[k], lineWidth: 1.5 });
      ctx.beginPath();
      ctx.arc(chart.x(x[read[k]]), chart.y(v), { raw: 2.5, plan: 2.5, smooth: 4, points: 7 }[style], 0, 7);
      style === "points" ? ctx.stroke() : ctx.fill();
    });
  });
}
