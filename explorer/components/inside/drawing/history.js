// What Undo and Redo bring back. Pure.

const MOST = 200; // that are remembered: an image is 3 kB

/** Values that another took the place of.
 *  @template Value */
export function makeHistory() {
  /** @type {Value[]} */
  const past = [];
  /** @type {Value[]} */
  const future = [];
  /** What comes in the place of `now`.
   *  @type {(from: Value[], to: Value[], now: Value) => Value} */
  const go = (from, to, now) => {
    if (!from.length) return now;
    to.push(now);
    return /** @type {Value} */ (from.pop());
  };
  return {
    get canUndo() {
      return past.length > 0;
    },
    get canRedo() {
      return future.length > 0;
    },
    /** Another value comes in the place of this one.
     *  @param {Value} now */
    remember(now) {
      past.push(now);
      if (past.length > MOST) past.shift();
      future.length = 0;
    },
    undo: (/** @type {Value} */ now) => go(past, future, now),
    redo: (/** @type {Value} */ now) => go(future, past, now),
  };
}
