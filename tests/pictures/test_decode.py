"""Image files as they come: right side up, small, and a sentence instead of a traceback."""

import random
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image, ImageOps, features

from explorer.core import limits
from explorer.core.errors import DataError
from explorer.pictures.decode import SHOWN, decode
from tests.pictures.png_files import SIGNATURE, chunk, colour_png, grey_png, png

HALVES = np.zeros((4, 6, 3), np.uint8)  # upper half red, lower half blue
HALVES[:2, :, 0] = HALVES[2:, :, 2] = 255
LARGE = Image.fromarray(np.kron(HALVES, np.ones((8, 8, 1), np.uint8)))
GREYS = np.random.default_rng(0).integers(0, 256, (7, 5), dtype=np.uint16)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def shown(data: bytes) -> np.ndarray:
    """(C, H, W) in 0 … 1."""
    picture = decode(data)
    return np.frombuffer(picture.pixels, np.uint8).reshape(picture.channels, picture.height, picture.width) / 255


def test_a_png_keeps_its_pixels() -> None:
    """Small enough, it is neither scaled nor rounded: (3, H, W)."""
    np.testing.assert_array_equal(shown(saved(Image.fromarray(HALVES))), HALVES.transpose(2, 0, 1) / 255)


@pytest.mark.parametrize("kind", SHOWN)
def test_what_every_browser_shows_is_shown(kind: str) -> None:
    """Red above, blue below, whatever the file is called: its content says what it is."""
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    options = {"sizes": [(48, 32)]} if kind == "ICO" else {"quality": 95} if kind == "JPEG" else {}
    pixels = shown(saved(LARGE, kind, **options))
    assert pixels.shape == (3, 32, 48)
    assert pixels[0, :14].min() > 0.9
    assert pixels[2, 18:].min() > 0.9
    assert pixels[0, 18:].max() < 0.1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_shown(kind: str) -> None:
    """GIF, WEBP and APNG; it is not told that it moves."""
    moving = saved(LARGE, kind, save_all=True, append_images=[Image.new("RGB", LARGE.size, "lime")] * 3, lossless=True)
    np.testing.assert_allclose(shown(moving), shown(saved(LARGE)), atol=0.01)


@pytest.mark.parametrize("mode", ["L", "1", "LA"])
def test_a_grey_file_has_one_channel(mode: str) -> None:
    """Eight bits, one bit, or with a transparency."""
    grey = Image.new("L", (5, 3), 255).convert(mode)
    assert shown(saved(grey)).tolist() == np.ones((1, 3, 5)).tolist()


@pytest.mark.parametrize("mode", ["CMYK", "YCbCr", "L", "RGB"])
def test_a_jpeg_of_any_colours_is_shown(mode: str) -> None:
    """Print shops write CMYK."""
    pixels = shown(saved(Image.new("RGB", (16, 16), "red").convert(mode), "JPEG", quality=95))
    assert len(pixels) == (1 if mode == "L" else 3)
    assert pixels[0].mean() == pytest.approx(0.3 if mode == "L" else 1, abs=0.02)


# ---- 16 bits, and fewer than 8, as 8


@pytest.mark.parametrize("clear", [None, 0, 3])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_sixteen_bits_are_shown_as_eight(clear: int | None, orientation: int) -> None:
    """The same picture in twice the bits: the same greys, transparency on white, turned alike."""
    exif = chunk(b"eXIf", turned(orientation).tobytes().removeprefix(b"Exif\0\0"))
    value = None if clear is None else int(GREYS.flat[clear])
    eight = shown(grey_png(GREYS, 8, value, exif))
    sixteen = shown(grey_png(GREYS * 257, 16, value and value * 257, exif))
    np.testing.assert_array_equal(eight, sixteen)
    expected = np.where(GREYS == value, 255, GREYS) if value is not None else GREYS
    upright = ImageOps.exif_transpose(_with_exif(expected.astype(np.uint8), orientation))
    np.testing.assert_array_equal(np.asarray(upright) / 255, eight[0])


