// Elements of the page: made, and changed only where they differ.

/** @typedef {Record<string, string | number | boolean | null>} Attributes */

/** A new element with attributes and a text.
 *  @template {keyof HTMLElementTagNameMap} Tag
 *  @param {Tag} tag
 *  @param {Attributes} [attributes]
 *  @param {string} [text] */
export function make(tag, attributes = {}, text = "") {
  const element = set(document.createElement(tag), attributes);
  element.textContent = text;
  return element;
}

/** By how much larger the element is shown than its own pixels say: where a lecturer's link asks for larger type.
 *  @type {(element: Element) => number} */
export const enlarged = (element) => element.currentCSSZoom ?? 1;

/** A canvas's dots to one of its pixels, so that what it shows is sharp.
 *  @type {(canvas: HTMLCanvasElement) => number} */
export const dotsPerPixel = (canvas) => (window.devicePixelRatio || 1) * enlarged(canvas);

/** A new element with properties, appended.
 *  @template {keyof HTMLElementTagNameMap} Tag
 *  @param {ParentNode} parent
 *  @param {Tag} tag
 *  @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 *  @returns {HTMLElementTagNameMap[Tag]} */
export function add(parent, tag, properties = {}) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  return parent.appendChild(element);
}

/** The element, with these attributes.
 *  @template {Element} Kind
 *  @param {Kind} element
 *  @param {Attributes} attributes */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** A new SVG element with attributes.
 *  @template {keyof SVGElementTagNameMap} Tag
 *  @param {Tag} tag
 *  @param {Attributes} [attributes] */
export const draw = (tag, attributes = {}) =>
  set(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);

/** Writes a text where another stands.
 *  @type {(element: Element, text: string) => void} */
export const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** The elements in another.
 *  @type {(parent: ParentNode) => HTMLElement[]} */
export const childrenOf = (parent) => /** @type {HTMLElement[]} */ ([...parent.children]);

/** As many children as there are `items`: made where they lack, removed where they are too many, written in turn.
 *  @template Item
 *  @template {HTMLElement} Child
 *  @param {HTMLElement} parent
 *  @param {Item[]} items
 *  @param {(index: number) => Child} create
 *  @param {(child: Child, item: Item, index: number) => void} change */
export function repeat(parent, items, create, change) {
  while (parent.children.length > items.length) parent.lastChild?.remove();
  while (parent.children.length < items.length) parent.append(create(parent.children.length));
  items.forEach((item, index) => change(/** @type {Child} */ (parent.children[index]), item, index));
}

/** What is drawn on.
 *  @type {(canvas: HTMLCanvasElement, settings?: CanvasRenderingContext2DSettings) => CanvasRenderingContext2D} */
export const contextOf = (canvas, settings) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", settings));
