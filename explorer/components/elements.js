// Elements of the page: made, and changed only where they differ.

/** A new element with attributes and a text. */
export const make = (tag, attributes = {}, text = "") => {
  const element = set(document.createElement(tag), attributes);
  element.textContent = text;
  return element;
};

/** A new element with properties, appended. */
export const add = (parent, tag, properties = {}) =>
  parent.appendChild(Object.assign(document.createElement(tag), properties));

/** The element, with these attributes. */
export const set = (element, attributes) => {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/** A new SVG element with attributes. */
export const draw = (tag, attributes = {}) =>
  set(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);

/** Writes a text where another stands. */
export const write = (element, text) => element.textContent !== text && (element.textContent = text);

/** As many children as there are `items`: made where they lack, removed where they are too many, written in turn. */
export function repeat(parent, items, create, change) {
  while (parent.children.length > items.length) parent.lastChild.remove();
  while (parent.children.length < items.length) parent.append(create(parent.children.length));
  items.forEach((item, index) => change(parent.children[index], item, index));
}
