// The cell inspector: draws a scene (grids and the operations between them, see scene.py) and opens any cell of it.
// What is open: what the pointer is over, else what was clicked, else the player's place, which goes on as a pale ghost.

/** @import { Root, ToPython } from "../types.d.ts" */
/** @import { Cell, GridHandlers, Inspector, Mark, Operation } from "./types.d.ts" */

import { component } from "../component.js";
import { makeEchoes } from "../echoes.js";
import { enlarged, make } from "../elements.js";
import { fill } from "../template.js";
import { makePalette } from "./colors.js";
import { editCell } from "./editor.js";
import { tapsAt } from "./index_map.js";
import STYLE from "./inspector.css" with { type: "css" };
import { look } from "./look.js";
import { makeMaps } from "./maps.js";
import { unpackedScene } from "./packed.js";
import { makePlayer } from "./player.js";
import { at } from "./sentences.js";
import { makeStage } from "./stage.js";
import { makeStrip } from "./strip.js";
import { makeZoom } from "./zoom.js";

const FINGER = window.matchMedia("(pointer: coarse)");
const CAPTIONED = 3; // rows of a stack that have titles each, fewer in larger type; of more only the first has some
const TALL = 8; // rows of a stack beyond which it may be higher than the window
const SETTLE_MS = 300; // a walk with the arrow keys is told to the server once, where it ends

/** `press(cell)` takes a click on a cell over, where it is given and answers true.
 *  @param {Root} root
 *  @param {ToPython} toPython
 *  @param {(grid: number, row: number, column: number) => boolean} [press]
 *  @returns {Inspector} */
