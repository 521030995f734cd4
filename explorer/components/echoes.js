// What Python says again of what the browser has told it: no news, however late it comes.

/** @import { Echoes } from "./types.d.ts" */

const MOST = 50; // some of it Python never repeats

/** Python answers what it is told in its order, some of it in one answer; so what was told before stays known until an
 *  answer repeats something later. All else is news: a link, Back, another control.
 *  @returns {Echoes} */
export function makeEchoes() {
  /** The oldest first: what an answer has repeated last, then what none has repeated yet.
   *  @type {string[]} */
  let told = [];
  return {
    get last() {
      return told.at(-1);
    },
    tell: (text) => void (told.at(-1) === text || (told = [...told.slice(-MOST), text])),
    isNews(text) {
      const place = told.indexOf(text);
      told = place < 0 ? [text] : told.slice(place);
      return place < 0;
    },
    forget: () => void (told = []),
  };
}
