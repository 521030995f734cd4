// Ten digits that the network never trains on, and what it makes of them now; beneath, the one that is chosen, and the
// first layer's kernels. Choosing happens here; Python hears nothing of it.

/** @import { ProbeMessage } from "../messages.d.ts" */
/** @import { Root } from "../types.d.ts" */
/** @import { ProbeView, Words } from "./types.d.ts" */

import { component } from "../component.js";
import { make, write } from "../elements.js";
import { makePalette, makeSheet, unpack } from "../pictures.js";
import { fill } from "../template.js";
import { makeBars, makeDigits } from "./digits.js";
import STYLE from "./probe_view.css" with { type: "css" };

/** @param {Root} root
 *  @returns {ProbeView} */
function makeView(root) {
  const view = /** @type {ProbeView} */ (/** @type {Partial<ProbeView>} */ ({ chosen: 0, changes: false }));
  const element = root.appendChild(make("div", { class: "probe" }));
  const probe = element.appendChild(make("span", { hidden: "" }));
  const head = element.appendChild(make("header"));
  const [title, score] = [head.appendChild(make("h3")), head.appendChild(make("span"))];
  const digits = makeDigits((number) => ((view.chosen = number), show()));
  const details = make("div", { class: "details" });
  const [bars, maps, kernels] = [makeBars(), makeSheet("maps"), makeSheet("kernels")];
  const empty = make("p", { class: "empty" });
  const turn = makeSwitch((changes) => ((view.changes = changes), show()));
  kernels.head.append(turn.element);
  details.append(bars.element, maps.element, kernels.element, empty);
  element.append(digits.element, details);

  function show() {
    const { data, palette } = view;
    const { words, labels, names, probabilities, answers } = data;
    const now = labels.map((label, n) => {
      const answer = answers[n].at(-1) ?? null;
      const sure = answer === null ? 0 : (probabilities?.[n]?.[answer] ?? 0);
      return { label, answer, sure, before: answers[n].slice(0, -1) };
    });
    write(title, words.title);
    write(
      score,
      probabilities ? fill(words.score, { right: now.filter((one) => one.answer === one.label).length }) : "",
    );
    digits.update(now, view.images, view.chosen, names, words, palette);
    bars.update(probabilities?.[view.chosen] ?? null, labels[view.chosen], names, words);
    const { count } = view.maps ? { count: view.maps.count / labels.length } : { count: 0 };
    const mapTitle = fill(words.maps, { label: names[labels[view.chosen]] });
    const mapWords = {
      title: mapTitle,
      says: mapTitle,
      note: fill(words.maps_scale, { largest: short(data.largest_map) }),
    };
    maps.show(view.maps, view.chosen * count, count, palette.image, mapWords);
    const [packed, largest] = view.changes ? [view.change, data.largest_change] : [view.kernels, data.largest];
    const scale = fill(words.scale, { largest: short(largest) });
    const kernelWords = { title: words.kernels, says: `${words.kernels}. ${scale}`, note: scale };
    kernels.show(packed, 0, packed?.count ?? 0, palette.signed, kernelWords);
    turn.update(view.changes, words);
    empty.hidden = !!probabilities;
    write(empty, words.empty);
  }

  view.update = (data) => {
    /** @type {(name: "images" | "maps" | "kernels" | "change") => import("../types.d.ts").Unpacked | null} */
    const packed = (name) => data[name] && unpack(data[name]);
    Object.assign(view, { data, palette: makePalette(probe, view.palette) });
    Object.assign(view, { images: packed("images"), maps: packed("maps") });
    Object.assign(view, { kernels: packed("kernels"), change: packed("change") });
    show();
  };
  return view;
}

/** Two digits of a number; a huge or a tiny one as 2.7e7, or it would take a line of its own.
 *  @param {number} number
 *  @returns {string} */
function short(number) {
  const [rounded, size] = [Number(Number(number).toPrecision(2)), Math.abs(number)];
  return size && (size < 1e-4 || size >= 1e5) ? rounded.toExponential().replace("+", "") : String(rounded);
}

/** Kernels as they are, or what training has changed.
 *  @param {(changes: boolean) => void} turn */
function makeSwitch(turn) {
  const element = make("span", { class: "switch", role: "group" });
  const buttons = [false, true].map((changes) => {
    const button = element.appendChild(make("button", { type: "button" }));
    button.onclick = () => turn(changes);
    return button;
  });
  return {
    element,
    /** @param {boolean} changes
     *  @param {Words} words */
    update(changes, words) {
      element.setAttribute("aria-label", words.kernels);
      buttons.forEach((button, n) => {
        write(button, n ? words.change : words.now);
        button.setAttribute("aria-pressed", String(changes === !!n));
      });
    },
  };
}

export default component(STYLE, makeView);
