// Mouse, finger or pen on the pad: where they are, whatever scrolls, zooms or scales it, and when a stroke begins and ends.

/** @import { Point } from "../types.d.ts" */

import { snapped } from "./stroke_text.js";

/** What becomes of a stroke: whether one may begin, its first point, further points, its end.
 *  @typedef {{ may: () => boolean, begin: (point: Point) => void, go: (points: Point[]) => void, lift: () => void }}
 *    Strokes */

/** Follows the first pointer that is pressed on the canvas until it is lifted; others do nothing meanwhile. Where it
 *  leaves the canvas the stroke ends at the edge, and another begins where it returns.
 *  @param {HTMLCanvasElement} canvas
 *  @param {Strokes} strokes */
export function followPen(canvas, strokes) {
  /** @type {number | null} */
  let pointer = null;
  let isOutside = false;

  canvas.addEventListener("pointerdown", (event) => {
    if (pointer !== null || event.button > 0 || !strokes.may()) return;
    event.preventDefault();
    pointer = event.pointerId;
    isOutside = false;
    canvas.setPointerCapture(pointer);
    strokes.begin(placeOf(event, canvas.getBoundingClientRect()).point);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer || !strokes.may()) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    const box = canvas.getBoundingClientRect();
    for (const { point, outside } of (moves.length ? moves : [event]).map((move) => placeOf(move, box))) {
      if (!isOutside)
        strokes.go([point]); // the edge, of one that leaves
      else if (!outside) strokes.begin(point);
      isOutside = outside;
    }
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"]))
    canvas.addEventListener(end, (event) => {
      if (event.pointerId !== pointer) return;
      pointer = null;
      strokes.lift();
    });
  return {
    /** Whether it is down. */
    get isDown() {
      return pointer !== null;
    },
  };
}

/** Where an event is, between 0 and 1 and as fine as a link can hold, or, outside, the nearest point of the edge.
 *  @param {MouseEvent} event
 *  @param {DOMRect} box
 *  @returns {{ point: Point, outside: boolean }} */
function placeOf({ clientX, clientY }, { left, top, width, height }) {
  const [x, y] = [(clientX - left) / width, (clientY - top) / height];
  return { point: [snapped(x), snapped(y)], outside: x < 0 || x > 1 || y < 0 || y > 1 };
}
