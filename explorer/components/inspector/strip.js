// The lines under the picture: the arithmetic of the open cell, read out and to be copied, and a hint below.

const COPIED_MS = 1500;

function makeStrip() {
  const lines = make("div", { class: "strip", role: "status", "aria-live": "polite" });
  const copy = make("button", { type: "button", class: "copy" });
  const foot = make("div", { class: "foot" });
  const hint = make("p", { class: "hint" });
  foot.append(lines, copy);
  const strip = { elements: [foot, hint], height: 0, words: {}, hint: "" };

  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText([...lines.children].map((line) => line.textContent).join("\n"));
    } catch {
      // Without https there is no clipboard: the text is selected instead, ready for Ctrl-C.
      return getSelection().selectAllChildren(lines);
    }
    copy.textContent = strip.words.copied;
    setTimeout(() => (copy.textContent = strip.words.copy), COPIED_MS);
  });

  /** [[string or {bold}]], a line each; the first says which cell it is about. */
  strip.show = (content) => {
    const element = (parts, number) => {
      const line = make("div", number ? {} : { class: "name" });
      line.append(...parts.map((part) => (typeof part === "string" ? part : make("b", {}, part.bold))));
      return line;
    };
    lines.replaceChildren(...content.map(element));
  };

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

  /** Gives back the height that longer sums have taken; until then it only grows, so that nothing below jumps. */
  strip.shrink = () => {
    strip.height = 0;
    lines.style.minHeight = "";
  };
  new ResizeObserver(([{ contentRect }]) => {
    strip.height = Math.max(strip.height, contentRect.height);
    lines.style.minHeight = `${strip.height}px`;
  }).observe(lines);
  return strip;
}
