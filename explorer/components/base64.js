// Bytes that came as base64.

/** The bytes of a text.
 *  @type {(text: string) => Uint8Array<ArrayBuffer>} */
export const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
