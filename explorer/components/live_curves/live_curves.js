// Live training curves. Python sends the whole (thinned) series at each update; zoom, cursor, log switch live here.

/** @import { CurvesMessage } from "../messages.d.ts" */
/** @import { Root } from "../types.d.ts" */
/** @import { Chart, Spec, State } from "./types.d.ts" */

import { component } from "../component.js";
import { add } from "../elements.js";
import { lineSample, mixed } from "../line_samples.js";
import { reached } from "./axes.js";
import { logarithmic, redraw } from "./cursor.js";
import { listen, zoom } from "./gestures.js";
import STYLE from "./live_curves.css" with { type: "css" };
import { unpackedChart } from "./series.js";

/** @param {Root} root */
function makeView(root) {
  const state = /** @type {State} */ (/** @type {Partial<State>} */ ({ cursor: null, log: {} }));
  const element = add(root, "div", { className: "live-curves" });

  /** @param {CurvesMessage} sent */
  function update(sent) {
    const data = { ...sent, charts: sent.charts.map(unpackedChart) };
    const shape = data.charts.map((spec) => spec.curves.length).join();
    if (state.shape !== shape) build(state, element, data.charts);
    const last = Math.max(0, ...data.charts.map(reached));
    if (data.x_max !== state.data?.x_max) state.view = state.cursor = null; // another axis
    if (data.x_max !== state.data?.x_max || last < state.last) state.charts.forEach((chart) => (chart.range = null));
    Object.assign(state, { data, last, shape });
    dress(state);
    redraw(state);
  }
  return { update };
}

/** @param {State} state
 *  @param {HTMLElement} root
 *  @param {Spec[]} specs */
function build(state, root, specs) {
  state.observer?.disconnect();
  root.replaceChildren();
  const grid = add(root, "div", { className: "charts" });
  state.charts = specs.map((spec, i) => buildChart(state, add(grid, "section"), spec, i));
  const foot = add(root, "footer");
  state.hint = add(foot, "small");
  state.reset = add(foot, "button", { type: "button", onclick: () => zoom(state, 0, Infinity) });
  state.spoken = add(root, "div", { className: "spoken", ariaLive: "polite" });
  state.observer = new ResizeObserver(() => {
    for (const chart of state.charts) chart.width = chart.base.clientWidth;
    redraw(state);
  });
  state.observer.observe(grid);
}

/** @param {State} state
 *  @param {HTMLElement} box
 *  @param {Spec} spec
 *  @param {number} i
 *  @returns {Chart} */
function buildChart(state, box, spec, i) {
  const head = add(box, "header");
  const [title, step, log] = [add(head, "h3"), add(head, "span"), add(head, "label")];
  const tick = add(log, "input", { type: "checkbox", checked: logarithmic(state, i, spec) });
  tick.onchange = () => {
    state.log[i] = tick.checked;
    redraw(state);
  };
  const logText = add(log, "span");
  const readout = add(box, "div", { className: "readout", ariaLive: "off" }); // keys announce by state.spoken
  const items = spec.curves.map(() => {
    const item = add(readout, "span");
    return { sample: add(item, "i"), name: add(item, "span"), value: add(item, "b") };
  });
  const plot = add(box, "div", { className: "plot" });
  const base = add(plot, "canvas", { tabIndex: 0 });
  base.role = "img";
  const over = add(plot, "canvas", { className: "over", ariaHidden: "true" });
  const [empty, caption] = [add(plot, "p"), add(box, "small")];
  const note = add(box, "small", { className: "note" });
  const parts = { title, step, log, logText, items, base, over, empty, caption, note, width: 0 };
  const chart = /** @type {Chart} */ (/** @type {Partial<Chart>} */ (parts));
  listen(state, chart, i);
  return chart;
}

/** Words and colours, which change with the page's language and theme.
 *  @param {State} state */
function dress({ data, charts, ...state }) {
  const { words } = data;
  state.hint.textContent = matchMedia("(pointer: coarse)").matches ? words.zoom_hint_touch : words.zoom_hint;
  state.reset.textContent = words.reset_zoom;
  charts.forEach((chart, i) => {
    const { title, curves, empty, log_switch, note } = data.charts[i];
    chart.title.textContent = title;
    chart.log.hidden = !log_switch;
    chart.logText.textContent = words.log_scale;
    chart.caption.textContent = data.x_marks.length ? `${data.x_label} · ${words.x_marks}` : data.x_label;
    chart.empty.textContent = curves.some((c) => c.y.some((y) => y !== null)) ? "" : empty || words.empty;
    chart.note.textContent = note;
    chart.base.ariaDescription = words.keys_hint;
    chart.colors = curves.map((curve, k) => {
      const { sample: swatch } = chart.items[k];
      const { style, color, dash, marker } = curve;
      swatch.className = marker ? "sample" : `${style} ${color} dash${dash} ${k % 2 ? "square" : "round"}`;
      swatch.style.color = marker ? mixed(color) : "";
      swatch.replaceChildren(...(marker ? [lineSample({ dash, marker })] : []));
      return getComputedStyle(swatch).color;
    });
    const { fontFamily, color } = getComputedStyle(chart.caption);
    Object.assign(chart, { font: `12px ${fontFamily}`, muted: color, ink: getComputedStyle(chart.title).color });
  });
}

export default component(STYLE, makeView);
