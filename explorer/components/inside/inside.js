// Inside a trained network: what is drawn on the pad runs through its layers here, without a word to the server, and
// every number on the way can be opened.

/** @import { InsideMessage } from "../messages.d.ts" */
/** @import { BytePalette, Root, ToPython } from "../types.d.ts" */
/** @import { Pass } from "./unit/unit_scene.js" */
/** @import { Digit, Unit } from "./types.d.ts" */

import { component } from "../component.js";
import MATRIX_STYLE from "../confusion/matrix.css" with { type: "css" };
import { make } from "../elements.js";
import { probabilities } from "../forward/forward.js";
import { makePalette } from "../pictures.js";
import { fill } from "../template.js";
import { makeAnswer } from "./answer.js";
import BREAKING_STYLE from "./breaking/breaking.css" with { type: "css" };
import { makeBreaking } from "./breaking/breaking.js";
import { inkOf } from "./drawing/digit.js";
import { makeDigitChoice } from "./drawing/digit_choice.js";
import { makePad } from "./drawing/pad.js";
import { makePicture } from "./drawing/picture.js";
import { inWhole255ths } from "./drawing/placing.js";
import INSIDE_STYLE from "./inside.css" with { type: "css" };
import { makeEpochs } from "./layers/epochs.js";
import { makeExtras } from "./layers/extras.js";
import { makeLayers } from "./layers/layers.js";
import { makeLink } from "./link.js";
import LOOKS_FOR_STYLE from "./looks_for/looks_for.css" with { type: "css" };
import { makeLooksFor } from "./looks_for/looks_for.js";
import { makeWeights } from "./network_weights.js";
import { passOf } from "./pass.js";
import RIGHT_AND_WRONG_STYLE from "./right_and_wrong/right_and_wrong.css" with { type: "css" };
import { makeRightAndWrong } from "./right_and_wrong/right_and_wrong.js";
import { makeTabs } from "./tabs.js";
import { makeOpenedUnits } from "./unit/opened_units.js";
import { numberText } from "./unit/path_text.js";
import { PIXELS, rivalOf, seenBy } from "./unit/unit_terms.js";
import { makeUnitView } from "./unit/unit_view.js";

const STYLES = [MATRIX_STYLE, INSIDE_STYLE, RIGHT_AND_WRONG_STYLE, BREAKING_STYLE, LOOKS_FOR_STYLE];
const SAY_MS = 400; // after the pen's last move: ten answers a second read aloud help nobody
const OPENED = "opened"; // the tab of the opened number

/** @param {Root} root
 *  @param {ToPython} toPython */
