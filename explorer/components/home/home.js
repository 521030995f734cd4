// Home's picture: what is drawn on the pad runs through every layer of a trained network, and stands below as the vector
// that a dense layer would get of it. A click on any number asks for the Inside page, with that number open.

/** @import { HomeMessage } from "../messages.d.ts" */
/** @import { BytePalette, Root, ToPython } from "../types.d.ts" */
/** @import { Pass } from "../inside/unit/unit_scene.js" */
/** @import { Unit } from "../inside/types.d.ts" */

import { component } from "../component.js";
import { make } from "../elements.js";
import { probabilities } from "../forward/forward.js";
import { makeAnswer } from "../inside/answer.js";
import { inkOf } from "../inside/drawing/digit.js";
import { makePad } from "../inside/drawing/pad.js";
import { makePicture } from "../inside/drawing/picture.js";
import { SIDE } from "../inside/drawing/placing.js";
import INSIDE_STYLE from "../inside/inside.css" with { type: "css" };
import { makeLayers } from "../inside/layers/layers.js";
import { makeLink } from "../inside/link.js";
import { makeWeights } from "../inside/network_weights.js";
import { passOf } from "../inside/pass.js";
import { pathText } from "../inside/unit/path_text.js";
import { seenBy } from "../inside/unit/unit_terms.js";
import { makePalette } from "../pictures.js";
import { fill } from "../template.js";
import { makeFlattened } from "./flattened.js";
import HOME_STYLE from "./home.css" with { type: "css" };

const STYLES = [INSIDE_STYLE, HOME_STYLE];
const NOTHING = new Float32Array(SIDE * SIDE);

/** @param {Root} root
 *  @param {ToPython} toPython */
function makeHome(root, toPython) {
  const probe = root.appendChild(make("i", { hidden: "" }));
  const element = root.appendChild(make("div", { class: "inside" }));
  let answered = 0; // what the digit is read as
  const seen = () => inkOf(pad.digit, picture.steps);
  const weights = makeWeights(run, (reason) => say(fill(message.words.unreachable, { reason })));
  const pad = makePad(changed, seen, () => answered);
  const picture = makePicture(changed);
  const answer = makeAnswer((digit) => open({ layer: message.layers.length - 1, channel: digit, row: 0, column: 0 }));
  const layers = makeLayers(open, point);
  const flattened = makeFlattened();
  const steps = { text: () => picture.offText, take: picture.takeOff };
  const link = makeLink(toPython, { drawing: pad.linked, steps }, () => pad.busy);
  const digit = element.appendChild(make("div", { class: "digit" }));
  digit.append(pad.element, picture.element, answer.element);
  element.appendChild(make("div", { class: "network" })).append(layers.element);
  root.append(flattened.element);

  /** @type {HomeMessage} */
  let message;
  /** @type {Pass | null} */
  let pass = null;
  /** @type {BytePalette} */
  let palette;
  let [built, frame] = ["", 0];

  function changed() {
    frame ||= requestAnimationFrame(() => ((frame = 0), run()));
    link.tell();
  }

  function run() {
    const { tensors } = weights;
    const ink = seen();
    picture.paint(ink, palette, !!pad.digit.image);
    flattened.paint(ink ?? NOTHING);
    if (!tensors) return;
    pass = passOf(message, tensors, ink, picture.steps.normalise);
    layers.paint(pass, !!ink, message.words, palette);
    const logits = Array.from(pass.outputs[pass.outputs.length - 1]);
    answer.update(ink && probabilities(logits), message.words);
    answered = Math.max(0, logits.indexOf(Math.max(...logits)));
    point(null);
  }

  /** Says what the pointer, or a key, is on, and frames what it sees; without one, the answer.
   *  @param {Unit | null} unit */
  function point(unit) {
    if (!pass) return;
    const one = unit ?? { layer: message.layers.length - 1, channel: answered, row: 0, column: 0 };
    layers.mark(pass, one, !!unit, message.words);
    picture.frame(seenBy(message.layers, one));
  }

  /** @param {Unit} unit */
  function open(unit) {
    link.close(); // the way to Inside has the drawing; a second message would end the run that leads there
    toPython.trigger("open", { at: pathText([unit]), drawing: pad.linked.text(), steps: picture.offText });
  }

  /** A sentence in the answer's place.
   *  @param {string} sentence */
  const say = (sentence) => answer.update(null, { ...message.words, empty: sentence });

  return {
    /** @param {HomeMessage} sent */
    update(sent) {
      message = sent;
      palette = makePalette(probe, palette);
      const { words } = message;
      const layout = JSON.stringify([message.layers.map(({ name }) => name), words.layers]);
      if (layout !== built) {
        layers.build(message);
        if (!built) say(words.waiting);
        built = layout;
      }
      pad.update(message, palette);
      link.restore(message.link);
      picture.update(words);
      flattened.update(words, palette);
      run();
      weights.load(message.weights);
    },
    close() {
      cancelAnimationFrame(frame);
      link.close();
    },
  };
}

export default component(STYLES, makeHome);
