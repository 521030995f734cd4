// An exercise that is opened may stand far beneath the page's beginning: it comes into view, and its field is ready.

const LOADED_MS = 5000; // after which nothing above it moves it any more
const ACTS = ["pointerdown", "wheel", "touchmove", "keydown"]; // of a learner, who then decides what is in view
const FINGER = window.matchMedia("(pointer: coarse)");

/** Scrolls to the element as little as shows it, and again where what loads above moves it, until the learner acts.
 *  @param {Element} element */
export function bringIntoView(element) {
  const page = element.closest('[data-testid="stMainBlockContainer"]') ?? document.body;
  const observer = new ResizeObserver(() => element.scrollIntoView({ block: "nearest" }));
  observer.observe(page);
  stopWhenLoaded(observer);
}

/** The keyboard goes to the field of that key, which may arrive after its verdict's place; not a phone's, which would
 *  cover the question.
 *  @param {Element} panel
 *  @param {string} key */
export function focusField(panel, key) {
  if (FINGER.matches) return;
  const focus = () => {
    /** @type {HTMLInputElement | null} */
    const field = panel.querySelector(`.st-key-${key} input`);
    field?.focus({ preventScroll: true });
    if (field) observer.disconnect();
  };
  const observer = new MutationObserver(focus);
  observer.observe(panel, { childList: true, subtree: true, attributeFilter: ["class"] });
  stopWhenLoaded(observer);
  focus();
}

/** Ends what a learner who acts would not want any more.
 *  @param {ResizeObserver | MutationObserver} observer */
function stopWhenLoaded(observer) {
  const stop = () => {
    observer.disconnect();
    for (const act of ACTS) window.removeEventListener(act, stop);
  };
  for (const act of ACTS) window.addEventListener(act, stop, { passive: true });
  setTimeout(stop, LOADED_MS);
}