export function makeInspector(root, toPython, press = () => false) {
  const inspector = /** @type {Inspector} */ ({
    pinned: null,
    hover: null,
    timer: 0,
    told: makeEchoes(),
    question: "",
    size: null,
  });
  const probe = root.appendChild(make("i", { hidden: "" }));
  const frame = root.appendChild(make("div", { style: "visibility: hidden; overflow: clip" }));
  const ruler = make("i", { class: "ruler" }); // as wide as a large grid, as high as a small one
  const maps = makeMaps((channel) => toPython.trigger("channel", channel));
  const stage = makeStage(handlers, maps.element);
  const player = makePlayer({ place: moved, playing });
  const strip = makeStrip();
  const zoom = makeZoom((on) => ((stage.zoom = on), layout()));
  player.element.append(zoom.element);
  frame.append(ruler, ...stage.elements, player.element, ...strip.elements);
  root.addEventListener("keydown", (event) => /** @type {KeyboardEvent} */ (event).key === "Escape" && pinCell(null));

  const { views } = stage;
  const scene = () => inspector.data.scene;
  /** @type {(grid: number) => Operation | undefined} */
  const operationOf = (grid) => scene().operations.find((o) => o.output === grid || o.partials?.includes(grid));
  /** @type {() => Cell} */
  const place = () => {
    const columns = inspector.operation.columns.at.length;
    return { grid: inspector.operation.output, y: Math.floor(player.place / columns), x: player.place % columns };
  };
  /** @type {(one: Cell | null, other: Cell) => boolean} */
  const same = (one, other) => one?.grid === other.grid && one.y === other.y && one.x === other.x;

  // ---- gestures. A cell is {grid, y, x}, a padded position, as the views have them.

  /** @param {number} grid
   *  @returns {GridHandlers} */
  function handlers(grid) {
    /** @type {(row: number, column: number) => Cell} */
    const cellAt = (row, column) => ({ grid, y: row + views[grid].top, x: column + views[grid].left });
    return {
      over: (y, x) => same(inspector.hover, { grid, y, x }) || hover({ grid, y, x }),
      out: () => hover(null),
      move: (row, column) => pinCell(cellAt(row, column)),
      press: (row, column) => {
        if (press(grid, row, column) || pick(grid, row, column)) return;
        if (same(inspector.pinned, cellAt(row, column)) && scene().grids[grid].edit) return edit(grid, row, column);
        views[grid].focus(row, column);
        pinCell(cellAt(row, column));
      },
      key: (event, row, column) => {
        const typed = /^[-0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey;
        const editable = scene().grids[grid].edit;
        if ((event.key === " " || event.key === "Enter") && pick(grid, row, column)) return event.preventDefault();
        if (event.key === " " || (event.key === "Enter" && !editable)) pinCell(cellAt(row, column));
        else if (editable && (typed || event.key === "Enter" || event.key === "F2"))
          edit(grid, row, column, typed ? event.key : undefined);
        else return;
        event.preventDefault();
      },
    };
  }

  /** What an exercise asks for a place is answered by it; no other cell is.
   *  @param {number} grid
   *  @param {number} row
   *  @param {number} column
   *  @returns {boolean} */
  function pick(grid, row, column) {
    if (scene().grids[grid].name !== scene().pick) return false;
    views[grid].focus(row, column);
    pinCell({ grid, y: row + views[grid].top, x: column + views[grid].left });
    toPython.trigger("pick", [row, column]);
    return true;
  }

  /** @param {Cell | null} cell */
  function hover(cell) {
    inspector.hover = cell;
    show();
  }

  /** null lets the pinned cell go. The player goes on from a pinned output, unless it is on its way.
   *  @param {Cell | null} cell */
  function pinCell(cell) {
    inspector.pinned = cell;
    if (!cell) inspector.hover = null;
    const operation = cell && scene().operations.find((o) => o.output === cell.grid);
    if (operation && !player.playing) stand(operation, cell.y, cell.x);
    show();
    tell();
  }

  function moved() {
    inspector.pinned = null;
    show();
    if (!player.playing) tell();
  }

  /** @param {boolean} on */
  function playing(on) {
    strip.hush(on);
    if (on) inspector.pinned = null;
    else tell();
    show();
  }

  /** @param {number} grid
   *  @param {number} row
   *  @param {number} column
   *  @param {string} [start] */
  function edit(grid, row, column, start) {
    const { words, limit } = inspector.data;
    /** @type {(value: number) => void} */
    const keep = (value) => toPython.trigger("edit", { grid: scene().grids[grid].edit, row, column, value });
    editCell(views[grid], row, column, { words, limit, start, say: strip.say, keep });
  }

  /** Lets the server, and so the link, know what is open. */
  function tell() {
    const { grid, y, x } = inspector.pinned ?? place();
    const opened = [scene().grids[grid].name, y - views[grid].top, x - views[grid].left];
    clearTimeout(inspector.timer);
    inspector.timer = setTimeout(() => {
      if (JSON.stringify(opened) === inspector.told.last) return;
      inspector.told.tell(JSON.stringify(opened));
      toPython.send("open", opened);
    }, SETTLE_MS);
  }

  // ---- what is shown

  function show() {
    const cell = inspector.hover ?? inspector.pinned ?? place();
    if (scene().grids.some((grid) => grid.asked === "grid")) return stage.mark(picked(), new Map(), cell.grid);
    const { marks, lines } = look(scene(), cell, views, inspector.data.words);
    stage.mark(marks, player.playing ? ghost() : new Map(), inspector.hover?.grid);
    strip.show(lines);
    const operation = operationOf(cell.grid);
    if (operation?.partials) stage.total(operation, cell.y, cell.x, inspector.data.words);
  }

  /** Of a scene that keeps its outputs back: the cell that was picked, and the one that may be.
   *  @returns {Map<number, Mark[]>} */
  function picked() {
    const grid = scene().grids.findIndex(({ name }) => name === scene().pick);
    const cells = [inspector.pinned, inspector.hover].flatMap((cell) =>
      cell && cell.grid === grid ? [{ y: cell.y, x: cell.x, strong: true }] : [],
    );
    return new Map([[grid, cells]]);
  }

  function ghost() {
    const { grid, y, x } = place();
    const taps = tapsAt(inspector.operation, y, x);
    /** @type {Map<number, { y: number, x: number }[]>} */
    const cells = new Map([[grid, [{ y, x }]]]);
    for (const [input] of inspector.operation.parts) cells.set(input, taps);
    return cells;
  }

  /** The player walks over the operation's outputs and stands at (row, column), or as near as there is one.
   *  @param {Operation} operation
   *  @param {number} row
   *  @param {number} column */
  function stand(operation, row, column) {
    inspector.operation = operation;
    const [rows, columns] = [operation.rows.at.length, operation.columns.at.length];
    const { title } = scene().grids[operation.output];
    /** @type {(index: number) => string} */
    const describe = (index) =>
      fill(inspector.data.words.open, { grid: title, ...at(Math.floor(index / columns), index % columns) });
    player.update(rows, columns, inspector.data.words, describe);
    player.stand(Math.min(row, rows - 1) * columns + Math.min(column, columns - 1));
  }

  /** @param {[string, number, number]} cell */
  function open([name, row, column]) {
    const grid = Math.max(
      scene().grids.findIndex((candidate) => candidate.name === name),
      0,
    );
    const { height, width, top, left } = views[grid];
    const [y, x] = [Math.min(row, height - 1) + top, Math.min(column, width - 1) + left];
    const operation = operationOf(grid) ?? scene().operations[0];
    const output = grid === operation.output;
    stand(operation, output ? y : 0, output ? x : 0);
    inspector.pinned = output ? null : { grid, y, x };
  }

  /** Keeps what was open where the new scene still has it. */
  function keepOpen() {
    const { grid, y, x } = place();
    stand(scene().operations.find((o) => o.output === grid) ?? scene().operations[0], y, x);
    const { pinned } = inspector;
    const view = pinned && views[pinned.grid];
    inspector.pinned = view
      ? { ...pinned, y: Math.min(pinned.y, view.rows - 1), x: Math.min(pinned.x, view.columns - 1) }
      : null;
    inspector.hover = null;
  }

  inspector.update = (sent) => {
    const data = { ...sent, scene: unpackedScene(sent.scene) };
    inspector.data = data;
    inspector.palette = makePalette(probe, inspector.palette);
    const { scene, words } = data;
    const parts = scene.operations[0].parts.length;
    frame.className = `inspector ${scene.layout}${parts > CAPTIONED / enlarged(frame) ? " many" : ""}${parts > TALL ? " tall" : ""}${scene.grids.some((grid) => grid.asked === "grid") ? " asked" : ""}${data.player ? "" : " still"}`;
    frame.style.setProperty("--parts", String(parts));
    stage.update(scene, words);
    if (inspector.told.isNews(JSON.stringify(data.open))) open(data.open);
    else keepOpen();
    maps.update(scene.maps, scene.chosen, scene.grids[scene.operations[0].output].signed, words, inspector.palette);
    const editable = scene.grids.some((grid) => grid.edit) ? "" : "_fixed";
    strip.update(words, words[`hint${editable}${FINGER.matches ? "_touch" : ""}`]);
    layout();
    if (scene.question !== inspector.question && inspector.pinned && scene.pick) pinCell(null); // it answered another
    inspector.question = scene.question;
  };

  function layout() {
    if (!inspector.size || !inspector.palette) return;
    Object.assign(frame.style, { visibility: "", overflow: "" }); // from now on everything stands where it stays
    stage.layout(inspector.size, inspector.palette);
    zoom.update(stage.illegible(), inspector.data.words);
    player.draw(inspector.palette);
    show();
  }

  // Sizes come from observers: asking for them after each change would lay the whole page out before its time.
  const observer = new ResizeObserver(([{ contentRect }]) => {
    inspector.size = { side: contentRect.width, small: contentRect.height };
    if (inspector.data) layout();
  });
  observer.observe(ruler);
  inspector.rest = stage.rest;
  inspector.close = () => (clearTimeout(inspector.timer), player.stop());
  return inspector;
}

export default component(STYLE, (root, toPython) => makeInspector(root, toPython));
