// Which unit is opened, and the path that led to it; until the learner opens one, the answer's.

/** @import { LayerMessage } from "../../messages.d.ts" */
/** @import { Unit } from "../types.d.ts" */

import { pathOf, pathText } from "./path_text.js";

export function makeOpenedUnits() {
  let followsAnswer = true;
  const opened = {
    /** Each is made of the next; the last one is seen.
     *  @type {Unit[]} */
    path: [],
    /** @param {Unit[]} path */
    open(path) {
      opened.path = path;
      followsAnswer = false;
    },
    /** The answer's unit is another: it is seen, where no other has been opened.
     *  @param {Unit} unit */
    answer(unit) {
      if (followsAnswer) opened.path = [unit];
    },
    clear() {
      opened.path = [];
      followsAnswer = true;
    },
    /** As the link has it. */
    get text() {
      return followsAnswer ? "" : pathText(opened.path);
    },
    /** @param {string} text
     *  @param {LayerMessage[]} layers */
    take(text, layers) {
      opened.path = text ? pathOf(text, layers) : [];
      followsAnswer = !opened.path.length;
    },
  };
  return opened;
}
