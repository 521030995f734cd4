// Curves as they come from series.py: lists, or distances between steps, and 32 bits of each value.

/** @import { ChartMessage, PackedSteps, PackedValues } from "../messages.d.ts" */
/** @import { Curve, Spec } from "./types.d.ts" */

import { bytesOf } from "../base64.js";

/** Steps, ascending.
 *  @param {number[] | PackedSteps} sent
 *  @returns {number[]} */
function unpackedSteps(sent) {
  if (Array.isArray(sent)) return sent;
  let step = 0;
  return sent.hops.map((hop) => (step += hop));
}

/** Values, null for a gap.
 *  @param {(number | null)[] | PackedValues} sent
 *  @returns {(number | null)[]} */
function unpackedValues(sent) {
  if (Array.isArray(sent)) return sent;
  const values = new Float32Array(bytesOf(sent.float32).buffer);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

/** A chart whose curves have steps and values; a curve whose steps are the last one's was sent without.
 *  @param {ChartMessage} chart
 *  @returns {Spec} */
export function unpackedChart(chart) {
  /** @type {Curve[]} */
  const curves = [];
  for (const { x, y, ...curve } of chart.curves)
    curves.push({ ...curve, x: x ? unpackedSteps(x) : curves[curves.length - 1].x, y: unpackedValues(y) });
  return { ...chart, curves };
}
