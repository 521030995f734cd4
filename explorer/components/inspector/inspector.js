// The cell inspector: draws a scene (grids and the operations between them, see scene.py) and opens any cell of it.
// What is open: what the pointer is over, else what was clicked, else the player's place, which goes on as a pale ghost.

const INSPECTORS = new WeakMap(); // parentElement -> inspector: the default export runs again at each new data
const NAMED = 4; // rows and columns that no window covers, in the remark under the input
const SETTLE_MS = 300; // a walk with the arrow keys is told to the server once, where it ends

function makeInspector(root) {
  const probe = root.appendChild(make("i", { hidden: "" }));
  const stage = root.appendChild(make("div", { class: "stage" }));
  const player = makePlayer({ place: (index) => moveTo(index), playing: (on) => quiet(on) });
  const maps = makeMaps((channel) => inspector.trigger("channel", channel));
  const strip = make("div", { class: "strip", role: "status", "aria-live": "polite" });
  const copy = make("button", { type: "button", class: "copy" });
  const hint = make("p", { class: "hint" });
  const foot = make("div", { class: "foot" });
  foot.append(strip, copy);
  const note = make("div", { class: "remark" });
  root.append(note, player.element, foot, hint);
  const inspector = { views: [], signature: "", pinned: null, hover: null, operation: null, timer: 0, told: "", width: 0, stripHeight: 0 };
  copy.addEventListener("click", () => copyText([...strip.children].map((line) => line.textContent).join("\n")));
  root.addEventListener("keydown", (event) => event.key === "Escape" && unpin());

  // ---- what is open

  const scene = () => inspector.data.scene;
  const operationOf = (grid) => scene().operations.find((o) => o.output === grid || o.partials?.includes(grid));
  const place = () => {
    const columns = inspector.operation.columns.at.length;
    return { grid: inspector.operation.output, y: Math.floor(player.place / columns), x: player.place % columns };
  };
  const shownCell = () => inspector.hover ?? inspector.pinned ?? place();

  function moveTo(index) {
    inspector.pinned = null;
    show();
    if (!player.playing) tell();
  }

  function quiet(playing) {
    strip.setAttribute("aria-live", playing ? "off" : "polite"); // sixty sentences a second help nobody
    if (playing) inspector.pinned = null;
    else tell();
    show();
  }

  function pin(grid, row, column) {
    const view = inspector.views[grid];
    inspector.pinned = { grid, y: row + view.top, x: column + view.left };
    stand(grid, row, column);
    show();
    tell();
  }

  /** The player goes on from a clicked output, unless it is on its way. */
  function stand(grid, row, column) {
    const operation = scene().operations.find((o) => o.output === grid);
    if (!operation || player.playing) return;
    if (operation !== inspector.operation) follow(operation);
    player.stand(row * operation.columns.at.length + column);
  }

  function unpin() {
    inspector.pinned = inspector.hover = null;
    show();
    tell();
  }

  function tell() {
    const { grid, y, x } = inspector.pinned ?? place();
    const view = inspector.views[grid];
    const open = [scene().grids[grid].name, y - view.top, x - view.left];
    clearTimeout(inspector.timer);
    inspector.timer = setTimeout(() => {
      if (JSON.stringify(open) === inspector.told) return;
      inspector.told = JSON.stringify(open);
      inspector.send("open", open);
    }, SETTLE_MS);
  }

  function press(grid, row, column) {
    const view = inspector.views[grid];
    const { pinned } = inspector;
    const again = pinned?.grid === grid && pinned.y === row + view.top && pinned.x === column + view.left;
    if (again && scene().grids[grid].edit) return edit(grid, row, column);
    view.focus(row, column);
    pin(grid, row, column);
  }

  function key(grid, event, row, column) {
    const typed = /^[-0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey;
    if (event.key === " " || (event.key === "Enter" && !scene().grids[grid].edit)) pin(grid, row, column);
    else if (event.key === "Enter" || event.key === "F2") edit(grid, row, column);
    else if (typed) edit(grid, row, column, event.key);
    else return;
    event.preventDefault();
  }

  const restingHint = () => inspector.data.words[scene().grids.some((grid) => grid.edit) ? "hint" : "hint_fixed"];

  function edit(grid, row, column, start) {
    const { words, limit } = inspector.data;
    const name = scene().grids[grid].edit;
    if (!name) return;
    const say = (sentence) => {
      hint.textContent = sentence ?? restingHint();
      hint.classList.toggle("wrong", sentence !== undefined);
    };
    const keep = (value) => inspector.trigger("edit", { grid: name, row, column, value });
    editCell(inspector.views[grid], row, column, { words, limit, start, say, keep });
  }

  // ---- what is shown of it

  function show() {
    const cell = shownCell();
    const { marks, lines } = look(scene(), cell, inspector.views, inspector.data.words);
    const ghost = player.playing ? ghostOf(place()) : new Map();
    inspector.views.forEach((view, grid) => paintMarks(view, inspector.palette, marks.get(grid) ?? [], ghost.get(grid) ?? []));
    strip.replaceChildren(...lines.map(lineElement));
    totals(cell);
  }

  function lineElement(parts, number) {
    const element = make("div", number ? {} : { class: "name" });
    element.append(...[parts].flat().map((part) => (typeof part === "string" ? part : make("b", {}, part.bold))));
    return element;
  }

  function ghostOf({ grid, y, x }) {
    const taps = tapsAt(inspector.operation, y, x);
    return new Map([[grid, [{ y, x }]], ...inspector.operation.parts.map(([input]) => [input, taps])]);
  }

  /** The running total beside each partial map of a stack, for the output cell that is open. */
  function totals({ grid, y, x }) {
    const operation = operationOf(grid);
    if (!operation?.partials) return;
    let sum = 0;
    operation.partials.forEach((partial, number) => {
      const share = scene().grids[partial].values[y][x];
      sum += share;
      const before = number ? `+ ${bracketed(share)} = ` : "";
      inspector.labels[number].replaceChildren(before, make("b", {}, shown(sum)));
    });
  }

  async function copyText(content) {
    try {
      await navigator.clipboard.writeText(content);
    } catch {
      // Without https there is no clipboard: the text is selected instead, ready for Ctrl-C.
      getSelection().selectAllChildren(strip);
      return;
    }
    copy.textContent = inspector.data.words.copied;
    setTimeout(() => (copy.textContent = inspector.data.words.copy), 1500);
  }

  // ---- data and size

  /** The partial maps of a stack are sums of the products that are on screen anyway: the browser adds them up. */
  function addPartials({ grids, operations }, words) {
    const [operation] = operations;
    const values = operation.parts.map(([input, kernel]) => partialMap(operation, grids[input].values, grids[kernel].values));
    const largest = Math.max(...values.flat(2).map(Math.abs).slice(0, 50000)) || 1;
    operation.partials = values.map((map, number) => {
      const title = fill(words.partial, { channel: grids[operation.parts[number][0]].name.split(" ")[1] });
      return grids.push({ name: `Partial ${number + 1}`, title, values: map, label: "", largest, signed: true, edit: "" }) - 1;
    });
  }

  function follow(operation) {
    const { words } = inspector.data;
    inspector.operation = operation;
    const columns = operation.columns.at.length;
    player.update(operation.rows.at.length, columns, words, (index) =>
      fill(words.open, { grid: scene().grids[operation.output].title, ...at(Math.floor(index / columns), index % columns) }),
    );
  }

  function fillViews({ grids, operations, padding_mode }, words) {
    while (inspector.views.length < grids.length) inspector.views.push(viewFor(inspector.views.length));
    inspector.views.length = grids.length;
    grids.forEach((grid, number) => {
      const reader = operations.find((o) => o.parts.some(([input]) => input === number));
      const axes = reader && [reader.rows, reader.columns];
      inspector.views[number].fill(grid, axes, words, { zeros: padding_mode === "zeros", padded: !operations.some((o) => o.reduce === "max"), note: reader ? remark(reader, padding_mode, words) : "" });
    });
  }

  /** "Padding: reflect. Never used: row 5, column 5." */
  function remark({ rows, columns }, mode, words) {
    const named = (axis, word) => unusedAlong(axis).map((index) => fill(word, { number: index + 1 }));
    const names = [...named(rows, words.row), ...named(columns, words.column)];
    const list = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? " …" : "");
    const padded = rows.source.length > rows.size || columns.source.length > columns.size;
    const copies = padded && mode !== "zeros" ? fill(words.padded_by, { mode: words[`mode_${mode}`] }) : "";
    return [copies, names.length ? fill(words.never_used, { list }) : ""].filter(Boolean).join(" ");
  }

  function viewFor(grid) {
    const view = makeGrid({
      over: (y, x) => {
        if (inspector.hover?.grid === grid && inspector.hover.y === y && inspector.hover.x === x) return;
        inspector.hover = { grid, y, x };
        show();
      },
      out: () => ((inspector.hover = null), show()),
      move: (row, column) => pin(grid, row, column),
      press: (row, column) => press(grid, row, column),
      key: (event, row, column) => key(grid, event, row, column),
    });
    return view;
  }

  function open([name, row, column]) {
    const grid = Math.max(scene().grids.findIndex((candidate) => candidate.name === name), 0);
    const view = inspector.views[grid];
    const [y, x] = [Math.min(row, view.height - 1) + view.top, Math.min(column, view.width - 1) + view.left];
    follow(operationOf(grid) ?? scene().operations[0]);
    const output = grid === inspector.operation.output;
    if (output) player.stand(y * view.width + x);
    inspector.pinned = output ? null : { grid, y, x };
    inspector.told = JSON.stringify([name, row, column]);
  }

  /** Keeps what was open where the new scene still has it. */
  function keepOpen() {
    const [columns, { grid, y, x }] = [inspector.operation.columns.at.length, place()];
    const next = scene().operations.find((o) => o.output === grid) ?? scene().operations[0];
    follow(next);
    const [row, column] = [Math.min(y, next.rows.at.length - 1), Math.min(x, next.columns.at.length - 1)];
    player.stand(row * next.columns.at.length + column);
    const view = inspector.views[inspector.pinned?.grid];
    if (!view) inspector.pinned = null;
    else Object.assign(inspector.pinned, { y: Math.min(inspector.pinned.y, view.rows - 1), x: Math.min(inspector.pinned.x, view.columns - 1) });
    inspector.hover = null;
    return columns;
  }

  inspector.update = (data) => {
    const kernels = data.scene.operations.map(({ rows, columns }) => [rows.at[0].length, columns.at[0].length]).join();
    if (kernels !== inspector.shape) {
      inspector.shape = kernels;
      inspector.stripHeight = 0;
      strip.style.minHeight = "";
    }
    inspector.data = data;
    inspector.palette = makePalette(probe, inspector.palette);
    if (data.scene.layout === "stack") addPartials(data.scene, data.words);
    fillViews(data.scene, data.words);
    arrange();
    const asked = JSON.stringify(data.open);
    if (asked !== inspector.asked && asked !== inspector.told) open(data.open);
    else keepOpen();
    inspector.asked = asked;
    hint.textContent = restingHint();
    note.textContent = data.scene.remark;
    const { maps: small, chosen, grids, operations } = data.scene;
    maps.update(small, chosen, grids[operations[0].output].signed, data.words, inspector.palette);
    copy.textContent = data.words.copy;
    layout();
  };

  function arrange() {
    const { layout: kind, grids } = scene();
    const signature = [kind, ...grids.map((grid) => grid.name)].join();
    if (signature === inspector.signature) return;
    inspector.signature = signature;
    inspector.labels = ARRANGE[kind](stage, scene(), inspector.views, maps.element);
    stage.className = `stage ${kind}`;
  }

  /** Side lengths depend on the width and the layout alone, so that no setting moves anything. */
  function layout() {
    const { width } = inspector;
    if (!width) return;
    const phone = width < 620;
    stage.classList.toggle("phone", phone);
    SIZES[scene().layout](scene(), inspector.views, width, phone, inspector.palette);
    player.draw(inspector.palette);
    show();
    // Once the picture is painted, what only a keyboard needs may follow.
    clearTimeout(inspector.naming);
    inspector.naming = setTimeout(() => inspector.views.forEach((view) => view.nameCells()), 250);
  }
  // Sizes come from an observer: asking for them after each change would lay the whole page out before its time.
  const observer = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      if (target === strip) strip.style.minHeight = `${Math.max(inspector.stripHeight, contentRect.height)}px`;
      if (target === strip) inspector.stripHeight = Math.max(inspector.stripHeight, contentRect.height);
      else if (contentRect.width !== inspector.width) resize(contentRect.width);
    }
  });
  for (const element of [root.host ?? root, strip]) observer.observe(element);

  function resize(width) {
    inspector.width = width;
    inspector.stripHeight = 0;
    strip.style.minHeight = "";
    if (inspector.data) layout();
  }

  inspector.close = () => (observer.disconnect(), clearTimeout(inspector.timer), player.stop());
  return inspector;
}

export default function ({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  if (!INSPECTORS.has(parentElement)) INSPECTORS.set(parentElement, makeInspector(parentElement));
  const inspector = INSPECTORS.get(parentElement);
  inspector.send = setStateValue;
  inspector.trigger = setTriggerValue;
  inspector.update(data);
  return () => inspector.close();
}
