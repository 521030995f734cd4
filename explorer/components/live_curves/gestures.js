// Pointer, fingers and keys: they move the cursor and the zoom, which all charts share.

/** @import { Chart, State } from "./types.d.ts" */

import { closest, span } from "./axes.js";
import { point, redraw } from "./cursor.js";
import { PAD } from "./plot.js";

/** @param {State} state
 *  @param {number} a
 *  @param {number} b */
export function zoom(state, a, b) {
  const { x_max, x_whole } = state.data,
    wide = Math.max(b - a, x_whole ? 4 : x_max / 200),
    from = Math.max(0, Math.min(a, x_max - wide));
  state.view = wide < x_max ? [from, from + wide] : null;
  redraw(state);
}

/** @param {State} state
 *  @param {Chart} chart
 *  @param {number} i */
export function listen(state, chart, i) {
  const canvas = chart.base,
    steps = () => state.data.charts[i].curves.flatMap((c) => c.x);
  /** @type {(event: MouseEvent) => number} */
  const under = (event) => {
    const [a, b] = span(state),
      share = (event.offsetX - PAD.left) / (chart.width - PAD.left - PAD.right);
    return a + Math.min(1, Math.max(0, share)) * (b - a);
  };
  /** @type {(event: MouseEvent) => void} */
  const move = (event) => point(state, closest(steps(), under(event))); // the other chart reads its last value before
  const leave = () => ((state.drag = null), point(state, null));
  canvas.onpointerdown = (event) => {
    if (event.button) return;
    canvas.setPointerCapture(event.pointerId);
    state.drag = [under(event), under(event)];
    move(event);
  };
  canvas.onpointermove = (event) => {
    if (state.drag) state.drag[1] = under(event);
    move(event);
  };
  canvas.onpointerup = () => {
    const [a, b] = (state.drag ?? [0, 0]).sort((p, q) => p - q);
    state.drag = null;
    chart.x(b) - chart.x(a) < 6 ? point(state, state.cursor) : zoom(state, a, b); // a short drag is a click
  };
  canvas.onpointercancel = canvas.onblur = leave;
  canvas.onpointerleave = (event) => event.pointerType === "mouse" && !state.drag && leave(); // after a tap it stays
  canvas.ondblclick = () => zoom(state, 0, Infinity);
  canvas.onkeydown = (event) => {
    const [a, b] = span(state),
      now = Math.min(b, Math.max(a, state.cursor ?? state.last)),
      hop = (b - a) / 100;
    /** @type {(way: 1 | -1) => void} */
    const go = (way) => {
      const ahead = steps().filter((v) => (v - now) * way > 0 && v >= a && v <= b);
      point(state, ahead.length ? closest(ahead, now + way * hop) : now);
    };
    /** @type {(f: number) => void} */
    const scale = (f) => zoom(state, now - (now - a) * f, now + (b - now) * f);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => go(-1),
      ArrowRight: () => go(1),
      Escape: leave,
      0: () => zoom(state, 0, Infinity),
      "+": () => scale(0.5),
      "=": () => scale(0.5),
      "-": () => scale(2),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has single-key shortcuts of its own
    keys[event.key]();
    state.spoken.textContent = chart.says;
  };
}
