"""An image file's pixels, small, upright, on white: what every browser shows is shown, else the file's kind is named.

Runs in the process that ``bounded`` starts: nothing here bounds what a hostile file costs.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import NamedTuple

from PIL import AvifImagePlugin, Image, ImageFile, features

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.core.file_kinds import HEAD_BYTES, file_kind
from explorer.pictures.averaged import averaged
from explorer.pictures.png_chunks import needed_chunks

SHOWN = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO", "AVIF")  # Pillow's names for what every browser shows
# What Pillow raises, by the place where a file breaks: a header, a chunk, a table, an EXIF entry.
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError, RuntimeError),
    *(struct.error, zlib.error, AttributeError, AssertionError),
)
ORIENTATION = 0x0112  # EXIF's tag
TURNS = {  # EXIF's orientation -> what sets it upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
JPEG_SCAN, JPEG_END = b"\xff\xda", b"\xff\xd9"
AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a thread for each of many cores would reserve memory beyond the bound


class Picture(NamedTuple):
    """``pixels`` are bytes (channels, height, width), 1 or 3 channels; ``damaged`` where not all could be read."""

    channels: int
    height: int
    width: int
    pixels: bytes
    kind: str
    damaged: bool


def decode(data: bytes) -> Picture:
    """The picture in a file; a larger one is averaged down to sides of MAX_INPUT_SIZE, in its proportions.

    Raises DataError: for another kind of file, too many pixels (known from the header), or nothing that can be read.
    """
    kind = file_kind(data[:HEAD_BYTES])
    if kind not in SHOWN or (kind == "AVIF" and not features.check("avif")):
        raise _not_shown(kind)
    damaged = False
    if kind == "PNG":
        data, damaged = needed_chunks(data)
    try:
        return _picture(data, kind, damaged)
    except BROKEN as error:
        if isinstance(error, DataError):
            raise
    with _as_far_as_it_goes():
        for rest in _mended(data, kind):
            try:
                picture = _picture(rest, kind, damaged=True)
            except BROKEN as error:
                if isinstance(error, DataError):
                    raise
            else:
                if len(set(picture.pixels)) > 1:  # else nothing came of it
                    return picture
    raise _unreadable(kind)


def _mended(data: bytes, kind: str) -> Iterator[bytes]:
    """Of a file that is cut off, what to read in turn: a JPEG gives nothing out before its scans have an end."""
    if kind != "JPEG":
        yield data
        return
    yield data + bytes(100) + JPEG_END
    if data.count(JPEG_SCAN) > 1:  # the last scan's beginning may be what is cut
        yield data[: data.rindex(JPEG_SCAN)] + JPEG_END


def _picture(data: bytes, kind: str, damaged: bool) -> Picture:
    try:
        with warnings.catch_warnings(category=Image.DecompressionBombWarning, action="error"):
            image = Image.open(BytesIO(data), formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    with image:
        if image.width * image.height > limits.MAX_UPLOAD_PIXELS:
            raise _too_many_pixels()
        turn = TURNS.get(_orientation(image))
        small = averaged(image, depth=data[24] if kind == "PNG" else 8)
        grey = image.mode in ("1", "L", "LA") or image.mode.startswith("I")
    if small.mode == "RGBA":
        small = Image.alpha_composite(Image.new("RGBA", small.size, "white"), small)
    small = small.convert("L" if grey else "RGB")
    small = small if turn is None else small.transpose(turn)
    planes = b"".join(plane.tobytes() for plane in small.split())
    return Picture(len(small.getbands()), small.height, small.width, planes, kind, damaged)


def _orientation(image: Image.Image) -> int:
    try:
        return image.getexif().get(ORIENTATION, 1)
    except BROKEN:  # the picture itself may be sound
        return 1


@contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _not_shown(kind: str) -> DataError:
    if not kind:
        return DataError(
            "The file is no image that a browser shows, or it is damaged. Choose a PNG, JPEG, WEBP, GIF or BMP file."
        )
    return DataError(
        "The file is of the kind {kind}, which is not shown here. Save the image as PNG or JPEG, and choose that one.",
        kind=kind,
    )


def _too_many_pixels() -> DataError:
    return DataError(
        "The image has more than {most} million pixels. Make it smaller and choose it again.",
        most=f"{limits.MAX_UPLOAD_PIXELS / 1e6:g}",
    )


def _unreadable(kind: str) -> DataError:
    return DataError(
        "The {kind} file is damaged, and nothing of its picture can be read. Save the image again, or choose another.",
        kind=kind,
    )
