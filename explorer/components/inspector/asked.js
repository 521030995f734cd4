// What an exercise asks for: a sign stands in its place until the learner has answered.

/** @import { Grid } from "./types.d.ts" */

export const UNKNOWN = "?";

/** Whether it is this cell, a row and a column of the grid itself.
 *  @type {(grid: Grid, row: number, column: number) => boolean} */
export const isAsked = ({ asked }, row, column) => Array.isArray(asked) && asked[0] === row && asked[1] === column;