function makeInside(root, toPython) {
  const element = root.appendChild(make("div", { class: "inside" }));
  const probe = element.appendChild(make("i", { hidden: "" }));
  let answered = 0; // what the digit in view is read as
  const seen = () => inkOf(pad.digit, picture.steps);
  const opened = makeOpenedUnits();
  const weights = makeWeights(run, (reason) => say(fill(message.words.unreachable, { reason })));
  const pad = makePad(changed, seen, () => answered);
  const picture = makePicture(changed);
  const answer = makeAnswer((digit) => openUnits([outputUnit(digit)]));
  const layers = makeLayers((unit) => openUnits([unit]), point);
  const epochs = makeEpochs(() => (loadWeights(), link.tell()));
  const extras = makeExtras(schedule, (unit) => (epochs.take("0"), loadWeights(), openUnits([unit])));
  const tell = () => link.tell();
  const unitView = makeUnitView(openUnits, tell);
  const choice = makeDigitChoice({ showDigit });
  const ask = (/** @type {string} */ question) => toPython.trigger("study", question);
  const breaking = makeBreaking({ changed, forward: outputsOf, ask, tell });
  const rightAndWrong = makeRightAndWrong({ showDigit: showTested, tell });
  const looksFor = makeLooksFor({ ask, showDigit: showUnchanged, openUnits, tell });
  const parts = {
    [OPENED]: unitView,
    right_and_wrong: rightAndWrong,
    breaking,
    looks_for: looksFor,
  };
  const tabs = makeTabs(parts, () => (showPart(), link.tell()));
  const link = makeLink(
    toPython,
    {
      drawing: pad.linked,
      at: { text: () => opened.text, take: (text) => opened.take(text, message.layers) },
      versus: { text: () => unitView.versus, take: (text) => (unitView.versus = text) },
      epoch: { text: () => epochs.text, take: (text) => epochs.take(text) },
      amounts: { text: () => breaking.text, take: (text) => breaking.take(text) },
      curve: breaking.curve,
      steps: { text: () => picture.offText, take: (text) => picture.takeOff(text) },
      beside: extras.linked,
      map: { text: () => looksFor.map.text, take: (text) => looksFor.map.take(text, message.layers) },
      cell: rightAndWrong.linked,
      images: rightAndWrong.images,
      cover: breaking.cover,
      terms: unitView.terms,
      seen: { text: seenText, take: () => {} }, // not for the link: for the code, which prints the opened number
      tab: { text: () => (tabs.name === OPENED ? "" : tabs.name), take: (text) => tabs.choose(text || OPENED) },
    },
    () => pad.busy,
  );
  const digit = element.appendChild(make("div", { class: "digit" }));
  pad.samples.after(choice.element);
  digit.append(pad.element, picture.element, answer.element);
  const network = element.appendChild(make("div", { class: "network" }));
  const bar = make("div", { class: "bar-of-tabs" });
  bar.append(tabs.row, epochs.element);
  layers.foot.append(extras.choices);
  network.append(layers.element, extras.element, bar, tabs.element);

  /** @type {InsideMessage} */
  let message;
  /** @type {Pass | null} */
  let pass = null;
  /** The digit as the network gets it; null while nothing is drawn.
   *  @type {Float32Array | null} */
  let ink = null;
  /** @type {BytePalette} */
  let palette;
  let built = "";
  let [frame, timer] = [0, 0];

  function changed() {
    schedule();
    link.tell();
  }

  function schedule() {
    frame ||= requestAnimationFrame(() => ((frame = 0), run()));
  }

  /** That answer's number, in the last layer.
   *  @param {number} digit
   *  @returns {Unit} */
  const outputUnit = (digit) => ({ layer: message.layers.length - 1, channel: digit, row: 0, column: 0 });

  /** What each layer makes of ink, with the weights in view.
   *  @param {Float32Array} ink */
  function outputsOf(ink) {
    return weights.tensors ? passOf(message, weights.tensors, ink, picture.steps.normalise).outputs : [];
  }

  function run() {
    const { tensors } = weights;
    if (!tensors) return;
    const placed = seen();
    // In whole 255ths, as images are kept: the code, and a PNG, have the very numbers.
    ink = placed && inWhole255ths(breaking.transform(placed, pad.digit.number));
    pass = passOf(message, tensors, ink, picture.steps.normalise);
    picture.paint(ink, palette, !!pad.digit.image);
    layers.paint(pass, !!ink, message.words, palette);
    extras.paint(pass, !!ink, palette);
    const logits = Array.from(pass.outputs[pass.outputs.length - 1]);
    answer.update(ink && probabilities(logits), message.words);
    answered = Math.max(0, logits.indexOf(Math.max(...logits)));
    opened.answer(outputUnit(answered));
    clearTimeout(timer);
    if (pad.busy) timer = setTimeout(showPart, SAY_MS);
    else showPart();
    link.tell();
  }

  /** What the code prints, once there is something. */
  function seenText() {
    const unit = opened.path.at(-1);
    return ink && unit ? numberText(unit, rivalOf(message.layers, unit, unitView.versus), ink) : "";
  }

  /** @param {Digit} shown */
  function showDigit(shown) {
    pad.change(shown);
  }

  /** A digit as it was measured.
   *  @param {Digit} shown */
  function showUnchanged(shown) {
    breaking.take("");
    showDigit(shown);
    digit.scrollIntoView({ block: "nearest" });
  }

  /** One that was read: its answer is opened, against the digit that it is.
   *  @param {Digit} shown */
  function showTested(shown) {
    opened.clear();
    unitView.versus = String(shown.label ?? "");
    showUnchanged(shown);
  }

  /** Another unit is opened: the last one of a path that leads to it. The tab stays where there is no way back to it.
   *  @param {Unit[]} path
   *  @param {boolean} [reveal] whether it comes into view */
  function openUnits(path, reveal = true) {
    opened.open(path);
    if (!tabs.row.hidden) tabs.choose(OPENED);
    showPart();
    if (reveal && tabs.name === OPENED) unitView.reveal();
    link.tell();
  }

  function showPart() {
    if (!pass || !opened.path.length) return;
    const sight = { pass, digit: pad.digit, ink, units: opened.path, epoch: epochs.number };
    choice.show(sight);
    looksFor.map.follow(opened.path[opened.path.length - 1], message.layers);
    tabs.part.show(sight);
    point(null);
  }

  /** Says what the pointer, or a key, is on, and shows what it sees; without one, what is opened.
   *  @param {Unit | null} unit */
  function point(unit) {
    if (!pass) return;
    const one = unit ?? opened.path.at(-1);
    layers.mark(pass, one, !!unit, message.words);
    if (!one) return;
    const here = { rows: [one.row, one.row], columns: [one.column, one.column] };
    picture.frame(one.layer === PIXELS ? here : seenBy(message.layers, one));
  }

  /** What a lecturer's link hides, by its name in the link.
   *  @param {string[]} hidden */
  function hide(hidden) {
    tabs.row.hidden = hidden.includes("tab");
    picture.stepsElement.hidden = hidden.includes("steps");
    if (hidden.includes("epoch")) epochs.element.hidden = true;
  }

  const loadWeights = () => weights.load(message.weights[epochs.number][1]);

  /** A sentence in the answer's place.
   *  @param {string} sentence */
  const say = (sentence) => answer.update(null, { ...message.words, empty: sentence });

  /** The sheets of another network. */
  function build() {
    const layout = JSON.stringify(message.layers.map(({ name, output }) => [name, output]));
    if (layout === built) return;
    built = layout;
    opened.clear();
    looksFor.map.clear(message.layers);
    weights.clear();
    link.forget(["at", "versus", "epoch", "map"]);
    say(message.words.waiting);
    layers.build(message);
    extras.build(message);
  }

  return {
    /** @param {InsideMessage} sent */
    update(sent) {
      message = sent;
      palette = makePalette(probe, palette);
      const { words } = message;
      build();
      epochs.update(message.weights, words);
      pad.update(message, palette);
      link.restore(message.link);
      picture.update(words);
      extras.update(message);
      choice.update(message, palette);
      tabs.update(message, palette);
      hide(message.hidden);
      weights.keep(message.weights.map(([, address]) => address));
      loadWeights();
    },
    close() {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      for (const part of [link, epochs, unitView, breaking]) part.close();
    },
  };
}

export default component(STYLES, makeInside);
