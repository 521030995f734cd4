// The ledger: a row for every layer, and what went wrong under the one where it did. Elements stay while their texts
// change, so that what has the focus keeps it.

/** @import { Entry, Ledger, LedgerHandlers, Row, Words } from "./types.d.ts" */

import { make, write } from "../elements.js";

/** @type {("params" | "mult_adds" | "memory" | "field" | "step")[]} */
const NUMBERS = ["params", "mult_adds", "memory", "field", "step"];
/** @type {("layer" | "shape" | typeof NUMBERS[number])[]} */
const HEADS = ["layer", "shape", ...NUMBERS];
/** @type {Partial<Record<Row["state"], string>>} */
const SIGNS = { fails: "✕", remark: "!" };

/** What has the focus in an element's part of the page.
 *  @type {(element: Element) => Element | null} */
const activeIn = (element) => /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

/** Text that breaks only between its parts.
 *  @type {(parts: (string | undefined)[]) => (Node | string)[]} */
const unbroken = (parts) =>
  parts
    .filter(Boolean)
    .flatMap((part) => (part ? [make("span", { class: "whole" }, part), " "] : []))
    .slice(0, -1);

/** Fills a cell anew where its key has changed.
 *  @param {HTMLElement} cell
 *  @param {string} key
 *  @param {() => (Node | string)[]} children */
function refill(cell, key, children) {
  if (cell.dataset.key === key) return;
  cell.dataset.key = key;
  cell.replaceChildren(...children());
}

/** A sum is told from its result, which may stand on the next line.
 *  @type {(text: string) => string[]} */
const summed = (text) => {
  const at = text.lastIndexOf(" = ");
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
};

/** The cells behind the first one, which tables and cards have in common.
 *  @param {HTMLElement} line
 *  @returns {(row: Row, words: Words) => void} */
function makeCells(line) {
  const cells = HEADS.slice(1).map((name) => line.appendChild(make("td", { class: name, role: "cell" })));
  return (row, words) => {
    const [from, to] = row.shapes;
    const goal = to || (row.state === "fails" ? SIGNS.fails : "");
    refill(cells[0], JSON.stringify([from, goal, row.notes]), () => [
      ...unbroken([from, goal && (from ? `→ ${goal}` : goal)]),
      ...(row.notes.length ? [make("div", { class: "notes" })] : []),
    ]);
    const notes = cells[0].querySelector(".notes");
    if (notes && !notes.firstChild) notes.append(...unbroken(row.notes));
    NUMBERS.forEach((name, n) => {
      const cell = cells[n + 1];
      refill(cell, row[name], () => unbroken(summed(row[name])));
      cell.dataset.label = words[name];
    });
  };
}

/** One layer; `on` receives over(), out(), press(), repair().
 *  @param {{ over(): void, out(): void, press(): void, repair(): void }} on
 *  @returns {Entry} */
function makeEntry(on) {
  const body = make("tbody", { role: "rowgroup" });
  const line = body.appendChild(make("tr", { role: "row", class: "line" }));
  const head = line.appendChild(make("th", { role: "rowheader", scope: "row" }));
  const title = head.appendChild(make("div", { class: "name" }));
  const button = title.appendChild(make("button", { type: "button" }));
  const sign = title.appendChild(make("span", { class: "sign", role: "img" }));
  const arrow = title.appendChild(make("span", { class: "sign blamed", role: "img" }, "←"));
  const code = head.appendChild(make("code"));
  const fillCells = makeCells(line);
  const problem = makeProblem(on.repair);
  const entry = /** @type {Entry} */ (/** @type {Partial<Entry>} */ ({ body, button }));
  line.addEventListener("click", () => on.press()); // the button's clicks, too
  body.addEventListener("pointerenter", () => on.over());
  body.addEventListener("pointerleave", () => on.out());

  entry.update = (row, blamed, words) => {
    const waits = row.state === "waits";
    body.classList.remove("fits", "fails", "remark", "waits");
    body.classList.add(row.state);
    write(button, row.name);
    refill(code, row.code, () => unbroken(row.code.split(/(?<=,) /)));
    const meaning = row.state === "fits" ? "" : words[row.state];
    write(sign, SIGNS[row.state] ?? (waits ? "…" : ""));
    for (const { mark, text } of [
      { mark: sign, text: meaning },
      { mark: arrow, text: blamed ? words.blamed : "" },
    ]) {
      mark.hidden = !text;
      mark.setAttribute("aria-label", text);
      mark.title = text;
    }
    fillCells(
      waits ? { ...row, shapes: ["", ""], notes: [], ...Object.fromEntries(NUMBERS.map((name) => [name, ""])) } : row,
      words,
    );
    const focused = problem.has(activeIn(body));
    if (!problem.update(row, words)) problem.line.remove();
    else if (!problem.line.isConnected) body.append(problem.line);
    if (focused && !problem.usable()) button.focus();
  };
  return entry;
}

