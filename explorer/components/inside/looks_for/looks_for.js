// What a map looks for: the nine patches of test images that excite it most, as the unit there sees them.

/** @import { BytePalette } from "../../types.d.ts" */
/** @import { Digit, Message, Sight, Unit } from "../types.d.ts" */
/** @import { Found, Patch } from "./patches.js" */

import { childrenOf, make, repeat, write } from "../../elements.js";
import { shown } from "../../inspector/numbers.js";
import { paint } from "../../pictures.js";
import { fill } from "../../template.js";
import { fetchDigits } from "../drawing/test_digits.js";
import { makeMeasuring } from "../measuring.js";
import { makeMapChoice } from "./map_choice.js";
import { crop, darkEverywhere, layersWithMaps } from "./patches.js";

const QUESTION = "patches";
const COUNT = new Intl.NumberFormat("en");
const PATCH_PX = 84; // of the picture's longer side

/** `page.ask(question)`: Python is to measure; `page.showDigit(digit)` and `page.openUnits(path)`: they are to be seen;
 *  `page.tell()`: another map is.
 *  @param {{ ask: (question: string) => void, showDigit: (digit: Digit) => void, openUnits: (path: Unit[]) => void,
 *    tell: () => void }} page */
export function makeLooksFor(page) {
  const element = make("section", { class: "looks-for" });
  const choice = element.appendChild(make("div", { class: "which-map" }));
  const [layerChoice, mapChoice] = ["layer", "map"].map((name) => {
    const label = choice.appendChild(make("label", { class: name }));
    label.append(make("span"), make("select"));
    return /** @type {HTMLSelectElement} */ (label.lastChild);
  });
  const title = element.appendChild(make("h3"));
  const list = element.appendChild(make("div", { class: "patches" }));
  const note = element.appendChild(make("p"));
  const dark = element.appendChild(make("p"));
  const measuring = makeMeasuring(page.ask);
  element.append(measuring.element);
  /** @type {Message} */
  let message;
  /** @type {BytePalette} */
  let palette;
  /** @type {Found | null} */
  let found = null;
  let [address, failure] = ["", ""];
  /** The images that are shown, by their numbers, and where they are from.
   *  @type {Map<number, Digit>} */
  const digits = new Map();
  let digitsFrom = "";
  let epoch = 0;
  const map = makeMapChoice();
  layerChoice.addEventListener("change", () => go(Number(layerChoice.value), 0));
  mapChoice.addEventListener("change", () => go(map.chosen.layer, Number(mapChoice.value)));

  /** @param {number} layer
   *  @param {number} channel */
  function go(layer, channel) {
    map.chosen = { layer, channel };
    draw();
    fetchImages();
    page.tell();
  }

  /** What was found, once it is there. */
  async function load() {
    const wanted = message.measured.patches;
    if (wanted === address) return fetchImages();
    [address, found, failure] = [wanted, null, ""];
    if (!wanted) return;
    try {
      const answer = await fetch(new URL(wanted, document.baseURI));
      if (!answer.ok) throw new Error(String(answer.status));
      const { answer: itsAnswer } = await answer.json();
      if (wanted !== address) return; // another network's by now
      found = itsAnswer;
      draw();
      fetchImages();
    } catch (error) {
      if (wanted === address) fail(error);
    }
  }

  /** The images of the patches that are shown. */
  async function fetchImages() {
    if (digitsFrom !== message.digits) digits.clear();
    digitsFrom = message.digits;
    const missing = (patches() ?? []).map(([number]) => number).filter((number) => !digits.has(number));
    if (!missing.length || !digitsFrom) return;
    const wanted = digitsFrom;
    try {
      const fetched = await fetchDigits(wanted, missing);
      if (wanted !== message.digits) return;
      for (const digit of fetched) digits.set(Number(digit.number), digit);
      draw();
    } catch (error) {
      fail(error);
    }
  }

  /** @param {unknown} error */
  function fail(error) {
    failure = fill(message.words.images_unreachable, { reason: /** @type {Error} */ (error).message });
    draw();
  }

  /** @returns {Patch[] | null | undefined} */
  const patches = () => found?.layers[map.chosen.layer]?.[map.chosen.channel];

  function draw() {
    const { words, layers } = message;
    const { layer, channel } = map.chosen;
    const maps = layersWithMaps(layers);
    choice.hidden = !maps.length;
    options(
      layerChoice,
      maps.map((one) => [String(one), layers[one].name]),
      String(layer),
    );
    const channels = Array.from({ length: maps.length ? layers[layer].output[0] : 0 }, (_, number) => number);
    options(
      mapChoice,
      channels.map((one) => [String(one), String(one + 1)]),
      String(channel),
    );
    write(layerChoice.previousElementSibling ?? layerChoice, words.looks_layer);
    write(mapChoice.previousElementSibling ?? mapChoice, words.looks_map);
    const total = COUNT.format(found?.count ?? 0);
    write(title, found ? fill(words.looks_title, { name: layers[layer].name, channel: channel + 1, total }) : "");
    repeat(list, patches() ?? [], create, showPatch);
    write(note, noteOf(total));
    const named = found ? darkEverywhere(found, layers) : "";
    write(dark, named ? fill(words.looks_dark_maps, { total, maps: named }) : "");
    measuring.show(QUESTION, !!message.measured.patches, message, epoch);
  }

  /** @param {string} total */
  function noteOf(total) {
    const { words } = message;
    if (failure || !found) return failure;
    if (!patches()) return words.looks_unkept;
    if (!patches()?.length) return fill(words.looks_dark, { total });
    return message.digits ? words.looks_hint : words.no_images;
  }

  function create() {
    const button = make("button", { type: "button" });
    button.append(make("canvas", { "aria-hidden": "true" }), make("span"), make("small"));
    return button;
  }

  /** @param {HTMLButtonElement} button
   *  @param {Patch} patch */
  function showPatch(button, [number, row, column, value]) {
    const [canvas, label, small] = childrenOf(button);
    const unit = { ...map.chosen, row, column };
    const digit = digits.get(number);
    const part = digit?.image && crop(digit.image, message.layers, unit);
    canvas.hidden = !part;
    if (part) showCrop(/** @type {HTMLCanvasElement} */ (canvas), part);
    write(label, shown(value));
    const name = digit ? message.names[digit.label ?? 0] : "";
    write(small, name ? `${name} · ${number}` : String(number));
    button.title = fill(message.words.looks_patch, { number, label: name || "?", value: shown(value) });
    button.ariaLabel = button.title;
    button.disabled = !digit;
    button.onclick = () => {
      if (!digit) return;
      page.showDigit(digit);
      page.openUnits([unit]);
    };
  }

  /** @param {HTMLCanvasElement} canvas
   *  @param {{ height: number, width: number, ink: Float32Array }} part */
  function showCrop(canvas, { height, width, ink }) {
    const numbers = Uint8Array.from(ink, (value) => Math.round(value * 255));
    paint(canvas, { count: 1, height, width, numbers }, 0, palette.image);
    const scale = PATCH_PX / Math.max(height, width);
    Object.assign(canvas.style, { width: `${width * scale}px`, height: `${height * scale}px` });
  }

  return {
    element,
    map,
    /** @param {Message} itsMessage
     *  @param {BytePalette} itsPalette */
    update(itsMessage, itsPalette) {
      [message, palette] = [itsMessage, itsPalette];
      if (element.checkVisibility()) load();
      draw();
    },
    /** @param {Sight} sight */
    show(sight) {
      epoch = sight.epoch;
      load();
      draw();
    },
  };
}

/** The options of a select, (value, text), and the one that is chosen.
 *  @param {HTMLSelectElement} select
 *  @param {[string, string][]} all
 *  @param {string} chosen */
function options(select, all, chosen) {
  if (select.options.length !== all.length || all.some(([, text], at) => select.options[at].text !== text))
    select.replaceChildren(...all.map(([value, text]) => make("option", { value }, text)));
  select.value = chosen;
}
