// The confusion matrix of a run's last evaluation; its predictions are fetched when there are new ones.

/** @import { ConfusionMessage } from "../messages.d.ts" */
/** @import { Root } from "../types.d.ts" */
/** @import { Predictions } from "./types.d.ts" */

import { component } from "../component.js";
import { make, write } from "../elements.js";
import { fill } from "../template.js";
import STYLE from "./confusion.css" with { type: "css" };
import MATRIX_STYLE from "./matrix.css" with { type: "css" };
import { makeMatrix } from "./matrix.js";
import { classSizes, confusion, fetchPredictions, testedText } from "./predictions.js";

/** @type {Predictions} */
const NONE = { labels: new Uint8Array(), answers: [], shares: new Float32Array(), order: [] };

/** @param {Root} root */
function makeConfusion(root) {
  /** @type {Document | ShadowRoot} */ (root.getRootNode()).adoptedStyleSheets.push(MATRIX_STYLE);
  const element = root.appendChild(make("section"));
  const title = element.appendChild(make("h3"));
  const said = element.appendChild(make("p"));
  const matrix = makeMatrix((label, answer) => {
    chosen = [label, answer];
    draw();
  });
  element.append(matrix.element);
  /** @type {ConfusionMessage} */
  let message;
  /** What stands there, its passes over the images, and where it came from. */
  let [seen, epoch, address] = [NONE, 0, ""];
  /** @type {[number, number] | null} */
  let chosen = null;
  let drawn = "";

  /** @param {string} [trouble] */
  function draw(trouble) {
    const { names, words } = message;
    write(title, words.matrix);
    const counts = confusion(seen);
    const tested = seen === NONE ? words.empty : testedText(seen, epoch, words.tested);
    const [label, answer] = chosen ?? [0, 0];
    const values = { label: names[label], answer: names[answer], images: counts[label][answer] };
    const cell = chosen && seen !== NONE ? ` ${fill(words.matrix_cell, values)}` : "";
    write(said, trouble ?? tested + cell);
    matrix.update(counts, classSizes(seen), names, words, chosen);
  }

  return {
    /** @param {ConfusionMessage} sent */
    async update(sent) {
      message = sent;
      const now = JSON.stringify(sent);
      if (now === drawn) return;
      drawn = now;
      if (sent.address === address) return draw();
      [address, seen] = [sent.address, sent.address ? seen : NONE];
      draw();
      if (!sent.address) return;
      try {
        const predictions = await fetchPredictions(sent.address);
        if (sent.address !== address) return; // newer ones are on their way
        [seen, epoch] = [predictions, sent.epoch];
        draw();
      } catch (error) {
        draw(fill(message.words.predictions_unreachable, { reason: /** @type {Error} */ (error).message }));
      }
    },
  };
}

export default component(STYLE, makeConfusion);
