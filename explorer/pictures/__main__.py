"""``python -m explorer.pictures < file``: the process that decodes one file, bounded by the system where it can be.

Writes a line of JSON, and after it the pixels, if any. It ends itself, or is ended, and then there is no line.
"""

import json
import sys

from explorer.core import limits
from explorer.core.errors import DataError


def main() -> None:
    """Decodes standard input on standard output."""
    _bound_myself()
    from explorer.pictures.decode import decode  # Pillow, within the bounds

    try:
        *shape, pixels, kind, damaged = decode(sys.stdin.buffer.read(limits.MAX_UPLOAD_BYTES))
        head, body = {"shape": shape, "kind": kind, "damaged": damaged}, pixels
    except DataError as error:
        head, body = {"sentence": error.sentence.as_list()}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)


def _bound_myself() -> None:
    """Time, memory, what can be written: Linux keeps to all of it, macOS to time; Windows has no such thing."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, limits.MAX_UPLOAD_SECONDS),
        (resource.RLIMIT_AS, limits.MAX_UPLOAD_MEMORY),
        (resource.RLIMIT_FSIZE, 1_000_000),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # the system takes no such bound, or has a lower one already
            continue


if __name__ == "__main__":
    main()
