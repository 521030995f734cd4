// A question to the whole test set, which the server answers: the button that asks, how far it is, and what went wrong.

/** @import { Message } from "./types.d.ts" */

import { make, write } from "../elements.js";
import { fill } from "../template.js";

const COUNT = new Intl.NumberFormat("en");

/** `ask(question)` sends it to Python; "" gives up what is waited for.
 *  @param {(question: string) => void} ask */
export function makeMeasuring(ask) {
  const element = make("div", { class: "measuring" });
  const button = element.appendChild(make("button", { type: "button" }));
  const bar = element.appendChild(make("progress"));
  const said = element.appendChild(make("p", { role: "status" }));
  let [question, isAsked] = ["", false];
  button.addEventListener("click", () => ask(isAsked ? "" : question));

  return {
    element,
    /** Shows how it stands with a question. Where it `isAnswered` the answer is that of the whole training, which is
     *  said while another `epoch` is in view.
     *  @param {string} itsQuestion
     *  @param {boolean} isAnswered
     *  @param {Message} message
     *  @param {number} epoch */
    show(itsQuestion, isAnswered, { weights, words, measured: { study, refusal } }, epoch) {
      const mine = study?.question === itsQuestion ? study : null;
      const another = !mine && study && study.state !== "failed";
      question = itsQuestion;
      isAsked = !!mine && mine.state !== "failed";
      button.hidden = isAnswered;
      write(button, isAsked ? words.measure_cancel : words.measure);
      button.disabled = !isAsked && (!!refusal || !!another);
      bar.hidden = isAnswered || !isAsked;
      bar.max = mine?.total || 1;
      bar.value = mine?.done ?? 0;
      if (isAnswered) write(said, epoch === weights.length - 1 ? "" : words.measured_at_end);
      else write(said, mine ? sentenceOf(mine, words) : another ? words.measure_another : refusal);
    },
  };
}

/** @param {NonNullable<Message["measured"]["study"]>} study
 *  @param {Message["words"]} words */
function sentenceOf({ state, sentence, done, total }, words) {
  if (state === "failed") return sentence;
  return state === "running" && total
    ? fill(words.measure_running, { done: COUNT.format(done), total: COUNT.format(total) })
    : words.measure_waiting;
}
