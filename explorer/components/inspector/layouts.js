// Where grids stand and how large they are, for each of the scene's three layouts.

const LEGIBLE = 34; // pixels: a kernel's cells shrink with the input's, but not below this while there is room
const sign = (character) => make("span", { class: "operator", "aria-hidden": "true" }, character);

/** Puts the grids' blocks into the stage; `maps` is the choice of output channels. For a stack it returns the labels of
 *  the running total. */
const ARRANGE = {
  row(stage, { operations: [operation] }, views) {
    const [[input, kernel]] = operation.parts;
    stage.replaceChildren(views[input].block, sign("∗"), views[kernel].block, sign("="), views[operation.output].block);
    return [];
  },
  stack(stage, { operations: [operation] }, views, maps) {
    const labels = operation.parts.map(() => make("div", { class: "total" }));
    const rows = operation.parts.map(([input, kernel], number) => {
      const row = make("div", { class: "channel" });
      row.append(views[input].block, sign("∗"), views[kernel].block, sign("="), views[operation.partials[number]].block, labels[number]);
      return row;
    });
    const channels = make("div", { class: "channels" });
    channels.append(...rows);
    const sum = make("div", { class: "sum" });
    const bias = make("div", { class: "total" });
    sum.append(views[operation.output].block, bias, maps);
    stage.replaceChildren(channels, sign("Σ"), sum);
    return [...labels, bias];
  },
  fan(stage, { operations, refusals }, views) {
    const outputs = operations.map(({ output, parts: [[, kernel]] }) => {
      const column = make("div", { class: "output" });
      column.append(views[output].block, ...(kernel === null ? [] : [views[kernel].block]));
      return column;
    });
    for (const { place, title, sentence } of refusals) {
      const refused = make("div", { class: "output refused" });
      refused.appendChild(make("figcaption")).append(make("b", {}, title));
      refused.append(make("p", {}, sentence));
      outputs.splice(place, 0, refused);
    }
    stage.replaceChildren(views[operations[0].parts[0][0]].block, ...outputs);
    return [];
  },
};

/** Fits every grid to the stage's width; grids that are compared share a cell size. */
const SIZES = {
  row({ operations: [operation] }, views, width, phone, palette) {
    const [[input, kernel]] = operation.parts;
    const side = phone ? Math.min(width - 8, 300) : Math.min((width - 120) * 0.38, 380);
    const outputSide = phone ? Math.floor(width * 0.53) : side;
    const kernelSide = phone ? Math.floor(width * 0.3) : side * 0.6;
    const output = views[operation.output];
    const cell = Math.min(views[input].cellFor(side), output.cellFor(side));
    views[input].fit(side, palette, cell);
    output.fit(outputSide, palette, Math.min(cell, output.cellFor(outputSide)));
    views[kernel].fit(kernelSide, palette, Math.min(views[kernel].cellFor(kernelSide), Math.max(cell, LEGIBLE)));
  },
  stack({ operations: [operation] }, views, width, phone, palette) {
    const high = Math.max(96, Math.min(168, 640 / operation.parts.length));
    const side = phone ? width * 0.3 : Math.min(high, width * 0.165);
    operation.parts.forEach(([input, kernel], number) => {
      const partial = views[operation.partials[number]];
      const cell = Math.min(views[input].cellFor(side), partial.cellFor(side));
      views[input].fit(side, palette, cell);
      partial.fit(side, palette, cell);
      views[kernel].fit(side * 0.66, palette);
    });
    views[operation.output].fit(phone ? width * 0.6 : Math.min(width * 0.25, 250), palette);
  },
  fan({ operations }, views, width, phone, palette) {
    const input = views[operations[0].parts[0][0]];
    const side = phone ? Math.min(width - 8, 300) : Math.min(width * 0.32, 340);
    const outputSide = phone ? (width - 40) / 3 : Math.min((width - side - 120) / 3, 210);
    const cell = input.cellFor(side);
    input.fit(side, palette, cell);
    for (const operation of operations) {
      const output = views[operation.output];
      output.fit(outputSide, palette, Math.min(cell, output.cellFor(outputSide)));
      const kernel = operation.parts[0][1];
      if (kernel !== null) views[kernel].fit(outputSide * 0.6, palette);
    }
  },
};
