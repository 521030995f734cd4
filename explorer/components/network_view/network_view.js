// The network view: joins the picture and the ledger. What is shown: the unit under the pointer, else the one that the
// keyboard is at, else the chosen one.

/** @import { NetworkMessage } from "../messages.d.ts" */
/** @import { Root, ToPython } from "../types.d.ts" */
/** @import { NetworkView, Place } from "./types.d.ts" */

import { component } from "../component.js";
import { makeEchoes } from "../echoes.js";
import { make, write } from "../elements.js";
import { makePicture } from "./blocks.js";
import { makeLedger } from "./ledger.js";
import STYLE from "./network_view.css" with { type: "css" };
import { isEmpty, seenBy, sentence, unrolled } from "./sees.js";
import { clamp, unitsOf } from "./sizes.js";
import { withWhatIsBelowHeld } from "./stop.js";

const FINGER = window.matchMedia("(pointer: coarse)");
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {Root} root
 *  @param {ToPython} toPython
 *  @returns {NetworkView} */
function makeView(root, toPython) {
  // broken: PyTorch's message on screen; reveal: whether the strip is to scroll to what is new.
  const view = /** @type {NetworkView} */ (
    /** @type {Partial<NetworkView>} */ ({
      width: 0,
      broken: "",
      chosen: [-1, 0, 0],
      told: makeEchoes(),
      reveal: false,
    })
  );
  Object.assign(view, { hover: null, row: null, focused: null, units: new Map() });
  const element = root.appendChild(make("div", { class: "network", style: "visibility: hidden" }));
  view.element = element;
  const picture = makePicture({
    over,
    out,
    press,
    key,
    focus,
    blur,
    stop: (row) => ledger.entries[row].body.scrollIntoView({ block: "nearest" }),
  });
  const ledger = makeLedger({
    over: overRow,
    out: outRow,
    press: pressRow,
    repair: (row) => toPython.trigger("repair", row),
  });
  const caption = make("p", { class: "caption" });
  const said = caption.appendChild(make("span", { class: "said", role: "status", "aria-live": "polite" }));
  const hint = caption.appendChild(make("span", { class: "hint" }));
  element.append(picture.element, caption, ledger.element);

  /** The block in which a ledger row's output stands; −1 for one that has none.
   *  @type {(row: number) => number} */
  const blockOf = (row) => {
    if (row >= 0 && !["fits", "remark"].includes(view.data.rows[row]?.state)) return -1;
    return view.data.blocks.findLastIndex((block) => block.row <= row);
  };
  /** @type {(block: number) => [number, number]} */
  const unitIn = (block) => {
    const { rows, columns } = unitsOf(view.data.blocks[block]);
    const [row, column] = view.units.get(block) ?? [rows >> 1, columns >> 1];
    return [Math.min(row, rows - 1), Math.min(column, columns - 1)];
  };

  // ---- gestures

  /** @param {number} block
   *  @param {number} row
   *  @param {number} column */
  function over(block, row, column) {
    if (view.hover?.block === block && view.hover.row === row && view.hover.column === column) return;
    view.hover = { block, row, column };
    show();
  }
  function out() {
    view.hover = null;
    show();
  }
  /** @param {number} block
   *  @param {number} row
   *  @param {number} column */
  function press(block, row, column) {
    view.units.set(block, [row, column]);
    picture.views[block].face.focus({ preventScroll: true });
    choose(view.data.blocks[block].row, row, column);
  }
  /** @param {number} block */
  function focus(block) {
    view.focused = block;
    show();
  }
  function blur() {
    view.focused = null;
    show();
  }

  /** @param {number} block
   *  @param {KeyboardEvent} event */
  function key(block, event) {
    const next = movedBy(event.key, block);
    if (next) view.units.set(block, next);
    else if (event.key === "Enter" || event.key === " ") choose(view.data.blocks[block].row, ...unitIn(block));
    else return;
    event.preventDefault();
    view.hover = null; // the keyboard is what moves now, wherever the pointer rests
    show();
  }

  /** @param {string} pressed
   *  @param {number} block
   *  @returns {[number, number] | null} */
  function movedBy(pressed, block) {
    const { rows, columns } = unitsOf(view.data.blocks[block]);
    const [row, column] = unitIn(block);
    if (pressed === "Home") return [0, 0];
    if (pressed === "End") return [rows - 1, columns - 1];
    const step = STEPS[pressed];
    if (!step) return null;
    const [down, right] = columns > 1 || rows === 1 ? step : [step[0] + step[1], 0];
    return [clamp(row + down, 0, rows - 1), clamp(column + right, 0, columns - 1)];
  }

  /** @param {number} row */
  function overRow(row) {
    view.row = row;
    show();
  }
  function outRow() {
    view.row = null;
    show();
  }

  /** @param {number} row */
  function pressRow(row) {
    if (!view.data.rows[row].chooses) return;
    const block = blockOf(row);
    const [unitRow, unitColumn] = block < 0 ? [0, 0] : unitIn(block);
    choose(row, unitRow, unitColumn);
    picture.reveal(block);
  }

  /** @param {number} row
   *  @param {number} unitRow
   *  @param {number} unitColumn */
  function choose(row, unitRow, unitColumn) {
    /** @type {[number, number, number]} */
    const chosen = [row, unitRow, unitColumn];
    view.chosen = chosen;
    view.told.tell(chosen.join());
    toPython.send("chosen", chosen);
    show();
  }

  // ---- what is shown

  /** @returns {Place | null} */
  function chosenPlace() {
    const block = blockOf(view.chosen[0]);
    return block < 0
      ? null
      : { block, row: view.chosen[1], column: view.chosen[2], name: view.data.rows[view.chosen[0]]?.name };
  }

  /** @returns {Place | null} */
  function keyboardPlace() {
    if (view.focused === null) return null;
    const [row, column] = unitIn(view.focused);
    return { block: view.focused, row, column };
  }

  function show() {
    const { blocks, words } = view.data;
    const pointed = view.hover ?? keyboardPlace();
    const place = within(pointed ?? chosenPlace());
    const block = place ? blocks[place.block] : blocks[0];
    const seen = place && seenBy(block, place.row, place.column);
    if (view.width) picture.mark(place, seen && !isEmpty(seen) ? seen : null);
    const lit = view.row ?? (pointed ? block.row : -2); // −1 is the input, not nothing
    picture.light(lit < -1 ? -1 : blockOf(lit));
    ledger.light(lit);
    picture.choose(blockOf(view.chosen[0]));
    ledger.choose(view.chosen[0]);
    write(said, place ? sentence(block, place.name ?? block.name, place.row, place.column, words) : "");
    write(hint, words[FINGER.matches ? "hint_touch" : "hint"]);
  }

  /** A place that the present block still has.
   *  @param {Place | null} place
   *  @returns {Place | null} */
  function within(place) {
    const block = place && view.data.blocks[place.block];
    if (!block) return null;
    const { rows, columns } = unitsOf(block);
    return { ...place, row: clamp(place.row, 0, rows - 1), column: clamp(place.column, 0, columns - 1) };
  }

  /** @param {[number, number, number]} asked */
  function follow(asked) {
    if (!view.told.isNews(asked.join())) return;
    Object.assign(view, { chosen: asked, reveal: true });
    if (blockOf(asked[0]) >= 0) view.units.set(blockOf(asked[0]), [asked[1], asked[2]]);
  }

  view.update = (data) => (view.data ? withWhatIsBelowHeld(element, () => take(data)) : take(data));

  /** @param {NetworkMessage} sent */
  function take(sent) {
    const data = { ...sent, blocks: sent.blocks.map(unrolled) };
    view.data = data;
    const lost = view.focused !== null && view.focused >= data.blocks.length;
    if (lost) view.focused = null;
    if (view.hover && view.hover.block >= data.blocks.length) view.hover = null;
    follow(data.chosen);
    const broken = data.rows.find((row) => row.state === "fails")?.message ?? "";
    if (broken !== view.broken) Object.assign(view, { broken, reveal: view.reveal || Boolean(broken) });
    picture.update(data);
    ledger.update(data);
    layout();
    if (lost) picture.views.at(-1)?.face.focus({ preventScroll: true });
  }

  function layout() {
    if (view.width) {
      element.style.visibility = ""; // from now on everything stands where it stays
      picture.layout(view.width);
      if (view.reveal) picture.reveal(view.data.reveal ? blockOf(view.chosen[0]) : 0);
      view.reveal = false;
    }
    show();
  }

  // Sizes come from observers: asking for them after each change would lay the whole page out before its time.
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === view.width) return;
    view.width = contentRect.width;
    if (view.data) layout();
  });
  observer.observe(element);
  return view;
}

export default component(STYLE, makeView);
