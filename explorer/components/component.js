// What all components have in common: one view for each place on a page, and a style sheet of their own.

/** The style sheet `name` beside the script at `base`: once fetched, one for all views. */
export async function styleSheet(name, base) {
  const answer = await fetch(new URL(name, base));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}

/** A component's default export, which Streamlit runs at each new data or theme, and again where it gave a run up:
 *  `make(root, toPython)` makes the view of a place, once; its `update(data)` draws. `toPython` has `send(name, value)`
 *  for a state and `trigger(name, value)` for what happens once; its `close()`, where it has one, stops what would go on
 *  without its place. What a view observes stays observed and goes with its elements: the clean-up of a run that was
 *  given up comes while the next draws. */
export function component(style, make) {
  const places = new WeakMap(); // root -> { view, toPython }
  return ({ data: [data], parentElement: root, setStateValue: send, setTriggerValue: trigger }) => {
    if (!places.has(root)) {
      root.getRootNode().adoptedStyleSheets.push(style);
      const toPython = {};
      places.set(root, { toPython, view: make(root, toPython) });
    }
    const { view, toPython } = places.get(root);
    Object.assign(toPython, { send, trigger });
    view.update(data);
    return () => view.close?.();
  };
}
