// What all components have in common: one view for each place on a page, and a style sheet of their own.

/** @import { Given, Root, ToPython, View } from "./types.d.ts" */

import PALETTE from "./palette.css" with { type: "css" };

let told = 0; // states, since the browser has this page

/** A component's default export, which Streamlit runs at each new data or theme, and again where it gave a run up:
 *  `make(root, toPython)` makes the view of a place, once; its `update(data)` draws. `toPython` has `send(name, value)`
 *  for a state and `trigger(name, value)` for what happens once; its `close()`, where it has one, stops what would go on
 *  without its place. Streamlit passes on what differs from the last; so states are numbered, for what was taken back
 *  meanwhile, by Back or another control, is a change once more. What a view observes stays observed and goes with its
 *  elements: the clean-up of a run that was given up comes while the next draws.
 *  @template Message
 *  @param {CSSStyleSheet | CSSStyleSheet[]} styles
 *  @param {(root: Root, toPython: ToPython) => View<Message>} make */
export function component(styles, make) {
  /** @type {WeakMap<Root, { view: View<Message>, toPython: ToPython }>} */
  const places = new WeakMap();

  /** @param {Given<Message>} given */
  function draw({ data: [data], parentElement: root, setStateValue, setTriggerValue: trigger }) {
    /** @type {ToPython["send"]} */
    const send = (name, value) => setStateValue(name, [value, ++told]);
    let place = places.get(root);
    if (!place) {
      /** @type {Document | ShadowRoot} */ (root.getRootNode()).adoptedStyleSheets.push(PALETTE, ...[styles].flat());
      const toPython = { send, trigger };
      place = { toPython, view: make(root, toPython) };
      places.set(root, place);
    }
    const { view, toPython } = place;
    Object.assign(toPython, { send, trigger });
    view.update(data);
    return () => view.close?.();
  }
  return draw;
}
