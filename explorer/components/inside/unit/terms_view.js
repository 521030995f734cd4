// A unit as a list of the numbers that it is made of, each to be opened in its turn: of a dense layer the products, the
// largest first, and all of them over the maps that they come from.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Pass } from "./unit_scene.js" */
/** @import { Message, Term, Unit } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { bracketed, shown } from "../../inspector/numbers.js";
import { percent } from "../../pictures.js";
import { fill } from "../../template.js";
import { makeSheet } from "../layers/layer_sheet.js";
import { describe } from "./unit_names.js";
import { formula, isAnswer, mapsBefore, PIXELS, termsOf } from "./unit_terms.js";

const FEWEST = 12; // terms listed at first …
const MOST = 400; // … and at most: a longer list would keep the page waiting

/** `open(unit)` is called with a number that the unit is made of; `tell()` when more of them, or fewer, are to be seen.
 *  @param {(unit: Unit) => void} open
 *  @param {() => void} tell */
export function makeTermsView(open, tell) {
  const element = make("div", { class: "columns" });
  const sum = element.appendChild(make("p", { class: "sum" }));
  const list = element.appendChild(make("ol", { class: "terms" }));
  const shares = element.appendChild(make("div", { class: "shares" }));
  const more = element.appendChild(make("button", { type: "button", hidden: "" }));
  let all = false;
  let show = () => {};
  more.addEventListener("click", () => ((all = !all), show(), tell()));

  /** @param {Pass} pass
   *  @param {Term[]} terms
   *  @param {boolean} dense
   *  @param {Message} message */
  function showList(pass, terms, dense, { words }) {
    const seen = all ? terms.slice(0, MOST) : terms.slice(0, FEWEST);
    const largest = Math.max(...terms.map(({ share }) => Math.abs(share)), 1e-12);
    repeat(list, seen, item, (entry, term) => {
      const [button, bar, text] = /** @type {HTMLElement[]} */ ([...entry.children]);
      write(button, describe(pass.layers, term.unit, words));
      button.onclick = () => open(term.unit);
      const width = dense ? (Math.abs(term.share) / largest) * 50 : 0;
      const left = term.share < 0 ? `${50 - width}%` : "50%";
      Object.assign(/** @type {HTMLElement} */ (bar.firstChild).style, { width: `${width}%`, left });
      entry.className = term.share < 0 ? "against" : "for";
      bar.hidden = !dense;
      const product = `${bracketed(term.value)} · ${bracketed(term.factor)} = ${shown(term.share)}`;
      write(text, dense ? product : shown(term.value));
    });
    more.hidden = terms.length <= FEWEST;
    write(more, all ? words.fewer_terms : words.all_terms);
    return seen.length;
  }

  function item() {
    const entry = make("li");
    const bar = make("span", { class: "bar" });
    bar.append(make("i"));
    entry.append(make("button", { type: "button" }), bar, make("code"));
    return entry;
  }

  /** The products where their numbers come from: over the maps that were flattened.
   *  @param {Pass} pass
   *  @param {Unit} unit
   *  @param {Term[]} terms
   *  @param {Message} message
   *  @param {BytePalette} palette */
  function showShares(pass, unit, terms, { words }, palette) {
    const maps = terms.length ? mapsBefore(pass.layers, unit.layer) : null;
    shares.hidden = !maps;
    if (!maps) return;
    const sheet = makeSheet(maps.layer - 1, open, () => {});
    const { name } = pass.layers[maps.layer - 1] ?? { name: "x" };
    const label = fill(words.shares_of, { name, shape: maps.shape.join("×") });
    sheet.describe(words.shares, maps.shape, label);
    shares.replaceChildren(sheet.element);
    const numbers = terms.map(({ share }) => share);
    sheet.paint(Float32Array.from(numbers), palette);
  }

  return {
    element,
    linked: {
      /** "all" products, or "" for the largest. */
      text: () => (all ? "all" : ""),
      /** @param {string} text */
      take(text) {
        all = text === "all";
        show();
      },
    },
    /** The unit, whose number is `value`, or its lead over the `rival`.
     *  @param {Pass} pass
     *  @param {Unit} unit
     *  @param {number} value
     *  @param {Unit | null} rival
     *  @param {Message} message
     *  @param {BytePalette} palette */
    update(pass, unit, value, rival, message, palette) {
      const terms = termsOf(pass, unit, rival?.channel);
      const dense = unit.layer !== PIXELS && ["Linear", "Conv2d"].includes(pass.layers[unit.layer].kind);
      const sorted = dense ? terms.toSorted((one, other) => Math.abs(other.share) - Math.abs(one.share)) : terms;
      show = () => {
        const listed = showList(pass, sorted, dense, message);
        const plain = unit.layer === PIXELS ? pixelText(pass, value, message) : formula(pass, unit, terms);
        write(sum, dense ? said(pass, unit, value, rival, sorted, listed, message) : plain);
      };
      show();
      showShares(pass, unit, dense ? terms : [], message, palette);
    },
  };
}

/** Of a pixel: its ink, and what normalising makes of it.
 *  @param {Pass} pass
 *  @param {number} value
 *  @param {Message} message
 *  @returns {string} */
function pixelText({ normalization: { mean, deviation } }, value, { words }) {
  const ink = Math.round((value * deviation + mean) * 255);
  return fill(words.pixel, { ink, mean, deviation, value: shown(value) });
}

/** What the terms add up to.
 *  @param {Pass} pass
 *  @param {Unit} unit
 *  @param {number} value
 *  @param {Unit | null} rival
 *  @param {Term[]} terms
 *  @param {number} listed
 *  @param {Message} message
 *  @returns {string} */
function said(pass, unit, value, rival, terms, listed, { words }) {
  const all = terms.reduce((total, { share }) => total + share, 0);
  const rest = terms.slice(listed).reduce((total, { share }) => total + share, 0);
  const bias = pass.tensors[`${pass.layers[unit.layer].name}.bias`];
  const numbers = { count: terms.length, value: shown(value), bias: bracketed(value - all) };
  const first = fill(bias ? (rival ? words.sum_lead : words.sum_bias) : words.sum, numbers);
  const second = fill(words.others, { count: terms.length - listed, value: shown(rest) });
  const sum = listed < terms.length ? fill(words.sentences, { first, second }) : first;
  const share = rival || !isAnswer(pass.layers, unit) ? "" : softmax(pass, value, words);
  return share ? fill(words.sentences, { first: sum, second: share }) : sum;
}

/** How an answer's number becomes its probability; "" beyond what numbers can say.
 *  @param {Pass} pass
 *  @param {number} value
 *  @param {Message["words"]} words
 *  @returns {string} */
function softmax({ outputs }, value, words) {
  const [power, all] = [Math.exp(value), outputs[outputs.length - 1].reduce((sum, one) => sum + Math.exp(one), 0)];
  if (!Number.isFinite(all) || !all) return "";
  return fill(words.softmax, {
    value: shown(value),
    power: shown(power),
    all: shown(all),
    share: percent(power / all),
  });
}
