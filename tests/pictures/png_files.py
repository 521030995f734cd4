"""PNG files made by hand: depths, transparencies and chunks that Pillow does not write, hostile ones too."""

import struct
import zlib

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, data: bytes, *, depth: int = 8, colour: int = 2, extra: bytes = b"") -> bytes:
    """A whole file; ``data`` the unpacked rows, each with its filter byte; ``colour`` is PNG's colour type."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header), extra, chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")
    return SIGNATURE + b"".join(parts)


def grey_png(values: np.ndarray, depth: int, clear: int | None = None, extra: bytes = b"") -> bytes:
    """Grey ``values`` (H, W) below 2**depth, those that are ``clear`` transparent."""
    extra += b"" if clear is None else chunk(b"tRNS", struct.pack(">H", clear))
    return png(*values.shape[::-1], _rows(values, depth), depth=depth, colour=0, extra=extra)


def colour_png(values: np.ndarray, depth: int, clear: tuple[int, int, int] | None = None) -> bytes:
    """RGB ``values`` (H, W, 3) below 2**depth, 8 or 16, those that are ``clear`` transparent."""
    extra = b"" if clear is None else chunk(b"tRNS", struct.pack(">HHH", *clear))
    flat = values.reshape(len(values), -1)
    return png(values.shape[1], len(values), _rows(flat, depth), depth=depth, colour=2, extra=extra)


def _rows(values: np.ndarray, depth: int) -> bytes:
    if depth == 16:
        lines = [row.astype(">u2").tobytes() for row in values]
    else:  # the first pixel in the highest bits
        bits = ((values[..., None] >> np.arange(depth - 1, -1, -1)) & 1).astype(np.uint8)
        lines = [np.packbits(row.ravel()).tobytes() for row in bits]
    return b"".join(b"\0" + line for line in lines)
