"""An opened image made small, in L, RGB or RGBA of eight bits: row by row, never a second copy of all its pixels."""

from math import ceil, floor

from PIL import Image

from explorer.core import limits

DRAFT = 4  # a JPEG is unpacked at no more than so many times the size that is wanted, where its blocks allow
IN_BYTES = [(value * 255 + 32767) // 65535 for value in range(65536)]  # 16 bits, as 8


def averaged(image: Image.Image, depth: int) -> Image.Image:
    """``image`` with sides of MAX_INPUT_SIZE at most; ``depth``: its file's bits a value. Raises what Pillow raises."""
    shrink = max(1, image.width / limits.MAX_INPUT_SIZE, image.height / limits.MAX_INPUT_SIZE)
    width, height = (max(1, round(side / shrink)) for side in image.size)
    image.draft(image.mode, (DRAFT * width, DRAFT * height))
    image.load()
    clear = _clear_value(image, depth)
    if (width, height) == image.size:
        return _in_bytes(image, clear)
    rows = []
    for row in range(height):
        top, bottom = row * image.height / height, (row + 1) * image.height / height
        band = _in_bytes(image.crop((0, floor(top), image.width, ceil(bottom))), clear)
        box = (0, top - floor(top), image.width, min(bottom - floor(top), band.height))
        rows.append(band.resize((width, 1), Image.Resampling.BOX, box=box))
    small = Image.new(rows[0].mode, (width, height))
    for row, band in enumerate(rows):
        small.paste(band, (0, row))
    return small


def _clear_value(image: Image.Image, depth: int) -> int | None:
    """The one value of a 16-bit grey that is clear. In other pictures, what Pillow is told of it is set to 8 bits."""
    clear = image.info.get("transparency")
    if isinstance(clear, int) and image.mode.startswith("I"):
        return clear
    if isinstance(clear, int) and image.mode in ("1", "L") and depth < 8:
        image.info["transparency"] = (clear % 2**depth) * 255 // (2**depth - 1)
    elif isinstance(clear, tuple) and depth == 16:
        image.info["transparency"] = tuple(IN_BYTES[value] for value in clear)
    return None


def _in_bytes(image: Image.Image, clear: int | None) -> Image.Image:
    if image.mode.startswith("I"):  # 16-bit grey: convert() would clip at 255
        deep = image.convert("I")
        grey = deep.point(IN_BYTES, "L")
        if clear is None:
            return grey
        alpha = deep.point([0 if value == clear else 255 for value in range(65536)], "L")
        return Image.merge("RGBA", (grey, grey, grey, alpha))
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
