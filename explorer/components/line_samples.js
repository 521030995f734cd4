// Markers and dashes: what tells lines apart beside their colour, in a plot and as a line's sample in a legend.

/** @import { LookMessage } from "./messages.d.ts" */

export const DASHES = [[], [7, 3], [2, 2], [9, 3, 2, 3], [14, 4], [5, 5], [2, 5], [12, 3, 2, 3, 2, 3]]; // px
export const MARKS = {
  // of radius 1, as SVG and Path2D both read them
  circle: "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z",
  square: "M-.8-.8H.8V.8H-.8z",
  diamond: "M0-1.25L1.1 0 0 1.25-1.1 0z",
  up: "M0-1.2L1.15.85H-1.15z",
  down: "M0 1.2L1.15-.85H-1.15z",
  left: "M-1.2 0L.85-1.15V1.15z",
  right: "M1.2 0L-.85-1.15V1.15z",
  plus: "M-.35-1.1H.35V-.35H1.1V.35H.35V1.1H-.35V.35H-1.1V-.35H-.35z",
};
/** @type {(color: string) => string} */
export const mixed = (color) => `color-mix(in srgb, ${color} 82%, var(--st-text-color))`; // darker on light, lighter on dark

/** 30 × 12 px in the current colour.
 *  @param {Pick<LookMessage, "dash" | "marker">} look */
export function lineSample({ dash, marker }) {
  /** @type {(parent: Node, tag: keyof SVGElementTagNameMap, attributes: Record<string, string | number>) => SVGElement} */
  const make = (parent, tag, attributes) => {
    const part = parent.appendChild(document.createElementNS("http://www.w3.org/2000/svg", tag));
    for (const name in attributes) part.setAttribute(name, String(attributes[name]));
    return part;
  };
  const svg = make(document.createDocumentFragment(), "svg", {
    viewBox: "0 0 30 12",
    width: 30,
    height: 12,
    "aria-hidden": "true",
  });
  make(svg, "path", {
    d: "M0 6H30",
    stroke: "currentColor",
    "stroke-width": 2,
    "stroke-dasharray": DASHES[dash].join(" "),
  });
  make(svg, "path", { d: MARKS[marker], fill: "currentColor", transform: "translate(15 6) scale(4.5)" });
  return svg;
}
