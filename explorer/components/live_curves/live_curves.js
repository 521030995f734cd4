// Live training curves. Python sends the whole (thinned) series at each update; zoom, cursor, log switch live here.

import { component, styleSheet } from "../component.js";
import { add } from "../elements.js";
import { lineSample, mixed } from "../line_samples.js";
import { reached } from "./axes.js";
import { logarithmic, redraw } from "./cursor.js";
import { listen, zoom } from "./gestures.js";
import { unpackedChart } from "./series.js";

const STYLE = await styleSheet("live_curves.css", import.meta.url);

function makeView(root) {
  const state = { cursor: null, log: {} };
  const element = add(root, "div", { className: "live-curves" });

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

function build(state, root, specs) {
  state.observer?.disconnect();
  root.replaceChildren();
  const grid = add(root, "div", { className: "charts" });
  state.charts = specs.map((spec, i) => {
    const box = add(grid, "section"),
      head = add(box, "header");
    const chart = { title: add(head, "h3"), step: add(head, "span"), log: add(head, "label"), width: 0 };
    const tick = add(chart.log, "input", { type: "checkbox", checked: logarithmic(state, i, spec) });
    tick.onchange = () => ((state.log[i] = tick.checked), redraw(state));
    add(chart.log, "span");
    const readout = add(box, "div", { className: "readout", ariaLive: "off" }); // keys announce by state.spoken
    chart.items = spec.curves.map(() =>
      ["i", "span", "b"].reduce((item, tag) => (add(item, tag), item), add(readout, "span")),
    );
    const plot = add(box, "div", { className: "plot" });
    chart.base = add(plot, "canvas", { role: "img", tabIndex: 0 });
    chart.over = add(plot, "canvas", { className: "over", ariaHidden: "true" });
    chart.empty = add(plot, "p");
    chart.caption = add(box, "small");
    chart.note = add(box, "small", { className: "note" });
    listen(state, chart, i);
    return chart;
  });
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

// Words and colours, which change with the page's language and theme.
function dress({ data, charts, ...state }) {
  const { words } = data;
  state.hint.textContent = matchMedia("(pointer: coarse)").matches ? words.zoom_hint_touch : words.zoom_hint;
  state.reset.textContent = words.reset_zoom;
  charts.forEach((chart, i) => {
    const { title, curves, empty, log_switch, note } = data.charts[i];
    chart.title.textContent = title;
    chart.log.hidden = !log_switch;
    chart.log.lastChild.textContent = words.log_scale;
    chart.caption.textContent = data.x_marks.length ? `${data.x_label} · ${words.x_marks}` : data.x_label;
    chart.empty.textContent = curves.some((c) => c.y.some((y) => y !== null)) ? "" : empty || words.empty;
    chart.note.textContent = note;
    chart.base.ariaDescription = words.keys_hint;
    chart.colors = curves.map((curve, k) => {
      const swatch = chart.items[k].firstChild,
        { style, color, dash } = curve;
      swatch.className = curve.marker ? "sample" : `${style} ${color} dash${dash} ${k % 2 ? "square" : "round"}`;
      swatch.style.color = curve.marker ? mixed(color) : "";
      swatch.replaceChildren(...(curve.marker ? [lineSample(curve)] : []));
      return getComputedStyle(swatch).color;
    });
    const { fontFamily, color } = getComputedStyle(chart.caption);
    Object.assign(chart, { font: `12px ${fontFamily}`, muted: color, ink: getComputedStyle(chart.title).color });
  });
}

export default component(STYLE, makeView);
