// A link to a page, followed as soon as it is there.

export default ({ data, parentElement }) => {
  if (parentElement.followed) return;
  parentElement.followed = true;
  document.querySelector(`.st-key-${data} a`).click();
};
