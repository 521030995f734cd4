// A link to a page, followed as soon as it is there.

const followed = new WeakSet();

/** `data` is the key of the container that holds the link.
 *  @param {{ data: string, parentElement: Node }} given */
export default function followLink({ data, parentElement }) {
  if (followed.has(parentElement)) return;
  followed.add(parentElement);
  /** @type {HTMLElement | null} */ (document.querySelector(`.st-key-${data} a`))?.click();
}
