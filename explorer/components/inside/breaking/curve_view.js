// The curve of accuracy against an amount, drawn: eleven points, and where the slider is on it.

/** @import { Words } from "../types.d.ts" */
/** @import { Curve } from "./curve.js" */

import { draw, make, set, write } from "../../elements.js";
import { fill } from "../../template.js";
import { scales, shareAt } from "./curve.js";

const [WIDTH, HEIGHT] = [460, 220];
const PLOT = { left: 44, right: WIDTH - 12, top: 10, bottom: HEIGHT - 24 };
const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** @type {(share: number) => string} */
const percent = (share) => `${Number((share * 100).toFixed(2))}%`;
/** @type {(amount: number) => string} */
const written = (amount) => String(Number(amount.toFixed(2))).replace("-", "−");

export function makeCurveView() {
  const element = make("figure", { class: "curve" });
  const picture = element.appendChild(draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }));
  const said = element.appendChild(make("figcaption"));
  const [grid, line, points, here] = ["grid", "line", "points", "here"].map((name) =>
    picture.appendChild(draw("g", { class: name })),
  );

  return {
    element,
    /** The curve, and the amount that the slider is at; `change` is what the amount is of.
     *  @param {Curve} curve
     *  @param {number} amount
     *  @param {string} change
     *  @param {Words} words */
    show(curve, amount, change, words) {
      const { x, y } = scales(curve, PLOT);
      grid.replaceChildren(
        ...SHARES.flatMap((share) => [
          draw("line", { x1: PLOT.left, x2: PLOT.right, y1: y(share), y2: y(share) }),
          label(PLOT.left - 6, y(share) + 4, "end", percent(share)),
        ]),
        ...curve.map(([one]) => label(x(one), HEIGHT - 6, "middle", written(one))),
      );
      line.replaceChildren(
        draw("polyline", { points: curve.map(([one, share]) => `${x(one)},${y(share)}`).join(" "), fill: "none" }),
      );
      points.replaceChildren(
        ...curve.map(([one, share]) => {
          const point = draw("circle", { cx: x(one), cy: y(share), r: 3.5 });
          point.appendChild(draw("title")).textContent = `${written(one)}: ${percent(share)}`;
          return point;
        }),
      );
      const share = shareAt(curve, amount);
      here.replaceChildren(
        draw("line", { x1: x(amount), x2: x(amount), y1: PLOT.top, y2: PLOT.bottom }),
        draw("circle", { cx: x(amount), cy: y(share), r: 5.5 }),
      );
      set(picture, { "aria-label": fill(words.curve, { change }) });
      const exact = curve.some(([one]) => Math.abs(one - amount) < 1e-6); // in between it is a straight line's
      write(said, fill(words.curve_at, { amount: written(amount), share: `${exact ? "" : "≈ "}${percent(share)}` }));
    },
  };
}

/** @param {number} x
 *  @param {number} y
 *  @param {"end" | "middle"} anchor
 *  @param {string} text */
function label(x, y, anchor, text) {
  const element = draw("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}
