// A grid's picture on two canvases: its cells, painted when the numbers change, and the marks over them, painted at
// every move of the pointer. `view` says where cells lie and what they hold; see makeGrid.

/** @import { GridView, Mark, Palette } from "./types.d.ts" */

import { contextOf, dotsPerPixel } from "../elements.js";
import { UNKNOWN } from "./asked.js";
import { colorOf } from "./colors.js";
import { shown } from "./numbers.js";
import { outline } from "./outline.js";

const LINES_FROM = 14; // pixels a cell: smaller ones are a picture, which lines would drown
const FRAMES_FROM = 10; // … and of cells smaller than this, frames leave nothing to see: one line goes around all
const HATCH = 5; // pixels between the lines over a cell that nothing reads

/** @param {HTMLCanvasElement} canvas
 *  @param {GridView} view */
function prepare(canvas, { part, cell }) {
  const scale = dotsPerPixel(canvas);
  const [width, height] = [part.columns * cell, part.rows * cell];
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const context = contextOf(canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.translate(-part.x * cell, -part.y * cell);
  context.textAlign = "center";
  context.textBaseline = "middle";
  return context;
}

/** Paints every cell of the part that is seen: colour, number where it fits, padding dashed, hatching where nothing reads.
 *  @param {GridView} view
 *  @param {Palette} palette */
export function paintCells(view, palette) {
  const context = prepare(view.canvas, view);
  const { cell, part } = view;
  const filled = Math.max(cell, 1); // of cells smaller than a pixel the next covers what is too much
  context.font = `${view.font}px ${view.family}`;
  context.lineWidth = 1;
  for (let y = part.y; y < part.y + part.rows; y++)
    for (let x = part.x; x < part.x + part.columns; x++) {
      const inside = view.inside(y, x);
      const value = view.valueAt(y, x);
      const color = colorOf(palette, value, view.scale);
      context.globalAlpha = inside || view.zeros ? 1 : 0.4;
      context.fillStyle = (!inside && view.zeros) || view.asked(y, x) ? palette.padding : color.fill;
      context.fillRect(x * cell, y * cell, filled, filled);
      context.globalAlpha = 1;
      if (cell >= LINES_FROM) {
        context.strokeStyle = inside ? palette.line : palette.pale;
        context.setLineDash(inside ? [] : [2, 2]);
        context.strokeRect(x * cell + 0.5, y * cell + 0.5, cell - 1, cell - 1);
      }
      if (inside && view.unused(y, x)) hatch(context, x * cell, y * cell, cell, palette.pale);
      if (view.asked(y, x)) {
        context.fillStyle = palette.text;
        context.fillText(UNKNOWN, (x + 0.5) * cell, (y + 0.5) * cell + 0.5);
      } else if (view.numbers) {
        context.fillStyle = inside ? color.text : view.zeros ? palette.pale : palette.text;
        writeNumber(context, view, value, (x + 0.5) * cell, (y + 0.5) * cell + 0.5);
      }
    }
}

/** A number too long for its cell is squeezed to it; where that would be unreadable, three dots stand for it.
 *  @param {CanvasRenderingContext2D} context
 *  @param {GridView} view
 *  @param {number} value
 *  @param {number} x
 *  @param {number} y */
function writeNumber(context, view, value, x, y) {
  const text = shown(value);
  const most = view.cell - 3;
  const wide = text.length > view.longest ? context.measureText(text).width : 0;
  context.fillText(wide > 1.6 * most ? "…" : text, x, y, most);
}

/** @param {CanvasRenderingContext2D} context
 *  @param {number} left
 *  @param {number} top
 *  @param {number} cell
 *  @param {string} color */
function hatch(context, left, top, cell, color) {
  context.save();
  context.setLineDash([]);
  context.strokeStyle = color;
  context.beginPath();
  context.rect(left, top, cell, cell);
  context.clip();
  context.beginPath();
  // The lines go on from cell to cell: they start at multiples of HATCH of the whole picture.
  for (let at = Math.floor((left + top) / HATCH) * HATCH; at <= left + top + 2 * cell; at += HATCH) {
    context.moveTo(at - top, top);
    context.lineTo(at - top - cell, top + cell);
  }
  context.stroke();
  context.restore();
}

/** Paints `marks`, [{y, x, value, scale, corner, strong}], and a pale frame around `ghost`, [{y, x}]. A mark with a
 *  `scale` takes the colour that `value` has there; `corner` is a small text; the `strong` one is framed twice.
 *  @param {GridView} view
 *  @param {Palette} palette
 *  @param {Mark[]} marks
 *  @param {{ y: number, x: number }[]} ghost */
export function paintMarks(view, palette, marks, ghost) {
  const context = prepare(view.overlay, view);
  const { cell } = view;
  context.strokeStyle = palette.window;
  context.globalAlpha = 0.45;
  context.lineWidth = Math.max(1, Math.min(2.5, cell / 6));
  for (const { y, x } of ghost) frame(context, x * cell, y * cell, cell);
  context.globalAlpha = 1;
  const few = marks.length * 2 <= view.rows * view.columns || view.numbers; // else frames would be all one sees
  const frames = few && cell >= FRAMES_FROM;
  for (const mark of marks) paintMark(context, view, palette, mark);
  context.strokeStyle = palette.window;
  if (few && !frames) frameAll(context, marks, cell);
  for (const { y, x, strong } of marks) {
    const share = view.numbers ? 12 : strong ? 4 : 6; // of a cell: on a phone a thick frame would cover a number's ends
    context.lineWidth = Math.max(1, Math.min(strong ? 4 : 2.5, cell / share));
    if (frames || strong) frame(context, x * cell, y * cell, cell);
  }
}

/** @param {CanvasRenderingContext2D} context
 *  @param {{ y: number, x: number }[]} cells
 *  @param {number} cell */
function frameAll(context, cells, cell) {
  context.lineWidth = 2;
  context.beginPath();
  for (const [x0, y0, x1, y1] of outline(cells)) {
    context.moveTo(x0 * cell, y0 * cell);
    context.lineTo(x1 * cell, y1 * cell);
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context
 *  @param {number} left
 *  @param {number} top
 *  @param {number} cell */
function frame(context, left, top, cell) {
  const half = context.lineWidth / 2;
  context.strokeRect(left + half, top + half, cell - 2 * half, cell - 2 * half);
}

/** @param {CanvasRenderingContext2D} context
 *  @param {GridView} view
 *  @param {Palette} palette
 *  @param {Mark} mark */
function paintMark(context, view, palette, { y, x, value, scale, corner }) {
  const { cell } = view;
  if ((!scale && !corner) || view.asked(y, x)) return;
  const color = colorOf(palette, scale && value !== undefined ? value : view.valueAt(y, x), scale ?? view.scale);
  context.fillStyle = color.fill;
  context.fillRect(x * cell, y * cell, cell, cell);
  context.fillStyle = color.text;
  context.font = `${view.font}px ${view.family}`;
  const roomy = corner && cell >= 34;
  const middle = (y + (roomy ? 0.4 : 0.5)) * cell + 0.5;
  if (view.numbers) writeNumber(context, view, view.valueAt(y, x), (x + 0.5) * cell, middle);
  if (!roomy) return;
  context.font = `600 ${Math.max(10, Math.min(13, cell * 0.25, (cell * 1.5) / corner.length))}px ${view.family}`;
  context.textAlign = "right";
  context.fillText(corner, (x + 1) * cell - 5, (y + 1) * cell - 10);
  context.textAlign = "center";
}
