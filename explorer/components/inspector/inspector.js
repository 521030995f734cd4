// The cell inspector: input ∗ kernel = output, and the products behind the open output cell.
// Draws what `data` holds: input, kernel, output (rows of numbers), spec, open cell, words. Knows no page.

const INSPECTORS = new WeakMap(); // parentElement -> inspector: the default export runs again at each new data
const LEGIBLE = 34; // pixels: a kernel's cells shrink with the input's, but not below this while there is room
const SETTLE_MS = 300; // a walk with the arrow keys is told to the server once, where it ends

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, key) => values[key]);

function makeInspector(root) {
  const inspector = { data: null, open: [0, 0], timer: 0 };
  const grids = {};
  const operator = (sign) => make("span", { class: "operator", "aria-hidden": "true" }, sign);
  const sum = make("div", { class: "sum", "aria-live": "polite", role: "status" });
  const hint = make("p", { class: "hint" });

  for (const name of ["input", "kernel", "output"])
    grids[name] = makeGrid(name[0].toUpperCase() + name.slice(1), {
      over: (row, column) => name === "output" && show(row, column),
      out: () => show(...inspector.open),
      move: (row, column) => name === "output" && pin(row, column),
      press: (row, column) => (name === "output" ? pin(row, column) : press(name, row, column)),
      key: (event, row, column) => key(name, event, row, column),
    });
  const row = make("div", { class: "grids" });
  row.append(grids.input.block, operator("∗"), grids.kernel.block, operator("="), grids.output.block);
  root.append(row, sum, hint);

  function show(row, column) {
    const { input, kernel, output, spec, words } = inspector.data;
    const products = productsAt(row, column, input, kernel, spec);
    grids.input.mark(new Map(products.map((p) => [`${p.row},${p.column}`, `×${shown(p.weight)}`])));
    grids.output.mark(new Map([[`${row},${column}`, ""]]));
    sum.replaceChildren(...sentences(products, output[row][column], kernel[0].length, fill(words.open, { row: row + 1, column: column + 1 })));
  }

  function sentences(products, total, width, name) {
    const term = (p) => `${signed(p.value)}·${signed(p.weight)}`;
    const signed = (value) => (value < 0 ? `(${shown(value)})` : shown(value));
    const equals = products.some((p) => rounded(p.value) || rounded(p.weight)) || rounded(total) ? "≈" : "=";
    const line = (some) => some.map(term).join(" + ");
    const lines = [make("div", { class: "name" }, name)];
    if (products.length <= 9) lines.push(make("div", {}, line(products) + ` ${equals} `));
    else for (let i = 0; i < products.length; i += width) lines.push(make("div", {}, (i ? "+ " : "") + line(products.slice(i, i + width))));
    if (products.length > 9) lines.push(make("div", {}, `${equals} `));
    lines.at(-1).append(make("b", {}, shown(total)));
    return lines;
  }

  function pin(row, column) {
    inspector.open = [row, column];
    show(row, column);
    clearTimeout(inspector.timer);
    inspector.timer = setTimeout(() => inspector.send("open", [row, column]), SETTLE_MS);
  }

  function press(name, row, column) {
    const cell = grids[name].cells[row][column];
    if (cell.tabIndex === 0 && cell.matches(":focus")) edit(name, row, column);
    else grids[name].focus(row, column);
  }

  function key(name, event, row, column) {
    if (name === "output") {
      if (event.key === "Enter" || event.key === " ") pin(row, column), event.preventDefault();
    } else if (event.key === "Enter" || event.key === "F2") edit(name, row, column), event.preventDefault();
    else if (/^[-0-9.]$/.test(event.key) && !event.ctrlKey && !event.metaKey) edit(name, row, column, event.key), event.preventDefault();
  }

  /** A text field over the cell: Enter or leaving it keeps the number, Escape drops it, anything else is explained. */
  function edit(name, row, column, start) {
    const { words, limit } = inspector.data;
    const cell = grids[name].cells[row][column];
    if (!inspector.data.editable || cell.querySelector("input")) return;
    const label = fill(words.edit, { row: row + 1, column: column + 1 });
    const field = make("input", { inputmode: "text", "aria-label": label, autocomplete: "off" });
    field.value = start ?? String(grids[name].values[row][column]);
    let open = true;
    const close = () => (open = false) || field.remove() || (hint.textContent = words.hint) || hint.classList.remove("wrong");
    const keep = (leaving) => {
      if (!open) return;
      const value = Number(field.value.replace("−", "-").replace(",", "."));
      const valid = field.value.trim() !== "" && Number.isFinite(value) && Math.abs(value) <= limit;
      if (!valid && !leaving) {
        hint.textContent = fill(words.invalid, { text: field.value, limit });
        return hint.classList.add("wrong");
      }
      close();
      if (!leaving) cell.focus();
      if (valid && value !== grids[name].values[row][column]) inspector.trigger("edit", { grid: name, row, column, value });
    };
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") keep(false);
      if (event.key === "Escape") close(), cell.focus();
    });
    field.addEventListener("blur", () => keep(true));
    cell.append(field);
    field.focus();
    if (start === undefined) field.select();
  }

  /** Side lengths depend on the width alone, so that no setting moves anything; input and output share a cell size. */
  function layout() {
    const width = (root.host ?? root).clientWidth;
    const phone = width < 620;
    row.classList.toggle("phone", phone);
    const side = phone ? Math.min(width - 8, 300) : Math.min((width - 120) * 0.38, 380);
    const outputSide = phone ? Math.floor(width * 0.52) : side;
    const kernelSide = phone ? Math.floor(width * 0.3) : side * 0.6;
    const cell = Math.min(grids.input.cellFor(side), grids.output.cellFor(side));
    grids.input.fit(side, cell);
    grids.output.fit(outputSide, Math.min(cell, grids.output.cellFor(outputSide)));
    grids.kernel.fit(kernelSide, Math.min(grids.kernel.cellFor(kernelSide), Math.max(cell, LEGIBLE)));
  }

  inspector.update = (data) => {
    const { input, kernel, output, spec, words, open } = data;
    inspector.data = data;
    grids.input.fill(input, spec.padding, words, words.input);
    grids.kernel.fill(kernel, [0, 0], words, words.kernel);
    grids.output.fill(output, [0, 0], words, words.output);
    inspector.open = [Math.min(open[0], output.length - 1), Math.min(open[1], output[0].length - 1)];
    hint.textContent = data.editable ? words.hint : "";
    layout();
    show(...inspector.open);
  };
  const observer = new ResizeObserver(() => inspector.data && layout());
  observer.observe(root.host ?? root);
  inspector.close = () => (observer.disconnect(), clearTimeout(inspector.timer));
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
