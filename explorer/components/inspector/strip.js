// The lines under the picture: the arithmetic of the open cell, read out and to be copied, and a hint below. Its height
// is place.css's: what is longer scrolls in it, so that nothing below moves.

/** @import { Line, Strip } from "./types.d.ts" */

import { make } from "../elements.js";

const COPIED_MS = 1500;
const LONG = 90; // characters: a longer line is written smaller

/** @returns {Strip} */
export function makeStrip() {
  const lines = make("div", { class: "strip", role: "status", "aria-live": "polite", tabindex: 0 });
  const copy = make("button", { type: "button", class: "copy" });
  const unfold = make("button", { type: "button", hidden: "" });
  const foot = make("div", { class: "foot" });
  const hint = make("p", { class: "hint" });
  const buttons = make("div", { class: "buttons" });
  buttons.append(copy, unfold);
  foot.append(lines, buttons);
  const strip = /** @type {Strip} */ (
    /** @type {Partial<Strip>} */ ({
      elements: [foot, hint],
      words: /** @type {Strip["words"]} */ ({}),
      hint: "",
      content: /** @type {Line[]} */ ([]),
      unfolded: false,
      scrolled: false,
      folds: "",
    })
  );

  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText([...lines.children].map((line) => line.textContent).join("\n"));
    } catch {
      // Without https there is no clipboard: the text is selected instead, ready for Ctrl-C.
      return getSelection()?.selectAllChildren(lines);
    }
    copy.textContent = strip.words.copied;
    setTimeout(() => (copy.textContent = strip.words.copy), COPIED_MS);
  });
  unfold.addEventListener("click", () => {
    strip.unfolded = !strip.unfolded;
    strip.show(strip.content);
  });
  lines.addEventListener("scroll", () => (strip.scrolled = true));

  /** [[string, {bold} or {folded, open}]], a line each; the first says which cell it is about. */
  strip.show = (content) => {
    strip.content = content;
    /** @type {(part: Line[number]) => string | HTMLElement} */
    const written = (part) => {
      if (typeof part === "string") return part;
      return "folded" in part ? part[strip.unfolded ? "open" : "folded"] : make("b", {}, part.bold);
    };
    /** @type {(parts: Line, number: number) => HTMLElement} */
    const element = (parts, number) => {
      const line = make("div", number ? {} : { class: "name" });
      line.append(...parts.map(written));
      return line;
    };
    lines.replaceChildren(...content.map(element));
    lines.classList.toggle(
      "long",
      [...lines.children].some((line) => line.textContent.length > LONG),
    );
    if (strip.scrolled) lines.scrollTop = 0; // which lays the page out: not at every move of the pointer
    strip.scrolled = false;
    offerFolding(content.flat().some((part) => typeof part !== "string" && "folded" in part));
  };

  /** @param {boolean} folds */
  function offerFolding(folds) {
    const offered = [folds, strip.unfolded, strip.words.fold].join();
    if (offered === strip.folds) return;
    strip.folds = offered;
    foot.classList.toggle("unfolded", folds && strip.unfolded);
    unfold.hidden = !folds;
    unfold.setAttribute("aria-expanded", String(strip.unfolded));
    unfold.textContent = strip.words[strip.unfolded ? "fold" : "unfold"];
  }

  /** Not read out while windows pass by: sixty sentences a second help nobody. */
  strip.hush = (on) => lines.setAttribute("aria-live", on ? "off" : "polite");

  /** A sentence about what was typed, or, without one, the hint again. */
  strip.say = (sentence) => {
    hint.textContent = sentence ?? strip.hint;
    hint.classList.toggle("wrong", sentence !== undefined);
  };

  strip.update = (words, resting) => {
    Object.assign(strip, { words, hint: resting });
    copy.textContent = words.copy;
    strip.say();
  };
  return strip;
}
