"""A PNG file reduced to what its picture needs: no profile, text or animation is unpacked, however large it is."""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
NEEDED = (b"IHDR", b"PLTE", b"tRNS", b"eXIf")
MOST_EXIF = 65_536  # bytes; an orientation takes 30


def needed_chunks(data: bytes) -> tuple[bytes, bool]:
    """The file with its needed chunks alone, the picture's data in one; and whether it is damaged or cut off.

    A chunk whose sum is wrong is kept: the picture up to the fault may still be read. ``data`` begins with SIGNATURE.
    """
    kept, image, whole = [], bytearray(), False
    damaged = False
    for kind, body, sum_found in _chunks(data):
        if kind == b"IEND":
            whole = True
            break
        if kind == b"IDAT" or (kind in NEEDED and (kind != b"eXIf" or len(body) <= MOST_EXIF)):
            damaged |= sum_found != zlib.crc32(body, zlib.crc32(kind))
            if kind == b"IDAT":
                image += body
            else:
                kept.append(_chunk(kind, bytes(body)))
    parts = [SIGNATURE, *kept, _chunk(b"IDAT", bytes(image)), _chunk(b"IEND", b"")]
    return b"".join(parts), damaged or not whole


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, int]]:
    """Type, content and sum of each chunk; of the last one what there is."""
    view, start = memoryview(data), len(SIGNATURE)
    while start + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, start)
        end = start + 8 + length
        found = struct.unpack_from(">I", data, end)[0] if end + 4 <= len(data) else -1
        yield kind, view[start + 8 : end], found
        start = end + 4


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(body, zlib.crc32(kind)))
