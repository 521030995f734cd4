// A photo or a scan of a digit, from a file, a drop or the clipboard: read here, in the browser, and placed as MNIST's
// digits are.

/** @import { Raster, ShownWords } from "../types.d.ts" */

import { contextOf, make, write } from "../../elements.js";
import { fill } from "../../template.js";
import { inWhole255ths, SIDE } from "./placing.js";
import { inkOfPicture, isDarkOnLight, lightOf } from "./raster.js";
import { placePicture } from "./raster_placing.js";

const MOST_BYTES = 20e6;
const MOST_PIXELS = 50e6; // of a picture that is decoded: 200 MB, of the learner's own
const LONGEST = 560; // pixels of the picture's longer side that are looked at: 0.1 s

/** A button that asks for a file, which can be dropped or pasted onto `place` too. `take(image, sentence)` gets the
 *  digit, null where there is none, and what is to be said of it.
 *  @param {HTMLElement} place
 *  @param {(image: Float32Array | null, sentence: string) => void} take */
export function makePhoto(place, take) {
  const button = make("button", { type: "button" });
  const input = make("input", { type: "file", accept: "image/*", hidden: "" });
  /** @type {ShownWords} */
  let words;

  /** @param {File | null | undefined} file */
  async function read(file) {
    if (!file) return;
    const { image, sentence } = await digitOfFile(file, words);
    take(image, sentence);
  }
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    read(input.files?.[0]);
    input.value = ""; // the same file can be chosen again
  });
  place.addEventListener("dragover", (event) => event.preventDefault());
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    read(event.dataTransfer?.files[0]);
  });
  place.addEventListener("paste", (event) => read(event.clipboardData?.files[0]));
  return {
    button,
    input,
    /** @param {ShownWords} itsWords */
    update(itsWords) {
      words = itsWords;
      write(button, words.image);
      button.title = words.image_title;
    },
  };
}

/** The digit in a file, and what is to be said of it: how it was taken, or why it was not.
 *  @param {File} file
 *  @param {ShownWords} words
 *  @returns {Promise<{ image: Float32Array | null, sentence: string }>} */
async function digitOfFile(file, words) {
  const refused = (/** @type {string} */ sentence) => ({ image: null, sentence });
  const millions = (/** @type {number} */ count) => (count / 1e6).toFixed(1);
  if (file.size > MOST_BYTES)
    return refused(fill(words.image_large, { size: millions(file.size), most: MOST_BYTES / 1e6 }));
  const picture = await createImageBitmap(file).catch(() => null); // whatever it holds: the decoder is the browser's
  if (!picture) return refused(words.image_unread);
  const { width, height } = picture;
  if (width * height > MOST_PIXELS)
    return refused(fill(words.image_pixels, { pixels: millions(width * height), most: MOST_PIXELS / 1e6 }));
  const light = lightOfPicture(picture);
  if (width === SIDE && height === SIDE) return wholeImage(light, words);
  const ink = inkOfPicture(light);
  const image = ink && placePicture(ink);
  if (!image) return refused(words.image_blank);
  return { image, sentence: ink.darkOnLight ? words.image_inverted : words.image_placed };
}

/** An image of 28×28, as this page saves it, is one of MNIST's kind already.
 *  @param {Raster} light
 *  @param {ShownWords} words */
function wholeImage(light, words) {
  const darkOnLight = isDarkOnLight(light);
  const image = inWhole255ths(darkOnLight ? light.values.map((value) => 1 - value) : light.values);
  return { image, sentence: darkOnLight ? words.image_whole_inverted : words.image_whole };
}

/** The light of a picture, of LONGEST pixels at most.
 *  @param {ImageBitmap} picture
 *  @returns {Raster} */
function lightOfPicture(picture) {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const context = contextOf(make("canvas", { width, height }));
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return lightOf(context.getImageData(0, 0, width, height).data, width);
}
