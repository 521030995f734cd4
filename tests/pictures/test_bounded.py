"""Whatever a file holds, reading it costs no more than a second of a processor and 300 MB, and ends in a sentence."""

import io
import re
import struct
import sys
import threading
import zlib
from collections.abc import Callable

import numpy as np
import psutil
import pytest
from PIL import Image

from explorer.bounded import process
from explorer.core import limits
from explorer.core.errors import DataError
from explorer.pictures.bounded import DECODER, decode_image
from tests.pictures.png_files import SIGNATURE, chunk, png

TOO_COSTLY = r"Reading the file takes more than the 1 s or 300 MB that one may cost\. Save the image again, smaller"
MOST = limits.MAX_UPLOAD_BYTES


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def repeated_scan(width: int, height: int) -> bytes:
    """A progressive JPEG whose last scan, a few bytes, stands in it until the file is full: minutes of work."""
    steps = np.add.outer(np.arange(height), np.arange(width)) // 16 % 256
    data = saved(Image.fromarray(steps.astype(np.uint8)), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + last * ((MOST - len(data)) // len(last)) + b"\xff\xd9"


def grey_jpeg() -> bytes:
    return saved(Image.new("L", (2000, 2000)), "JPEG")


def packed_zeros(megabytes: int) -> bytes:
    """The packed form of one megabyte, so many times: a thousandth of it."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    total = struct.pack(">HH", megabytes * 1_000_000 % 65521, 1)
    return b"\x78\xda" + block * megabytes + b"\3\0" + total


def bomb(width: int, height: int, colour: int, megabytes: int, depth: int = 8) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", packed_zeros(megabytes)), chunk(b"IEND", b"")
    return SIGNATURE + b"".join(parts)


def run_lengths(width: int, height: int) -> bytes:
    """A BMP of runs of one pixel each."""
    rows = (b"\1\1" * width + b"\0\0") * height + b"\0\1"
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(rows), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 1078) + head + bytes(1024) + rows


# name -> the file, and what becomes of it: "" a picture, else words of the sentence.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "repeated scan": (lambda: repeated_scan(2000, 2000), TOO_COSTLY),
    "half a million EXIF segments": (lambda: b"\xff\xd8" + b"\xff\xe1\0\x08Exif\0\0" * 499_000, TOO_COSTLY),
    "filled with FF": (lambda: b"\xff\xd8\xff" + b"\xff" * (MOST - 3), TOO_COSTLY),
    "restarts": (lambda: grey_jpeg()[: grey_jpeg().index(b"\xff\xda") + 300] + b"\xff\xd0" * 2_000_000, ""),
    "gigabytes in a small PNG": (lambda: bomb(9, 9, 2, 4000), ""),
    "24 megapixels of 16-bit RGBA": (lambda: bomb(6000, 4000, 6, 193, 16), ""),
    "one row of 24 megapixels": (lambda: bomb(24_000_000, 1, 2, 73), TOO_COSTLY),
    "400,000 empty chunks": (lambda: png(9, 9, bytes(252), extra=chunk(b"IDAT", b"") * 400_000), ""),
    "300,000 palettes": (lambda: png(9, 9, bytes(90), colour=3, extra=chunk(b"PLTE", bytes(3)) * 300_000), ""),
    "80,000 frames": (lambda: png(9, 9, bytes(252), extra=(chunk(b"fcTL", b"") + chunk(b"fdAT", b"..")) * 80_000), ""),
    "runs of one pixel": (lambda: run_lengths(4000, 600), ""),
    "comments of one letter": (lambda: b"GIF89a\1\0\1\0\0\0\0!\xfe" + b"\1a" * 2_400_000, "The GIF file is damaged"),
    "a WEBP of 24 megapixels": (
        lambda: saved(Image.new("RGBA", (6000, 4000)), "WEBP", lossless=True, method=0),
        TOO_COSTLY,
    ),
    "65,535 icons": (
        lambda: b"\0\0\1\0\xff\xff" + struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, 40, 22) * 65_535,
        "The ICO file is damaged",
    ),
}


class Cost:
    """Of the processes that decode: the most seconds of a processor, and of memory, that were seen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds, self.memory = 0.0, 0
        looked = DECODER._cost_too_much
        monkeypatch.setattr(process, "LOOK_SECONDS", 0.002)

        def look(pid: int) -> bool:
            try:
                one = psutil.Process(pid)
                self.memory = max(self.memory, one.memory_info().rss)
                self.seconds = max(self.seconds, one.cpu_times().user + one.cpu_times().system)
            except psutil.Error:
                return False
            return looked(pid)

        monkeypatch.setattr(DECODER, "_cost_too_much", look)


def refusal(data: bytes) -> str:
    """The sentence by which the file is refused; empty where it is a picture."""
    try:
        decode_image(data)
    except DataError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_costs_more_than_the_bounds(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture or a sentence; the processor's seconds and the memory are those of the process that read it.

    A slow machine may give up what another one reads: that is the bound, too.
    """
    build, words = HOSTILE[name]
    data = build()[:MOST]
    cost = Cost(monkeypatch)
    assert re.match(f"{words or '$'}|{TOO_COSTLY}", refusal(data))
    assert cost.memory <= limits.MAX_UPLOAD_MEMORY
    if sys.platform == "linux":  # where the system counts the seconds itself; else they are looked at now and then
        assert cost.seconds <= limits.MAX_UPLOAD_SECONDS + 0.15


def test_a_good_file_comes_back_as_numbers() -> None:
    """(C, H, W) in 0 … 1; what is to be told of it beside them."""
    image = Image.fromarray(np.arange(24, dtype=np.uint8).reshape(4, 6))
    decoded = decode_image(saved(image, "PNG"))
    np.testing.assert_array_equal(decoded.pixels[0] * 255, np.asarray(image))
    assert (decoded.kind, decoded.damaged) == ("PNG", False)


def test_a_refusal_of_the_process_is_the_same_sentence() -> None:
    """With its numbers, so that it can be said in Chinese too."""
    with pytest.raises(DataError) as caught:
        decode_image(b"%PDF-1.7")
    assert caught.value.sentence.numbers == {"kind": "PDF"}


@pytest.mark.parametrize("data", [b"", bytes(MOST + 1)], ids=["empty", "too large"])
def test_what_needs_no_reading_starts_no_process(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty file, and one of more bytes than are taken: the sentence has both numbers."""
    monkeypatch.setattr(process.subprocess, "Popen", None)
    with pytest.raises(DataError, match=r"The file is empty|The file has 5\.0 MB, more than the 5 MB that are taken"):
        decode_image(data)


def test_a_process_that_sleeps_is_given_up_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs no processor, and would keep its place for ever."""
    monkeypatch.setattr(DECODER, "command", [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(process, "PATIENCE", 0.2)
    with pytest.raises(DataError, match=TOO_COSTLY):
        decode_image(b"anything")


@pytest.mark.parametrize("what", ["while True: pass", "held = b'1' * 10**9; import time; time.sleep(60)"])
def test_without_the_systems_bounds_the_costs_are_looked_at(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, which bounds no process, and macOS, which does not bound memory."""
    monkeypatch.setattr(DECODER, "command", [sys.executable, "-c", what])
    with pytest.raises(DataError, match=TOO_COSTLY):
        decode_image(b"anything")


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('{"shape": [3, 200, 200], "kind": "PNG", "damaged": false}', 120_000),
        ('{"shape": [3, 2, 2], "kind": "PNG", "damaged": false}', 11),
        ('{"shape": [2, 2, 2], "kind": "PNG", "damaged": false}', 8),
        ('{"shape": [1, -1, -1], "kind": "PNG", "damaged": false}', 1),
        ('{"shape": "big"}', 0),
        ('{"sentence": "{no} numbers", "numbers": {}}', 0),
        ("[]", 0),
        ("no line", 9_000_000),
        ("", 0),
    ],
)
def test_only_pixels_of_the_size_that_is_told_are_taken(head: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has taken over the process can send a wrong picture, and nothing else."""
    code = f"import sys; sys.stdout.buffer.write({head.encode()!r} + b'\\n' + bytes({size}))"
    monkeypatch.setattr(DECODER, "command", [sys.executable, "-c", code])
    with pytest.raises(DataError, match=TOO_COSTLY):
        decode_image(b"anything")


def test_as_many_as_there_are_places_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes then waits, and where it lasts too long a sentence says why."""
    started, release = threading.Semaphore(0), threading.Event()

    def run(*_: object) -> bool:
        started.release()
        release.wait(60)
        return False

    monkeypatch.setattr(DECODER, "_run", run)
    monkeypatch.setattr(process, "PATIENCE", 0.01)
    learners = [threading.Thread(target=_refused, args=(TOO_COSTLY,)) for _ in range(limits.MAX_DECODERS)]
    for learner in learners:
        learner.start()
        started.acquire(timeout=60)
    _refused("The server is reading many images just now")
    release.set()
    for learner in learners:
        learner.join()
    _refused(TOO_COSTLY)  # the places are free again


def test_a_server_without_room_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process can be started, or no file written: nothing of the learner's is at fault."""

    def no_room(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    for name in ("subprocess.Popen", "tempfile.TemporaryFile"):
        with monkeypatch.context() as patched:
            patched.setattr(name, no_room)
            _refused("The server is reading many images just now")


def _refused(words: str) -> None:
    with pytest.raises(DataError, match=words):
        decode_image(b"anything")
