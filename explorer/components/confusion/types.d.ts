// What is counted of a network's answers.

import type { ConfusionWords } from "../messages.d.ts";

/** What a network said of each test image: what it is, what it was read as (null: no answer), and the answer's
 *  probability, in 255ths; `order` are the images' numbers, the surest first. */
export interface Predictions {
  labels: Uint8Array;
  answers: (number | null)[];
  shares: Float32Array;
  order: number[];
}
export type MatrixWords = Pick<
  ConfusionWords,
  "matrix" | "matrix_label" | "matrix_answer" | "matrix_right" | "matrix_cell"
>;
