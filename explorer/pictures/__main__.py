"""``python -m explorer.pictures < file``: the process that decodes one file, bounded by the system where it can be.

Writes a line of JSON, and after it the pixels, if any. It ends itself, or is ended, and then there is no line.
"""

import json
import sys

from explorer.bounded.myself import bound_myself
from explorer.core import limits
from explorer.core.errors import DataError


def main() -> None:
    """Decodes standard input on standard output."""
    bound_myself(limits.MAX_UPLOAD_SECONDS, limits.MAX_UPLOAD_MEMORY, written=1_000_000)
    from explorer.pictures.decode import decode  # Pillow, within the bounds

    try:
        *shape, pixels, kind, damaged = decode(sys.stdin.buffer.read(limits.MAX_UPLOAD_BYTES))
        head, body = {"shape": shape, "kind": kind, "damaged": damaged}, pixels
    except DataError as error:
        head, body = {"sentence": error.sentence.as_list()}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
