// What the page's link holds of this view: texts that Python keeps, and that the browser alone reads.

/** @import { Echoes, ToPython } from "../types.d.ts" */

import { makeEchoes } from "../echoes.js";

const TELL_MS = 1000; // at rest, until the link has what is to be seen

/** One thing that the link holds: `text()` is what is to be seen, `take(text)` shows what a link says.
 *  @typedef {{ text: () => string, take: (text: string) => void }} Linked */

/** `linked` by their names; nothing is told while `isBusy()`.
 *  @param {ToPython} toPython
 *  @param {Record<string, Linked>} linked
 *  @param {() => boolean} isBusy */
export function makeLink(toPython, linked, isBusy) {
  /** @type {Record<string, Echoes>} */
  const told = Object.fromEntries(Object.keys(linked).map((name) => [name, makeEchoes()]));
  let timer = 0;

  /** Lets Python know what is to be seen, once it is at rest. */
  function tell() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (isBusy()) return tell();
      const now = Object.fromEntries(Object.entries(linked).map(([name, { text }]) => [name, text()]));
      if (Object.keys(now).every((name) => now[name] === told[name].last)) return;
      for (const name of Object.keys(now)) told[name].tell(now[name]);
      toPython.send("link", now);
    }, TELL_MS);
  }

  return {
    tell,
    /** Shows what the link says, but for what this view has told itself.
     *  @param {Record<string, string>} said */
    restore(said) {
      for (const name of Object.keys(said)) {
        if (told[name].isNews(said[name])) linked[name].take(said[name]);
      }
    },
    /** Another network is shown: what the link says counts again.
     *  @param {string[]} names */
    forget: (names) => names.forEach((name) => told[name].forget()),
    close: () => clearTimeout(timer),
  };
}
