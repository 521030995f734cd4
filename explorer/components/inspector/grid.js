// One ARIA grid of numbers: built once a shape, refilled in place; knows cells and keys, not what they mean.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

/** `border` is the (rows, columns) of padding drawn around the values. `on` receives over, out, press, key. */
function makeGrid(name, on) {
  const block = make("figure", { class: `block ${name.toLowerCase()}` });
  const caption = block.appendChild(make("figcaption"));
  const title = caption.appendChild(make("b"));
  const shape = caption.appendChild(make("code"));
  const box = block.appendChild(make("div", { class: "box" }));
  const table = box.appendChild(make("div", { role: "grid", "aria-label": name }));
  const legend = block.appendChild(make("div", { class: "legend", "aria-hidden": "true" }));
  const grid = { block, table, cells: [], values: [], border: [0, 0], size: "" };

  const find = (event) => event.target.closest?.("[data-row]");
  const at = (cell) => [Number(cell.dataset.row), Number(cell.dataset.column)];
  table.addEventListener("pointerover", (event) => find(event) && on.over(...at(find(event))));
  table.addEventListener("pointerleave", () => on.out());
  table.addEventListener("click", (event) => find(event) && on.press(...at(find(event))));
  table.addEventListener("keydown", (event) => {
    if (!find(event) || event.target.tagName === "INPUT") return;
    const [row, column] = at(find(event));
    const next = moved(event, row, column);
    if (next) {
      event.preventDefault();
      grid.focus(...next);
      on.move(...next);
    } else on.key(event, row, column);
  });

  function moved(event, row, column) {
    const [bottom, right] = [grid.values.length - 1, grid.values[0].length - 1];
    if (event.key === "Home") return [event.ctrlKey ? 0 : row, 0];
    if (event.key === "End") return [event.ctrlKey ? bottom : row, right];
    const step = STEPS[event.key];
    if (!step) return null;
    return [Math.min(Math.max(row + step[0], 0), bottom), Math.min(Math.max(column + step[1], 0), right)];
  }

  function build(height, width, [top, left]) {
    grid.cells = [];
    const rows = [];
    for (let y = -top; y < height + top; y++) {
      const line = make("div", { role: "row" });
      if (y >= 0 && y < height) grid.cells.push([]);
      for (let x = -left; x < width + left; x++) {
        const inside = y >= 0 && y < height && x >= 0 && x < width;
        const cell = make("div", inside ? { role: "gridcell", tabindex: -1 } : { class: "padding", role: "presentation" });
        cell.append(make("span"), make("small", { "aria-hidden": "true" }));
        if (inside) Object.assign(cell.dataset, { row: y, column: x });
        if (inside) grid.cells[y].push(cell);
        cell.dataset.at = `${y},${x}`;
        line.append(cell);
      }
      rows.push(line);
    }
    table.replaceChildren(...rows);
    grid.every = new Map([...table.querySelectorAll("[data-at]")].map((cell) => [cell.dataset.at, cell]));
    grid.columns = width + 2 * left;
    grid.rows = height + 2 * top;
    grid.cells[0][0].tabIndex = 0;
  }

  /** Shows `values` (rows of numbers); `words.cell` names a cell for a screen reader. */
  grid.fill = (values, border, words, heading) => {
    const content = JSON.stringify([values, border, words.cell, heading]);
    if (content === grid.content) return; // a slider rarely changes all three grids, and a large one takes 20 ms
    grid.content = content;
    title.textContent = heading;
    shape.textContent = `(1, 1, ${values.length}, ${values[0].length})`;
    const size = [values.length, values[0].length, ...border].join();
    if (size !== grid.size) build(values.length, values[0].length, border);
    Object.assign(grid, { values, border, size });
    const largest = Math.max(...values.flat().map(Math.abs)) || 1;
    const least = Math.min(...values.flat());
    grid.longest = Math.max(...values.flat().map((value) => shown(value).length), 2);
    for (const [, cell] of grid.every) if (cell.classList.contains("padding")) cell.firstChild.textContent = "0";
    values.forEach((line, y) =>
      line.forEach((value, x) => {
        const cell = grid.cells[y][x];
        cell.firstChild.textContent = shown(value);
        cell.classList.toggle("negative", value < 0);
        cell.style.setProperty("--share", Math.abs(value) / largest);
        const names = { row: y + 1, column: x + 1, value: shown(value) };
        cell.setAttribute("aria-label", words.cell.replace(/\{(\w+)\}/g, (_, key) => names[key]));
      }),
    );
    legend.replaceChildren(
      ...(least < 0 ? [make("span", {}, shown(-largest)), make("i", { class: "both" })] : [make("span", {}, "0"), make("i")]),
      make("span", {}, shown(largest)),
    );
  };

  /** The largest cell, in whole pixels, with which the grid fits a square of `side`. */
  grid.cellFor = (side) => Math.max(4, Math.floor(side / Math.max(grid.rows, grid.columns)));

  /** Draws cells of `cell` pixels in a square of `side`; numbers are left out where they would be unreadable. */
  grid.fit = (side, cell = grid.cellFor(side)) => {
    const font = Math.min(17, cell * 0.5, (cell * 1.55) / grid.longest);
    block.style.setProperty("--side", `${side}px`);
    block.style.setProperty("--cell", `${cell}px`);
    block.style.setProperty("--font", `${font}px`);
    block.classList.toggle("numbers", font >= 8);
    block.classList.toggle("roomy", cell >= 36);
  };

  grid.focus = (row, column) => {
    for (const cell of grid.cells.flat()) cell.tabIndex = -1;
    grid.cells[row][column].tabIndex = 0;
    grid.cells[row][column].focus();
  };

  /** Marks the cells of `marks` (a Map "row,column" -> small text) and unmarks all others. */
  grid.mark = (marks) => {
    for (const [at, cell] of grid.every) {
      const text = marks.get(at);
      if (text === undefined && !cell.classList.contains("window")) continue;
      cell.classList.toggle("window", text !== undefined);
      cell.lastChild.textContent = text ?? "";
    }
  };
  return grid;
}
