// Bytes that came as base64.

/** The bytes of a text. */
export const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
