// Which exercises were answered, as codes of three signs, in the browser's own storage. Pure, but for the storage that
// is given.

const KEY = "cnn-explorer-exercises";
const SIGNS = 3;
const MOST_SIGNS = 600; // as limits.MAX_PROGRESS says

/** The codes of both texts, each once.
 *  @type {(one: string, other: string) => string} */
export const joined = (one, other) =>
  [...new Set(`${one}${other}`.match(/[A-Za-z0-9_-]{3}/g) ?? [])].join("").slice(0, MOST_SIGNS - (MOST_SIGNS % SIGNS));

/** What the storage holds; a browser without one has none.
 *  @param {() => Storage} storage
 *  @returns {string} */
export function readProgress(storage) {
  try {
    return joined(storage().getItem(KEY) ?? "", "");
  } catch {
    return ""; // it is closed to this page
  }
}

/** @param {() => Storage} storage
 *  @param {string} progress */
export function writeProgress(storage, progress) {
  try {
    storage().setItem(KEY, progress);
  } catch {
    // closed or full: it lasts as long as the session
  }
}
