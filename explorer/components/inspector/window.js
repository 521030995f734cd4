// The index map of one convolution, as PyTorch lays it out. Pure: numbers in, numbers out; tested against torch.

/** The products behind output cell (row, column): one entry a weight, in the kernel's reading order.
 *  Each is {ki, kj, row, column, inside, value, weight}; outside the input (padding) value is 0. */
function productsAt(row, column, input, kernel, spec) {
  const products = [];
  kernel.forEach((weights, ki) =>
    weights.forEach((weight, kj) => {
      const y = row * spec.stride[0] - spec.padding[0] + ki * spec.dilation[0];
      const x = column * spec.stride[1] - spec.padding[1] + kj * spec.dilation[1];
      const inside = y >= 0 && y < input.length && x >= 0 && x < input[0].length;
      products.push({ ki, kj, row: y, column: x, inside, value: inside ? input[y][x] : 0, weight });
    }),
  );
  return products;
}

/** A number as the grids show it: whole numbers in full, others to four significant digits, a real minus sign. */
function shown(value) {
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return text.replace("-", "−").replace("e+", "e");
}

/** True where `shown` hides digits, so that a sum of shown numbers is only about equal. */
const rounded = (value) => !Number.isInteger(value) && Number(value.toPrecision(4)) !== value;
