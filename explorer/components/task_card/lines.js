// Text in lines of a width.

const WIDE = /\p{Script=Han}|[\u3000-\u303f\uff00-\uffef]/u; // Chinese: a line ends behind any sign …
const NO_START = /^[\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b\uff1f\u300b\u300d\u201d]/u; // … but none begins with these

/** `text` in lines that `measure` says are at most `width` wide, broken between words, between Chinese signs, and
 *  within a word that is wider than a line.
 *  @type {(text: string, width: number, measure: (text: string) => number) => string[]} */
export function linesOf(text, width, measure) {
  const lines = [""];
  for (const piece of pieces(text)) {
    const last = lines.length - 1;
    if (measure((lines[last] + piece).trimEnd()) <= width) lines[last] += piece;
    else if (measure(piece.trimEnd()) <= width) lines.push(piece);
    else for (const sign of piece) bySign(lines, sign, width, measure);
  }
  return lines.map((line) => line.trimEnd()).filter(Boolean);
}

/** @type {(lines: string[], sign: string, width: number, measure: (text: string) => number) => void} */
function bySign(lines, sign, width, measure) {
  if (measure(lines[lines.length - 1] + sign) <= width) lines[lines.length - 1] += sign;
  else lines.push(sign);
}

/** What stays together: a word with the space behind it, a Chinese sign with what may not begin a line.
 *  @type {(text: string) => string[]} */
function pieces(text) {
  /** @type {string[]} */
  const found = [];
  let open = false; // whether the next sign goes on with the last piece
  for (const sign of text) {
    if (found.length && (NO_START.test(sign) || sign === " " || (open && !WIDE.test(sign))))
      found[found.length - 1] += sign;
    else found.push(sign);
    open = sign !== " " && !WIDE.test(sign);
  }
  return found;
}
