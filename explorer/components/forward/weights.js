// A network's weights, as safetensors has them: fetched once, and kept by the browser for ever.

/** @import { Tensors } from "./types.d.ts" */

const LENGTH_BYTES = 8;

/** The bytes of each tensor of that type, "F32" or "U8", in a file of safetensors; what else it holds is left out.
 *  @param {ArrayBuffer} file
 *  @param {string} type
 *  @returns {[string, ArrayBuffer][]} */
export function readBytes(file, type) {
  const length = Number(new DataView(file).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, LENGTH_BYTES, length)));
  return Object.entries(header)
    .filter(([, { dtype }]) => dtype === type)
    .map(([name, { data_offsets: ends }]) => {
      const [start, stop] = ends.map((/** @type {number} */ end) => end + LENGTH_BYTES + length);
      return [name, file.slice(start, stop)]; // a copy: floats begin at a multiple of four
    });
}

/** The float32 tensors of a file of safetensors.
 *  @param {ArrayBuffer} file
 *  @returns {Tensors} */
export const readTensors = (file) =>
  Object.fromEntries(readBytes(file, "F32").map(([name, bytes]) => [name, new Float32Array(bytes)]));

/** The tensors at an address of this server.
 *  @param {string} address
 *  @returns {Promise<Tensors>} */
export async function fetchTensors(address) {
  const answer = await fetch(new URL(address, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return readTensors(await answer.arrayBuffer());
}
