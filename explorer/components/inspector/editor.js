// A text field over a cell: Enter or leaving it keeps the number, Escape drops it, anything else is explained.

/** @import { GridView, Words } from "./types.d.ts" */

import { make } from "../elements.js";
import { fill } from "../template.js";

/** @typedef {{
 *   words: Words, limit: number, start?: string, say: (sentence?: string) => void, keep: (value: number) => void
 * }} Options */

/** Opens it over cell (row, column) of `view`; `start` is the key that began it. `say(text)` shows a sentence, or takes
 *  it back without one; `keep(value)` gets the new number.
 *  @param {GridView} view
 *  @param {number} row
 *  @param {number} column
 *  @param {Options} options */
export function editCell(view, row, column, { words, limit, start, say, keep }) {
  if (view.picture.querySelector("input")) return;
  const label = fill(words.edit, { row: row + 1, column: column + 1 });
  const field = make("input", { inputmode: "text", "aria-label": label, autocomplete: "off" });
  const before = view.values[row][column];
  field.value = start ?? String(before);
  /** @type {(index: number, border: number, first: number) => string} */
  const middle = (index, border, first) => `${(index + border - first + 0.5) * view.cell}px`;
  Object.assign(field.style, { left: middle(column, view.left, view.part.x), top: middle(row, view.top, view.part.y) });
  let open = true;
  const close = () => {
    open = false;
    field.remove();
    say();
  };
  /** @type {(leaving: boolean) => void} */
  const finish = (leaving) => {
    if (!open) return;
    const value = Number(field.value.replace("−", "-").replace(",", "."));
    const valid = field.value.trim() !== "" && Number.isFinite(value) && Math.abs(value) <= limit;
    if (!valid && !leaving) return say(fill(words.invalid, { text: field.value, limit }));
    close();
    if (!leaving) view.focus(row, column);
    if (valid && value !== before) keep(value);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") finish(false);
    if (event.key === "Escape") close(), view.focus(row, column);
  });
  field.addEventListener("blur", () => finish(true));
  view.picture.append(field);
  field.focus();
  if (start === undefined) field.select();
}