def _with_exif(values: np.ndarray, orientation: int) -> Image.Image:
    return Image.open(BytesIO(saved(Image.fromarray(values), exif=turned(orientation))))


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_one_grey_of_any_depth_may_be_clear(depth: int) -> None:
    """It lies on white; the others keep their grey."""
    most = 2**depth - 1
    values = np.array([[0, most, most // 2, 0]])
    expected = np.where(values == 0, 255, values * 255 // most)[0]
    assert shown(grey_png(values, depth, 0))[0, 0] * 255 == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("depth", [8, 16])
def test_one_colour_of_any_depth_may_be_clear(depth: int) -> None:
    """The same for three values."""
    scale = 257 if depth == 16 else 1
    values = np.array([[[200, 30, 40], [10, 20, 30]]], np.uint16)
    pixels = shown(colour_png(values * scale, depth, (200 * scale, 30 * scale, 40 * scale)))
    assert (pixels[:, 0].T * 255).tolist() == [[255, 255, 255], [10, 20, 30]]


def test_transparency_lies_on_white() -> None:
    """Clear pixels are white, half-clear black ones are grey; a palette's clear colour too."""
    image = Image.new("RGBA", (2, 1))
    image.putpixel((1, 0), (0, 0, 0, 128))
    assert shown(saved(image))[:, 0].tolist() == [pytest.approx([1, 0.5], abs=0.01)] * 3
    palette = Image.new("P", (2, 1), 0)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    assert shown(saved(palette))[:, 0].T.tolist() == [[1, 0, 0], [0, 0, 1]]
    assert shown(saved(palette, transparency=0))[:, 0].T.tolist() == [[1, 1, 1], [0, 0, 1]]


# ---- turned, large, with much beside the picture


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photo_stands_upright(kind: str) -> None:
    """EXIF orientation 6: the camera was held upright, the file lies on its left side."""
    pixels = shown(saved(LARGE, kind, exif=turned(6)))
    assert pixels.shape == (3, 48, 32)
    assert pixels[0, :, -1].min() > 0.9  # red was up, and is now right
    assert pixels[2, :, 0].min() > 0.9


def test_a_large_picture_is_averaged_down_in_its_proportions() -> None:
    """800×400 becomes 100×50, black and white stripes become grey; a thread stays one pixel wide."""
    stripes = np.zeros((400, 800), np.uint8)
    stripes[:, ::2] = 255
    for kind in ("PNG", "BMP"):
        pixels = shown(saved(Image.fromarray(stripes), kind))
        assert pixels.shape[1:] == (limits.MAX_INPUT_SIZE // 2, limits.MAX_INPUT_SIZE)
        assert pixels == pytest.approx(np.full(pixels.shape, 0.5), abs=0.01)
    assert shown(saved(Image.new("L", (3000, 2)))).shape == (1, 1, limits.MAX_INPUT_SIZE)


@given(st.integers(1, 3), st.integers(1, 99), st.booleans(), st.sampled_from(["L", "RGB", "RGBA"]))
def test_what_is_averaged_is_every_pixel_once(shrink: int, side: int, tall: bool, mode: str) -> None:
    """Row by row gives what Pillow's box filter gives of the whole."""
    size = (limits.MAX_INPUT_SIZE * shrink, side * shrink)[:: 1 if tall else -1]
    noise = np.random.default_rng(side).integers(0, 256, (*size, 4), dtype=np.uint8)
    image = Image.fromarray(noise).convert(mode)
    pixels = shown(saved(image))
    whole = image.resize(pixels.shape[:0:-1], Image.Resampling.BOX)
    if mode == "RGBA":
        whole = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    expected = np.atleast_3d(np.asarray(whole)).transpose(2, 0, 1) / 255
    assert pixels == pytest.approx(expected, abs=0.013)


@pytest.mark.parametrize(
    "extra",
    [
        pytest.param(chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(1_500_000))), id="profile"),
        pytest.param(chunk(b"iCCP", b"profile\0\0no zlib"), id="broken profile"),
        pytest.param(chunk(b"zTXt", b"text\0\0" + zlib.compress(b"a" * 1_500_000)), id="packed text"),
        pytest.param(chunk(b"iTXt", b"t\0\1\0\0\0" + zlib.compress(b"a" * 300_000_000, 1)), id="300 MB of text"),
        pytest.param(chunk(b"tEXt", b"text\0" + b"a" * 2_000_000), id="plain text"),
        pytest.param(chunk(b"tEXt", b"a\0b") * 20_000, id="many texts"),
        pytest.param(chunk(b"eXIf", b"no exif"), id="broken EXIF"),
    ],
)
def test_a_sound_png_is_shown_whatever_stands_beside_its_picture(extra: bytes) -> None:
    """A profile, texts, notes of a camera: nothing of them is unpacked."""
    picture = decode(png(2, 1, b"\0" + bytes([255, 0, 0, 0, 0, 255]), extra=extra))
    assert (picture.pixels, picture.damaged) == (bytes([255, 0, 0, 0, 0, 255]), False)


# ---- broken, cut off, of another kind

NOISE = Image.fromarray(np.random.default_rng(3).integers(0, 256, (40, 60, 3), dtype=np.uint8))


@pytest.mark.parametrize(("kind", "kept"), [("JPEG", -2), ("JPEG", 0.6), ("PNG", 0.6), ("GIF", 0.6), ("BMP", 0.6)])
def test_a_file_that_lacks_its_end_is_shown_as_far_as_it_goes(kind: str, kept: float) -> None:
    """As browsers do; what is there is right, and that it is not all is told."""
    data = saved(NOISE, kind, **({"interlace": False} if kind == "GIF" else {}))
    cut = data[:kept] if kept == -2 else data[: int(kept * len(data))]
    picture = decode(cut)
    whole = shown(data)
    assert picture.damaged
    rows = slice(-8, None) if kind == "BMP" else slice(None, 8)  # BMP begins below
    np.testing.assert_array_equal(shown(cut)[:, rows], whole[:, rows])


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_without_the_sign_of_its_end_is_whole(mode: str, progressive: bool) -> None:
    """Two bytes lost in a download: every pixel is there, the last rows too."""
    data = saved(NOISE.convert(mode), "JPEG", progressive=progressive)
    np.testing.assert_array_equal(shown(data[:-2]), shown(data))


@given(st.sampled_from(["L", "RGB", "CMYK"]), st.floats(0, 0.4))
@example("CMYK", 0.0017)
def test_a_progressive_jpeg_is_shown_wherever_it_is_cut(mode: str, lost: float) -> None:
    """Coarse at first and fine at the end: what has come is a whole picture, if a coarse one."""
    data = saved(NOISE.resize((200, 160)).convert(mode), "JPEG", progressive=True)
    picture = decode(data[: len(data) - max(1, int(lost * len(data)))])
    assert (picture.damaged, picture.height) == (True, 80)


def test_a_fault_within_a_png_is_told() -> None:
    """A bit that fell over in the picture's data: its sum is wrong."""
    data = bytearray(saved(NOISE))
    data[data.index(b"IDAT") + 3000] ^= 1
    assert decode(bytes(data)).damaged


TIFF, GIF = saved(NOISE, "TIFF"), saved(NOISE, "GIF")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (TIFF, "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypisom", "MP4"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\xef\xbb\xbf  <svg viewBox='0 0 1 1'/>", "SVG"),
        (b"<!DOCTYPE html><p>Log in", "HTML"),
        (b"PK\3\4" + bytes(40), "ZIP"),
        (b"8BPS\0\1", "PSD"),
        (b"P6\n2 2 255\n............", "PNM"),
        (b"\x93NUMPY\1\0", "NPY"),
        (b"only a text, renamed to .png", "TEXT"),
        ("只是文字".encode(), "TEXT"),
        (b"\xff\x0a\xfa\x1f", "JPEG XL"),
        (b"\xff\x4f\xff\x51", "JPEG 2000"),
        (b"\x1f\x8b\x08", "GZIP"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, kind: str) -> None:
    """By its content, whatever its name says; with the way out."""
    with pytest.raises(DataError, match=f"of the kind {kind}, which is not shown here. Save the image as PNG or JPEG"):
        decode(data)


@pytest.mark.parametrize("data", [b"\0\1\2\3", bytes(500), random.Random(0).randbytes(999), b"\xfe\xdc"])
def test_what_is_nothing_known_is_told(data: bytes) -> None:
    """No format is invented."""
    with pytest.raises(DataError, match=r"no image that a browser shows, or it is damaged\. Choose a PNG"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(NOISE, "JPEG")[:40], "JPEG"),
        (saved(NOISE)[:20], "PNG"),
        (SIGNATURE, "PNG"),
        (png(900, 900, bytes(100)), "PNG"),
        (GIF[:12], "GIF"),
        (saved(NOISE, "BMP")[:30], "BMP"),
        (saved(NOISE, "WEBP")[:60], "WEBP"),
    ],
)
def test_a_file_without_a_picture_is_damaged(data: bytes, kind: str) -> None:
    """Cut within its header, or with next to no data: nothing is shown that is not there."""
    with pytest.raises(DataError, match=f"The {kind} file is damaged, and nothing of its picture can be read"):
        decode(data)


@pytest.mark.parametrize("side", [5000, 20_000, 2_000_000])
def test_too_many_pixels_are_refused_by_the_header(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that would take gigabytes is never unpacked."""
    monkeypatch.setattr(Image.Image, "load", None)
    with pytest.raises(DataError, match="more than 24 million pixels"):
        decode(png(side, side, bytes(100)))


SAMPLES = [
    *(saved(NOISE, kind, exif=turned(6)) for kind in ("PNG", "JPEG", "WEBP")),
    saved(NOISE, "JPEG", progressive=True),
    saved(NOISE.quantize(8), transparency=2),
    grey_png(GREYS * 257, 16, 0),
    saved(NOISE.convert("CMYK"), "JPEG"),
    saved(NOISE, "GIF", save_all=True, append_images=[LARGE]),
    saved(NOISE.quantize(8), "BMP"),
    saved(NOISE, "ICO"),
    *([saved(NOISE, "AVIF")] if features.check("avif") else []),
]


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """A good file with bits over, bytes lost, parts doubled or of another file."""
    data, other = (bytearray(draw(st.sampled_from(SAMPLES))) for _ in range(2))
    place = draw(st.integers(0, len(data) - 1))
    near = draw(st.integers(0, min(60, len(data) - 1)))
    match draw(st.sampled_from(["bits", "head", "cut", "doubled", "inserted", "zeros", "grafted"])):
        case "bits":
            for at in draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=8)):
                data[at] ^= 1 << draw(st.integers(0, 7))
        case "head":
            data[near] = draw(st.integers(0, 255))
        case "cut":
            del data[place:]
        case "doubled":
            data[place:place] = data[near:place] * draw(st.integers(1, 4))
        case "inserted":
            data[place:place] = draw(st.binary(max_size=40))
        case "zeros":
            data[place : place + 20] = bytes(20)
        case "grafted":
            data[place:] = other[place:]
    return bytes(data)


@pytest.mark.filterwarnings("ignore")  # Pillow's, of a damaged EXIF
@given(spoiled())
@example(b"")
def test_any_spoiled_file_is_a_picture_or_a_sentence(data: bytes) -> None:
    """Never a traceback, never a picture whose size is not its pixels'."""
    try:
        picture = decode(data)
    except DataError:
        return
    assert len(picture.pixels) == picture.channels * picture.height * picture.width
    assert max(picture.height, picture.width) <= limits.MAX_INPUT_SIZE
