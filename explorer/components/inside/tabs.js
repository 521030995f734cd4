// The lower part of the page: one of several parts at a time, under a row of tabs.

/** @import { BytePalette } from "../types.d.ts" */
/** @import { Message, Part, Words } from "./types.d.ts" */

import { make, write } from "../elements.js";

/** `changed()` is called when the learner has chosen another.
 *  @param {Record<string, Part>} parts by the names that the link gives them
 *  @param {() => void} changed */
export function makeTabs(parts, changed) {
  const element = make("section", { class: "lower" });
  const row = element.appendChild(make("div", { class: "tabs", role: "tablist" }));
  const names = Object.keys(parts);
  let [chosen] = names;
  const tabs = names.map((name) => {
    const tab = make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}` });
    tab.addEventListener("click", () => press(name));
    row.append(tab);
    const panel = make("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": tab.id });
    panel.append(parts[name].element);
    element.append(panel);
    return { tab, panel };
  });
  row.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = (names.indexOf(chosen) + step + names.length) % names.length;
    press(names[next]);
    tabs[next].tab.focus();
  });

  /** @param {string} name */
  function choose(name) {
    chosen = name;
    tabs.forEach(({ tab, panel }, number) => {
      const isChosen = names[number] === chosen;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      panel.hidden = !isChosen;
    });
  }

  /** @param {string} name */
  function press(name) {
    choose(name);
    changed();
  }
  choose(chosen);

  return {
    element,
    /** The row of tabs, beside which there is room. */
    row,
    choose,
    get name() {
      return chosen;
    },
    get part() {
      return parts[chosen];
    },
    /** @param {Message} message
     *  @param {BytePalette} palette */
    update(message, palette) {
      const { words } = message;
      row.setAttribute("aria-label", words.tabs);
      names.forEach((name, number) => {
        const text = /** @type {string} */ (words[/** @type {keyof Words} */ (`tab_${name}`)]);
        write(tabs[number].tab, text);
        tabs[number].tab.dataset.text = text; // as wide as in bold
        parts[name].update(message, palette);
      });
    },
  };
}