/** The full-width row under a layer that fails or is a mistake.
 *  @param {() => void} repair */
function makeProblem(repair) {
  const line = make("tr", { role: "row", class: "problem" });
  const cell = line.appendChild(make("td", { role: "cell", colspan: HEADS.length }));
  const source = cell.appendChild(make("div", { class: "source" }));
  const message = cell.appendChild(make("code"));
  const advice = cell.appendChild(make("p"));
  const button = cell.appendChild(make("button", { type: "button" }));
  button.addEventListener("click", () => repair());
  /** @type {(element: Element | null) => boolean} */
  const has = (element) => element === button;
  /** @type {() => boolean} */
  const usable = () => line.isConnected && !button.hidden;

  /** False where there is nothing to say.
   *  @type {(row: Row, words: Words) => boolean} */
  const update = (row, words) => {
    write(source, words.message);
    for (const { element, text } of [
      { element: message, text: row.message },
      { element: advice, text: row.advice },
      { element: button, text: row.repair },
    ]) {
      write(element, text);
      element.hidden = !text;
    }
    source.hidden = !row.message;
    return Boolean(row.message || row.advice || row.repair) && row.state !== "waits";
  };
  return { line, has, usable, update };
}

/** `on` receives over(row), out(), press(row), repair(row).
 *  @param {LedgerHandlers} on
 *  @returns {Ledger} */
export function makeLedger(on) {
  const table = make("table", { role: "table" });
  const top = table.appendChild(make("thead", { role: "rowgroup" })).appendChild(make("tr", { role: "row" }));
  const heads = HEADS.map((name) => top.appendChild(make("th", { class: name, role: "columnheader", scope: "col" })));
  const foot = table.appendChild(make("tfoot", { role: "rowgroup" }));
  const total = foot.appendChild(make("tr", { role: "row", class: "line" }));
  const totalName = total.appendChild(make("th", { role: "rowheader", scope: "row" }));
  const fillTotal = makeCells(total);
  const ledger = /** @type {Ledger} */ (/** @type {Partial<Ledger>} */ ({ element: table, entries: [] }));

  /** @type {(n: number) => Entry} */
  const makeOne = (n) =>
    makeEntry({ over: () => on.over(n), out: on.out, press: () => on.press(n), repair: () => on.repair(n) });

  ledger.update = ({ rows, totals, words }) => {
    const { entries } = ledger;
    table.setAttribute("aria-label", words.table);
    heads.forEach((head, n) => write(head, words[HEADS[n]]));
    const active = activeIn(table);
    const lost = entries.slice(rows.length).some(({ body }) => body.contains(active));
    while (entries.length > rows.length) entries.pop()?.body.remove();
    while (entries.length < rows.length) {
      const entry = makeOne(entries.length);
      foot.before(entry.body);
      entries.push(entry);
    }
    const blamed = new Set(rows.map((row) => row.blames));
    rows.forEach((row, n) => entries[n].update(row, blamed.has(n), words));
    write(totalName, totals.name || words.total);
    fillTotal(totals, words);
    if (lost) entries.at(-1)?.button.focus();
  };

  ledger.light = (row) => ledger.entries.forEach(({ body }, n) => body.classList.toggle("lit", n === row));

  ledger.choose = (row) =>
    ledger.entries.forEach(({ body, button }, n) => {
      body.classList.toggle("chosen", n === row);
      button.setAttribute("aria-pressed", String(n === row));
    });
  return ledger;
}
