// A row for each run. Python sends the whole table at each update; the order is the learner's and stays.

/** @import { LookMessage, CellMessage, RunMessage, TableMessage } from "../messages.d.ts" */
/** @typedef {{
 *   by: number | null, down: boolean, data: TableMessage, heads: string, buttons: HTMLButtonElement[],
 *   body: HTMLTableSectionElement, observer?: ResizeObserver
 * }} State */
/** @import { Root } from "../types.d.ts" */

import { component } from "../component.js";
import { add, childrenOf } from "../elements.js";
import { lineSample, mixed } from "../line_samples.js";
import STYLE from "./run_table.css" with { type: "css" };

/** @param {Root} root */
function makeView(root) {
  const state = /** @type {State} */ (/** @type {Partial<State>} */ ({ by: null, down: false })); // the column that sorts, and which way
  const more = add(root, "p", { className: "more", ariaHidden: "true", hidden: true });
  const region = add(root, "div", { className: "run-table", tabIndex: 0, role: "region" });
  const table = add(region, "table"),
    link = add(root, "a", { className: "download" });

  /** @param {TableMessage} data */
  function update(data) {
    region.ariaLabel = data.words.table;
    if (state.heads !== data.heads.join("\n")) heads(state, table, data.heads);
    Object.assign(state, { data, heads: data.heads.join("\n") });
    rows(state);
    keep(link, data);
    tell(state, region, more);
  }
  return { update };
}

/** Says that the table goes on to the right, as long as it does.
 *  @param {State} state
 *  @param {HTMLElement} region
 *  @param {HTMLElement} hint */
function tell(state, region, hint) {
  hint.textContent = `${state.data.words.more} →`;
  /** @type {() => void} */
  const look = () => (hint.hidden = region.scrollLeft + region.clientWidth > region.scrollWidth - 8);
  region.onscroll = look;
  state.observer?.disconnect();
  state.observer = new ResizeObserver(look);
  for (const element of [region, state.body]) state.observer.observe(element);
}

/** The buttons stay while figures change: a click that falls on an update is not lost.
 *  @param {State} state
 *  @param {HTMLTableElement} table
 *  @param {string[]} names */
function heads(state, table, names) {
  table.replaceChildren();
  const line = add(add(table, "thead", {}), "tr", {});
  state.buttons = names.map((name, column) => {
    const button = add(add(line, "th", { scope: "col" }), "button", { type: "button" });
    name.split(" ").forEach((word) => {
      // a browser breaks Chinese at every sign, and "mult-adds" at its hyphen
      add(button, "span", { textContent: word });
      button.append(" ");
    });
    add(button, "span", { ariaHidden: "true" });
    button.onclick = () => {
      Object.assign(state, { down: state.by === column ? !state.down : column > 0, by: column }); // the best figure first
      rows(state);
    };
    return button;
  });
  state.body = add(table, "tbody", {});
}

/** @param {State} state */
function rows(state) {
  const { data, by, down } = state;
  state.buttons.forEach((button, column) => {
    const chosen = by === column;
    button.title = data.words.sort;
    childrenOf(button).slice(-1)[0].textContent = chosen ? (down ? "↓" : "↑") : "";
    const head = /** @type {HTMLElement} */ (button.parentElement);
    head.ariaSort = chosen ? (down ? "descending" : "ascending") : null;
    head.className = numeric(data.rows, column);
  });
  const order =
    by === null ? data.rows : data.rows.toSorted((p, q) => compare(p.cells[by].value, q.cells[by].value, down));
  const kinds = state.buttons.map((_, column) => numeric(data.rows, column));
  state.body.replaceChildren(...order.map(({ look, cells }) => row(look, cells, kinds)));
}

/** The file is made when it is asked for.
 *  @param {HTMLAnchorElement} link
 *  @param {TableMessage} data */
function keep(link, { file, words }) {
  link.textContent = words.download;
  link.download = "comparison.csv";
  link.href ||= "#";
  link.onclick = () => {
    const url = URL.createObjectURL(new Blob([file], { type: "text/csv" }));
    link.href = url;
    setTimeout(() => URL.revokeObjectURL(url), 10_000); // the browser reads it after this click
  };
}

/** @type {(rows: RunMessage[], column: number) => string} */
const numeric = (rows, column) => (rows.some(({ cells }) => typeof cells[column].value !== "string") ? "number" : "");

/** @param {CellMessage["value"]} p
 *  @param {CellMessage["value"]} q
 *  @param {boolean} down
 *  @returns {number} */
function compare(p, q, down) {
  if (p === null || q === null) return Number(p === null) - Number(q === null);
  return (typeof p === "number" ? p - Number(q) : p.localeCompare(String(q))) * (down ? -1 : 1);
}

/** @param {LookMessage} look
 *  @param {CellMessage[]} cells
 *  @param {string[]} kinds
 *  @returns {HTMLElement} */
function row(look, cells, kinds) {
  const line = document.createElement("tr");
  cells.forEach(({ text }, column) => {
    const cell = add(line, column ? "td" : "th", { className: kinds[column] });
    if (column) return void (cell.textContent = text);
    cell.scope = "row";
    const sample = add(cell, "i", {});
    sample.style.color = mixed(look.color);
    sample.append(lineSample(look));
    add(cell, "span", { textContent: text });
  });
  return line;
}

export default component(STYLE, makeView);
