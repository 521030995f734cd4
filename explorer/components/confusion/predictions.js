// What a network said of each test image, as an evaluation keeps it: two bytes an image. What is counted of them is pure.

/** @import { Predictions } from "./types.d.ts" */

import { readBytes } from "../forward/weights.js";
import { fill } from "../template.js";

export const CLASSES = 10;
const NO_ANSWER = CLASSES * CLASSES; // and the label: the network's outputs were no numbers
const SUREST = 254.5; // of 255: the largest byte says 99.8 % or more, which is not all

/** The predictions of a file of safetensors. Throws where it holds none.
 *  @param {ArrayBuffer} file
 *  @returns {Predictions} */
export function readPredictions(file) {
  const parts = Object.fromEntries(readBytes(file, "U8").map(([name, bytes]) => [name, new Uint8Array(bytes)]));
  const { pair, probability } = parts;
  if (!pair?.length || pair.length !== probability?.length) throw new Error("pair, probability?");
  return {
    labels: pair.map((byte) => (byte < NO_ANSWER ? Math.floor(byte / CLASSES) : byte - NO_ANSWER)),
    answers: Array.from(pair, (byte) => (byte < NO_ANSWER ? byte % CLASSES : null)),
    shares: Float32Array.from(probability, (byte) => Math.min(byte, SUREST) / 255),
    order: Array.from(pair, (_, number) => number).sort((a, b) => probability[b] - probability[a] || a - b),
  };
}

/** The predictions at an address of this server.
 *  @param {string} address
 *  @returns {Promise<Predictions>} */
export async function fetchPredictions(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.status}`);
  return readPredictions(await answer.arrayBuffer());
}

/** How many images of each class (row) were read as each (column).
 *  @param {Predictions} predictions
 *  @returns {number[][]} */
export function confusion({ labels, answers }) {
  const counts = Array.from({ length: CLASSES }, () => Array(CLASSES).fill(0));
  answers.forEach((answer, number) => {
    if (answer !== null) counts[labels[number]][answer]++;
  });
  return counts;
}

/** How many images there are of each class, those without an answer too.
 *  @param {Predictions} predictions
 *  @returns {number[]} */
export function classSizes({ labels }) {
  const sizes = Array(CLASSES).fill(0);
  for (const label of labels) sizes[label]++;
  return sizes;
}

/** The numbers of the images of one class that were read as another, or as itself, the surest first.
 *  @param {Predictions} predictions
 *  @param {number} label
 *  @param {number} answer */
export const readAs = ({ labels, answers, order }, label, answer) =>
  order.filter((number) => labels[number] === label && answers[number] === answer);

/** The numbers of the images that were read as what they are not, the surest first: those it was most wrong about.
 *  @param {Predictions} predictions */
export const mistakes = ({ labels, answers, order }) =>
  order.filter((number) => answers[number] !== null && answers[number] !== labels[number]);

/** How many are right, said by `template`, after so many passes over the images.
 *  @param {Predictions} predictions
 *  @param {number} epoch
 *  @param {string} template */
export function testedText({ labels, answers }, epoch, template) {
  const right = answers.filter((answer, number) => answer === labels[number]).length;
  const percent = `${((100 * right) / answers.length).toFixed(2)}%`;
  return fill(template, { epoch, percent, images: answers.length, wrong: answers.length - right });
}
