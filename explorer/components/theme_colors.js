// Colours of the present theme, which only the style sheet knows.

/** (name of a CSS variable) => [r, g, b], read by `probe`, an element that nobody sees. */
export function colorReader(probe) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  return (name) => {
    probe.style.color = `var(--${name})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
}
