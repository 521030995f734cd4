// The verdict on an answer, and under it the learner's chain of computation beside the right one, line by line.

/** @import { ChainMessage, ExerciseMessage } from "../messages.d.ts" */
/** @import { Root, ToPython } from "../types.d.ts" */

import { component } from "../component.js";
import { add, make, write } from "../elements.js";
import STYLE from "./exercise.css" with { type: "css" };
import { bringIntoView, focusField } from "./into_view.js";
import { joined, readProgress, writeProgress } from "./kept_progress.js";

const FIRST = "exercise_answer_0"; // the field that a visit begins with
const SIGNS = { "": "", right: "✓ ", wrong: "✗ ", shown: "" };

/** @param {Root} root
 *  @param {ToPython} toPython */
function makeView(root, toPython) {
  const verdict = add(root, "p", { role: "status" });
  const chains = add(root, "div", { className: "chains", role: "group" });
  let [told, field, answer] = ["", "", ""];

  /** @param {ExerciseMessage} data */
  function update(data) {
    write(verdict, SIGNS[data.kind] + data.verdict);
    verdict.className = data.kind;
    chains.ariaLabel = data.words.chains;
    chains.hidden = !data.chains.length;
    chains.replaceChildren(...data.chains.map((chain) => drawn(chain, data.words.differs)));
    keep(data.progress);
    show(data);
  }

  /** A new question comes into view, and its field has the keyboard, but where a link has opened it; after an
   *  answer its verdict comes into view, with as much around it as there is room for.
   *  @param {ExerciseMessage} data */
  function show(data) {
    const { host } = /** @type {ShadowRoot} */ (root.getRootNode());
    const panel = host.closest(".st-key-exercise_panel") ?? host;
    if (data.field !== field) {
      bringIntoView(panel);
      if (data.field !== FIRST) focusField(panel, data.field);
    } else if (data.verdict && data.verdict !== answer) panel.scrollIntoView({ block: "nearest" });
    [field, answer] = [data.field, data.verdict];
  }

  /** @param {string} progress */
  function keep(progress) {
    const storage = () => window.localStorage;
    const kept = readProgress(storage);
    const all = joined(kept, progress);
    if (all !== kept) writeProgress(storage, all);
    if (all === told || all.length <= progress.length) return;
    told = all;
    toPython.send("progress", all);
  }
  return { update };
}

/** A list of lines; the one where the chains part is marked by a sign, a frame and, for who does not see them, words.
 *  @param {ChainMessage} chain
 *  @param {string} differs
 *  @returns {HTMLElement} */
function drawn({ title, lines }, differs) {
  const block = make("section", { "aria-label": title });
  block.append(make("h5", {}, title));
  const list = add(block, "ol");
  for (const line of lines) {
    const item = add(list, "li", { className: line.differs ? "differs" : "" });
    item.append(make("code", {}, line.text));
    if (line.differs) item.append(make("em", {}, `← ${differs}`));
  }
  return block;
}

export default component(STYLE, makeView);
