// Play, pause, step, step back, speed, and a slider with a tick for each output cell. It knows a number of places and
// where it stands, not what they are.

/** @import { Palette, Player, Words } from "./types.d.ts" */

import { contextOf, dotsPerPixel, make } from "../elements.js";

const SPEEDS = [1, 2, 5, 20, 60]; // places a second
// Drawn, for fonts differ in what they have: triangles and bars in a square of 16.
const ICONS = {
  back: "M3 3h2v10H3zM13 3v10L6 8z",
  play: "M4 2v12l9-6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  step: "M11 3h2v10h-2zM3 3v10l7-5z",
};
/** @type {(name: keyof typeof ICONS) => string} */
const icon = (name) =>
  `<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path fill="currentColor" d="${ICONS[name]}"/></svg>`;
const THUMB = 16; // pixels wide
const FEWEST_PIXELS = 4; // between two ticks; a row's first tick stands where a tick each would be a smear

/** A finger that taps on `track` or wipes along it is told as a share of its length; one that wipes across it is the
 *  page's. The slider in it takes no touch, for it would jump to where any of them begins.
 *  @param {HTMLElement} track
 *  @param {(share: number) => void} tell */
function followFinger(track, tell) {
  /** @type {PointerEvent | null} */
  let start = null;
  /** @type {(event: MouseEvent) => number} */
  const share = (event) => {
    const { left, width } = track.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - left - THUMB / 2) / (width - THUMB), 0), 1);
  };
  track.addEventListener("pointerdown", (event) => (start = event));
  track.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" || !start) return;
    if (Math.abs(event.clientX - start.clientX) > Math.abs(event.clientY - start.clientY)) tell(share(event));
  });
  track.addEventListener("click", (event) => event.target === track && tell(share(event)));
}

/** `on` receives place(index) at each move, and playing(on or off).
 *  @param {{ place(place: number): void, playing(on: boolean): void }} on
 *  @returns {Player} */
export function makePlayer(on) {
  const element = make("div", { class: "player", role: "group" });
  /** @type {(name: keyof typeof ICONS, act: () => void) => HTMLButtonElement} */
  const button = (name, act) => {
    const pushed = element.appendChild(make("button", { type: "button" }));
    pushed.innerHTML = icon(name);
    pushed.addEventListener("click", act);
    return pushed;
  };
  const player = /** @type {Player} */ (
    /** @type {Partial<Player>} */ ({
      element,
      place: 0,
      count: 1,
      columns: 1,
      timer: 0,
      playing: false,
      width: 0,
    })
  );
  const back = button("back", () => (player.stop(), player.go(player.place - 1)));
  const play = button("play", () => (player.playing ? player.stop() : start()));
  const step = button("step", () => (player.stop(), player.go(player.place + 1)));
  const track = element.appendChild(make("div", { class: "track" }));
  const scrub = track.appendChild(make("input", { type: "range", min: 0, step: 1 }));
  const ticks = track.appendChild(make("canvas", { "aria-hidden": "true" }));
  const speed = element.appendChild(make("select"));
  speed.append(...SPEEDS.map((perSecond) => make("option", { value: perSecond }, `${perSecond}/s`)));
  speed.value = "2";
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  scrub.addEventListener("input", () => (player.stop(), player.go(Number(scrub.value))));
  speed.addEventListener("change", () => player.playing && schedule());
  followFinger(track, (share) => (player.stop(), player.go(Math.round(share * (player.count - 1)))));

  function schedule() {
    clearInterval(player.timer);
    // Who asked for less movement gets one place a second, however large the output is.
    player.timer = setInterval(next, 1000 / (calm.matches ? 1 : Number(speed.value)));
  }

  function next() {
    if (!element.isConnected) return player.stop();
    player.go(player.place + 1);
    if (player.place === player.count - 1) player.stop();
  }

  function start() {
    if (player.place === player.count - 1) player.go(0);
    player.playing = true;
    show();
    schedule();
    on.playing(true);
  }

  player.stop = () => {
    if (!player.playing) return;
    clearInterval(player.timer);
    player.playing = false;
    show();
    on.playing(false);
  };

  /** Moves to a place, kept within the range, and says so. */
  player.go = (place) => {
    player.stand(place);
    on.place(player.place);
  };

  /** Moves without saying so. */
  player.stand = (place) => {
    player.place = Math.min(Math.max(place, 0), player.count - 1);
    scrub.value = String(player.place);
    scrub.setAttribute("aria-valuetext", player.describe(player.place));
    back.disabled = player.place === 0;
    step.disabled = player.place === player.count - 1;
  };

  /** @param {HTMLElement} control
   *  @param {string} words */
  function name(control, words) {
    control.setAttribute("aria-label", words);
    control.title = words;
  }

  function show() {
    play.innerHTML = icon(player.playing ? "pause" : "play");
    name(play, player.playing ? player.words.pause : player.words.play);
  }

  /** As many places as rows · columns; `describe` names a place for a screen reader. */
  player.update = (rows, columns, words, describe) => {
    Object.assign(player, { count: rows * columns, columns, words, describe });
    scrub.max = String(player.count - 1);
    scrub.setAttribute("aria-label", words.position);
    name(speed, words.speed);
    name(back, words.step_back);
    name(step, words.step);
    element.setAttribute("aria-label", words.player);
    show();
    player.stand(player.place);
  };

  /** Draws the ticks; a row's first one is longer. */
  player.draw = (palette) => {
    player.palette = palette;
    const [width, height] = [player.width, 8];
    const scale = dotsPerPixel(ticks);
    Object.assign(ticks, { width: width * scale, height: height * scale });
    const context = contextOf(ticks);
    context.scale(scale, scale);
    context.fillStyle = palette.pale;
    const between = (width - THUMB) / Math.max(player.count - 1, 1);
    for (let place = 0; place < player.count; place++) {
      const first = place % player.columns === 0;
      if (first || between >= FEWEST_PIXELS) context.fillRect(THUMB / 2 + place * between - 0.5, 0, 1, first ? 8 : 4);
    }
  };
  new ResizeObserver(([{ contentRect }]) => {
    player.width = contentRect.width;
    if (player.palette) player.draw(player.palette);
  }).observe(track);
  return player;
}
