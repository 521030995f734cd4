// The exercise's card, drawn on a canvas: a picture that can be given away, in the fonts of any language.

/** @import { CardMessage, ComparedMessage } from "../messages.d.ts" */
/** @import { Root } from "../types.d.ts" */
/** @typedef {(text: string, x: number, y: number, size: number, ink?: string, weight?: number) => void} Say */

import { component } from "../component.js";
import { add, contextOf } from "../elements.js";
import { linesOf } from "./lines.js";
import STYLE from "./task_card.css" with { type: "css" };

const WIDTH = 1000,
  NARROW = 500, // on a phone, where the networks stand one below the other
  SCALE = 2; // of the picture: sharp on paper and on dense screens
// Paper in both themes: it is given away.
const PAPER = "#ffffff",
  INK = "#1f2933",
  PALE = "#52606d",
  RULE = "#1f66b4";

/** @param {Root} root */
function makeView(root) {
  const canvas = add(root, "canvas", { role: "img" });
  const link = add(root, "a", { className: "download" });
  /** @type {CardMessage | undefined} */
  let shown;
  let width = 0;
  const drawAnew = () => shown && drawCard(canvas, shown, width);
  document.fonts.ready.then(drawAnew); // the page's own font comes later
  new ResizeObserver(() => {
    const fitting = canvas.clientWidth < NARROW ? NARROW : WIDTH;
    if (fitting === width) return;
    width = fitting;
    drawAnew();
  }).observe(canvas);

  /** @param {CardMessage} data */
  function update(data) {
    shown = data;
    drawAnew();
    link.hidden = !data.file;
    link.textContent = data.words.download;
    link.download = data.file;
    link.href ||= "#";
    link.onclick = () => (link.href = canvas.toDataURL("image/png")); // made when it is asked for
  }
  return { update };
}

/** @param {HTMLCanvasElement} canvas
 *  @param {CardMessage} data
 *  @param {number} width */
function drawCard(canvas, data, width) {
  if (!width) return; // its place has none yet
  canvas.ariaLabel = spoken(data);
  const font = getComputedStyle(canvas).fontFamily;
  const height = paint(contextOf(canvas), data, width, font); // measured first: it is the text's
  Object.assign(canvas, { width: width * SCALE, height: height * SCALE });
  const context = contextOf(canvas);
  context.scale(SCALE, SCALE);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, width, height);
  paint(context, data, width, font);
}

/** All of the card as one text. @type {(data: CardMessage) => string} */
const spoken = ({ title, networks, facts }) =>
  [
    title,
    ...networks.map(({ name, accuracy, facts: lines }) => [name, accuracy, ...lines].join(", ")),
    ...facts.map(({ label, text }) => `${label}: ${text}`),
  ].join(". ");

/** Draws from the top and answers how high all of it is.
 *  @param {CanvasRenderingContext2D} context
 *  @param {CardMessage} data
 *  @param {number} width
 *  @param {string} font
 *  @returns {number} */
function paint(context, { title, corner, networks, facts }, width, font) {
  /** @type {Say} */
  const say = (text, x, y, size, ink = INK, weight = 400) => {
    context.font = `${weight} ${size}px ${font}`;
    context.fillStyle = ink;
    context.fillText(text, x, y);
  };
  const isNarrow = width === NARROW,
    margin = isNarrow ? 24 : 48;
  context.fillStyle = RULE;
  context.fillRect(0, 0, width, 8);
  say(title, margin, 60, isNarrow ? 26 : 32, INK, 600);
  say(corner, margin, 90, 18, PALE);
  let y = 100;
  networks.forEach((one, place) => {
    const beside = isNarrow ? 0 : (place * (width - 2 * margin)) / networks.length;
    const bottom = network(say, one, margin + beside, isNarrow ? y : 100);
    y = Math.max(y, bottom);
  });
  y += 32;
  for (const { label, text } of facts) {
    say(label, margin, y, 18, PALE);
    y += 28;
    context.font = `400 22px ${font}`;
    for (const line of linesOf(text, width - 2 * margin, (some) => context.measureText(some).width)) {
      say(line, margin, y, 22);
      y += 30;
    }
    y += 16;
  }
  return y;
}

/** Draws one network below `y` and answers where it ends.
 *  @param {Say} say
 *  @param {ComparedMessage} one
 *  @param {number} x
 *  @param {number} y
 *  @returns {number} */
function network(say, { name, accuracy, facts }, x, y) {
  say(name, x, y + 38, 20, INK, 600);
  say(accuracy, x, y + 90, 42, INK, 600);
  facts.forEach((fact, place) => say(fact, x, y + 124 + 27 * place, 18, PALE));
  return y + 108 + 27 * facts.length;
}

export default component(STYLE, makeView);
