// The weights in view: fetched once each, and kept while one network's epochs are gone through.

/** @import { Tensors } from "../forward/types.d.ts" */

import { fetchTensors } from "../forward/weights.js";

/** `arrived()` when those asked for last are there, `failed(reason)` when they are not to be had.
 *  @param {() => void} arrived
 *  @param {(reason: string) => void} failed */
export function makeWeights(arrived, failed) {
  /** @type {Map<string, Tensors>} */
  const kept = new Map(); // by their address
  let wanted = "";
  const weights = {
    /** @type {Tensors | null} */
    tensors: null,
    /** @param {string} address */
    async load(address) {
      wanted = address;
      try {
        if (!kept.has(address)) kept.set(address, await fetchTensors(address));
        if (wanted !== address) return; // others have been asked for since
        weights.tensors = kept.get(address) ?? null;
        arrived();
      } catch (error) {
        if (wanted === address) failed(/** @type {Error} */ (error).message);
      }
    },
    /** Forgets all others: the run has gone on.
     *  @param {string[]} addresses */
    keep(addresses) {
      for (const address of kept.keys()) if (!addresses.includes(address)) kept.delete(address);
    },
    /** Another network's are to come. */
    clear() {
      kept.clear();
      weights.tensors = null;
    },
  };
  return weights;
}
