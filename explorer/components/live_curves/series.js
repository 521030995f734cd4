// Curves as they come from series.py: lists, or distances between steps, and 32 bits of each value.

import { bytesOf } from "../base64.js";

/** Steps, ascending. */
function unpackedSteps(sent) {
  if (!sent || Array.isArray(sent)) return sent;
  let step = 0;
  return sent.hops.map((hop) => (step += hop));
}

/** Values, null for a gap. */
function unpackedValues(sent) {
  if (Array.isArray(sent)) return sent;
  const values = new Float32Array(bytesOf(sent.float32).buffer);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

/** A chart whose curves have steps and values; a curve whose steps are the last one's was sent without. */
export function unpackedChart(chart) {
  const curves = [];
  for (const { x, y, ...curve } of chart.curves)
    curves.push({ ...curve, x: unpackedSteps(x) ?? curves.at(-1).x, y: unpackedValues(y) });
  return { ...chart, curves };
}
