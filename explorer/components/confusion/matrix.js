// The confusion matrix: a row for each class, a column for each answer, the share that is right at the row's end.

/** @import { MatrixWords } from "./types.d.ts" */

import { make, write } from "../elements.js";
import { fill } from "../template.js";
import { CLASSES } from "./predictions.js";
import { shades, tenths } from "./shades.js";

/** For each place where a matrix stands; it asks for the colours --good, --negative, --neutral, --pale, --window. */

const LONGEST = 2; // of a name that heads a column; of longer ones the number does

/** `choose(label, answer)` when a cell is clicked, or Enter pressed on it.
 *  @param {(label: number, answer: number) => void} choose */
export function makeMatrix(choose) {
  const element = make("table", { class: "matrix", role: "grid" });
  const body = element.appendChild(make("tbody"));
  const corner = make("th");
  const [down, across] = [corner.appendChild(make("span")), corner.appendChild(make("span"))];
  const heads = Array.from({ length: CLASSES }, () => make("th", { scope: "col" }));
  const last = make("th", { scope: "col", class: "rightly" });
  const top = body.appendChild(make("tr"));
  top.append(corner, ...heads, last);
  const rows = Array.from({ length: CLASSES }, (_, label) => {
    const [head, right] = [make("th", { scope: "row" }), make("td", { class: "rightly", role: "gridcell" })];
    const cells = Array.from({ length: CLASSES }, (_, answer) => {
      const cell = make("td", { role: "gridcell", tabindex: -1, class: label === answer ? "right" : "wrong" });
      cell.addEventListener("click", () => (stand(label, answer, false), choose(label, answer)));
      cell.addEventListener("keydown", (event) => press(event, label, answer));
      return cell;
    });
    body.appendChild(make("tr")).append(head, ...cells, right);
    return { head, cells, right };
  });
  let at = rows[0].cells[0]; // where the Tab key goes
  at.tabIndex = 0;

  /** @param {number} label
   *  @param {number} answer
   *  @param {boolean} focus */
  function stand(label, answer, focus) {
    const cell = rows[label]?.cells[answer];
    if (!cell) return;
    at.tabIndex = -1;
    at = cell;
    at.tabIndex = 0;
    if (focus) at.focus();
  }

  /** @param {KeyboardEvent} event
   *  @param {number} label
   *  @param {number} answer */
  function press(event, label, answer) {
    /** @type {Record<string, [number, number]>} */
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    const step = steps[event.key];
    if (step) stand(label + step[0], answer + step[1], true);
    else if (event.key === "Enter" || event.key === " ") choose(label, answer);
    else return;
    event.preventDefault();
  }

  return {
    element,
    /** `names` are the classes'; a cell of `marked` is framed.
     *  @param {number[][]} counts
     *  @param {number[]} sizes
     *  @param {string[]} names
     *  @param {MatrixWords} words
     *  @param {[number, number] | null} marked */
    update(counts, sizes, names, words, marked) {
      element.setAttribute("aria-label", words.matrix);
      write(down, `${words.matrix_label} ↓`);
      write(across, `${words.matrix_answer} →`);
      write(last, words.matrix_right);
      const isShort = names.every((name) => name.length <= LONGEST);
      const dark = shades(counts, sizes);
      rows.forEach(({ head, cells, right }, label) => {
        write(heads[label], isShort ? names[label] : String(label));
        heads[label].title = names[label];
        write(head, isShort ? names[label] : `${label} ${names[label]}`);
        write(right, sizes[label] ? tenths(counts[label][label] / sizes[label]) : "");
        cells.forEach((cell, answer) => {
          const count = counts[label][answer];
          write(cell, count ? String(count) : "");
          const says = fill(words.matrix_cell, { label: names[label], answer: names[answer], images: count });
          cell.setAttribute("aria-label", says);
          cell.title = says;
          cell.style.setProperty("--share", `${Math.round(dark[label][answer] * 100)}%`);
          cell.setAttribute("aria-selected", String(label === marked?.[0] && answer === marked[1]));
        });
      });
    },
  };
}
