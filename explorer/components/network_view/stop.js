// Where the network breaks, in the picture: behind the last box that there is, the layer that refuses it.

/** @import { Block, Row, Sign, Stop } from "./types.d.ts" */

import { make, write } from "../elements.js";

export const STOP = 84; // px of the strip

/** `press` is called when it is pressed; it tells where more is said.
 *  @param {(row: number) => void} press
 *  @returns {Stop} */
export function makeStop(press) {
  const element = make("button", { type: "button", class: "stop", hidden: "" });
  const [sign, name, state] = [make("span", { class: "sign" }, "✕"), make("b"), make("span", { class: "shape" })];
  element.append(sign, name, state);
  element.addEventListener("click", () => press(stop.row));
  const stop = /** @type {Stop} */ (/** @type {Partial<Stop>} */ ({ element, row: -1 }));

  stop.update = (rows, column, words) => {
    stop.row = rows.findIndex((row) => row.state === "fails");
    element.hidden = stop.row < 0;
    element.style.gridColumn = String(column);
    write(name, rows[stop.row]?.name ?? "");
    write(state, words.fails);
    element.setAttribute("aria-label", `${name.textContent}: ${words.fails}`);
  };
  return stop;
}

/** What each box's sign says: "←" for what a later layer fails at, "!" where a layer that stands in it has a remark.
 *  @param {Row[]} rows
 *  @param {Block[]} blocks
 *  @returns {Set<Sign>[]} */
export function signsOf(rows, blocks) {
  /** @type {(row: number) => number} */
  const blockOf = (row) => blocks.findLastIndex((block) => block.row <= row);
  /** @type {Set<Sign>[]} */
  const signs = blocks.map(() => new Set());
  rows.forEach((row, n) => {
    if (row.state === "fails" && row.blames !== null) signs[blockOf(row.blames)].add("blamed");
    if (row.state === "remark") signs[blockOf(n)].add("remark");
  });
  return signs;
}

/** Changes the view; what stands below it stays where it is on screen, for there, on a phone, are the controls.
 *  @param {HTMLElement} element
 *  @param {() => void} change */
export function withWhatIsBelowHeld(element, change) {
  const host = /** @type {ShadowRoot} */ (element.getRootNode()).host ?? element;
  const { bottom, width } = element.getBoundingClientRect();
  const used = host.contains(document.activeElement);
  change();
  if (used || !width || width >= 640 || bottom >= window.innerHeight) return;
  let scroller = host.parentElement;
  while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY)) scroller = scroller.parentElement;
  if (scroller?.scrollTop) scroller.scrollTop += element.getBoundingClientRect().bottom - bottom;
}
