// The opened unit: the path that led to it, and how its number comes about. Each number that it is made of is a unit, to
// be opened in its turn, down to the pixels.

/** @import { SceneMessage } from "../../messages.d.ts" */
/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Pass } from "./unit_scene.js" */
/** @import { Message, Sight, Unit } from "../types.d.ts" */

import { make, repeat, write } from "../../elements.js";
import { shown } from "../../inspector/numbers.js";
import { fill } from "../../template.js";
import { makeTermsView } from "./terms_view.js";
import { makeUnitInspectors } from "./unit_inspectors.js";
import { describe } from "./unit_names.js";
import { given, unitScene } from "./unit_scene.js";
import { isAnswer, numberAt, PIXELS, rivalOf } from "./unit_terms.js";

/** `open(path, reveal)` when another unit is to be seen, `reveal` false where the learner looks at its map already;
 *  `tell()` when an answer was compared with another one, or more of its terms are to be seen.
 *  @param {(path: Unit[], reveal?: boolean) => void} open
 *  @param {() => void} tell */
export function makeUnitView(open, tell) {
  const element = make("section", { class: "opened" });
  const path = element.appendChild(make("nav"));
  const title = element.appendChild(make("h3", { tabindex: -1 }));
  const blank = element.appendChild(make("p"));
  const versus = element.appendChild(make("label", { class: "versus", hidden: "" }));
  const [question, choice] = [versus.appendChild(make("span")), versus.appendChild(make("select"))];
  const terms = makeTermsView((unit) => open([...units, unit]), tell);
  const inspectors = makeUnitInspectors(press, follow);
  element.append(terms.element, inspectors.element);
  /** @type {Unit[]} */
  let units = [];
  /** @type {Pass} */
  let pass;
  /** @type {Message} */
  let message;
  /** @type {BytePalette} */
  let palette;
  let rivals = ""; // the digit that the answer is compared with
  let [idle, layout] = [0, ""];
  choice.addEventListener("change", () => {
    rivals = choice.value;
    show();
    tell();
  });

  /** A click on the inspector's input opens that unit.
   *  @param {SceneMessage} scene
   *  @param {number} grid
   *  @param {number} row
   *  @param {number} column
   *  @returns {boolean} */
  function press({ operations: [operation] }, grid, row, column) {
    const unit = units[units.length - 1];
    const part = operation.parts.findIndex(([input]) => input === grid);
    const { shape } = given(pass, unit.layer);
    if (part < 0 || row < 0 || column < 0 || row >= shape[1] || column >= shape[2]) return false; // or the padding
    const channel = operation.reduce === "sum" ? operation.first + part : unit.channel;
    open([...units, { layer: unit.layer - 1, channel, row, column }]);
    return true;
  }

  /** Another cell of the opened map.
   *  @param {number} row
   *  @param {number} column */
  function follow(row, column) {
    open([...units.slice(0, -1), { ...units[units.length - 1], row, column }], false);
  }

  /** @type {(unit: Unit) => string} */
  const nameOf = (unit) => describe(pass.layers, unit, message.words);

  function show() {
    const unit = units[units.length - 1];
    repeat(path, units, crumb, (button, one, number) => {
      write(button, number === units.length - 1 ? nameOf(one) : `${nameOf(one)} ›`);
      if (number === units.length - 1) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    path.hidden = units.length < 2;
    const rival = showRivals(unit);
    const value = numberAt(pass, unit) - (rival ? numberAt(pass, rival) : 0);
    const name = rival ? `${nameOf(unit)} − ${nameOf(rival)}` : nameOf(unit);
    write(title, fill(message.words.opened, { unit: name, value: shown(value) }));
    const scene = unit.layer === PIXELS ? null : unitScene(pass, unit, message.words);
    terms.element.hidden = !!scene;
    inspectors.show(scene ? pass.layers[unit.layer].name : "", scene, [unit.row, unit.column], message);
    if (!scene) terms.update(pass, unit, value, rival, message, palette);
  }

  /** The choice of a second answer that the opened one is compared with, and the one that is chosen.
   *  @param {Unit} unit
   *  @returns {Unit | null} */
  function showRivals(unit) {
    versus.hidden = !isAnswer(pass.layers, unit);
    if (versus.hidden) return null;
    write(question, message.words.versus);
    const features = Array.from({ length: pass.layers[unit.layer].output[0] }, (_, feature) => String(feature));
    const others = features.filter((feature) => feature !== String(unit.channel));
    choice.replaceChildren(...["", ...others].map((one) => make("option", { value: one }, one || "–")));
    const rival = rivalOf(pass.layers, unit, rivals);
    choice.value = rival ? rivals : "";
    return rival;
  }

  /** Makes the inspectors of all layers, one whenever there is time. */
  function prepare() {
    const waiting = pass.layers.flatMap(({ axes, name }, layer) => (axes ? [{ name, layer }] : []));
    const makeNext = () => {
      const next = waiting.shift();
      if (!next) return;
      const scene = unitScene(pass, { layer: next.layer, channel: 0, row: 0, column: 0 }, message.words);
      if (scene) inspectors.prepare(next.name, scene, message);
      idle = whenIdle(makeNext);
    };
    cancelIdle(idle);
    idle = whenIdle(makeNext);
  }

  /** @param {number} number */
  function crumb(number) {
    const button = make("button", { type: "button" });
    button.addEventListener("click", () => {
      open(units.slice(0, number + 1));
      if (path.hidden) title.focus({ preventScroll: true }); // the way back ends here, and its buttons with it
    });
    return button;
  }

  return {
    element,
    /** How many products are listed. */
    terms: terms.linked,
    /** The digit that an answer is compared with, "" for none. */
    get versus() {
      return rivals;
    },
    set versus(digit) {
      rivals = digit;
    },
    /** @param {Message} itsMessage
     *  @param {BytePalette} itsPalette */
    update(itsMessage, itsPalette) {
      [message, palette] = [itsMessage, itsPalette];
    },
    /** @param {Sight} sight */
    show(sight) {
      ({ pass, units } = sight);
      write(blank, sight.ink ? "" : message.words.blank);
      const now = JSON.stringify(pass.layers.map(({ name, output }) => [name, output]));
      if (now !== layout) {
        layout = now;
        inspectors.clear();
        prepare();
      }
      show();
    },
    /** Scrolls to what is opened, where it is out of sight. */
    reveal() {
      title.scrollIntoView({ block: "nearest" });
    },
    close() {
      cancelIdle(idle);
      inspectors.close();
    },
  };
}

// Safari has no idle time to give away.
const CAN_IDLE = "requestIdleCallback" in window;
/** @type {(work: () => void) => number} */
const whenIdle = (work) => (CAN_IDLE ? requestIdleCallback(work) : setTimeout(work, 200));
/** @type {(number: number) => void} */
const cancelIdle = (number) => (CAN_IDLE ? cancelIdleCallback(number) : clearTimeout(number));
