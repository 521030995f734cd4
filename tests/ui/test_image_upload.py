"""Uploaded files, as they come: right side up, small, and a sentence instead of a traceback."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
import streamlit as st
from PIL import Image

from explorer.core import limits
from explorer.core.explained import DataError
from explorer.ui.image_upload import decode_image, uploaded_image

HALVES = np.zeros((4, 6, 3), np.uint8)  # upper half red, lower half blue
HALVES[:2, :, 0] = HALVES[2:, :, 2] = 255


@pytest.fixture(autouse=True)
def _fresh_session() -> Iterator[None]:
    st.session_state.clear()
    yield
    st.session_state.clear()


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def png_that_claims(width: int, height: int) -> bytes:
    """A whole, valid header, and next to no data."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = (struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, data, b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_png_keeps_its_pixels() -> None:
    """Small enough, it is neither scaled nor rounded: (3, H, W), 0 … 1."""
    np.testing.assert_array_equal(decode_image(saved(Image.fromarray(HALVES))), HALVES.transpose(2, 0, 1) / 255)


def test_a_jpeg_is_nearly_its_picture() -> None:
    """JPEG loses a little, and colours in pairs of pixels."""
    pixels = decode_image(saved(Image.fromarray(np.kron(HALVES, np.ones((8, 8, 1), np.uint8))), "JPEG", quality=95))
    assert pixels.shape == (3, 32, 48)
    assert pixels[0, :14].min() > 0.95
    assert pixels[0, 18:].max() < 0.05


@pytest.mark.parametrize("mode", ["L", "1", "LA"])
def test_a_grey_file_has_one_channel(mode: str) -> None:
    """Eight bits, one bit, or with a transparency."""
    grey = Image.new("L", (5, 3), 255).convert(mode)
    assert decode_image(saved(grey)).tolist() == np.ones((1, 3, 5)).tolist()


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    """A 16-bit grey of half the range is a grey of half the range."""
    image = Image.fromarray(np.full((3, 5), 32768, np.uint16))
    assert decode_image(saved(image)) == pytest.approx(np.full((1, 3, 5), 0.5), abs=0.01)


def test_transparency_lies_on_white() -> None:
    """Clear pixels are white, half-clear black ones are grey; a palette's clear colour too."""
    image = Image.new("RGBA", (2, 1))
    image.putpixel((1, 0), (0, 0, 0, 128))
    assert decode_image(saved(image))[:, 0].tolist() == [pytest.approx([1, 0.5], abs=0.01)] * 3
    palette = Image.new("P", (2, 1), 0)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.putpixel((1, 0), 1)
    assert decode_image(saved(palette))[:, 0].T.tolist() == [[1, 0, 0], [0, 0, 1]]
    assert decode_image(saved(palette, transparency=0))[:, 0].T.tolist() == [[1, 1, 1], [0, 0, 1]]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_stands_upright(kind: str) -> None:
    """EXIF orientation 6: the camera was held upright, the file lies on its left side."""
    image = Image.fromarray(np.kron(HALVES, np.ones((8, 8, 1), np.uint8)))
    pixels = decode_image(saved(image, kind, exif=turned(6)))
    assert pixels.shape == (3, 48, 32)
    assert pixels[0, :, -1].min() > 0.9  # red was up, and is now right
    assert pixels[2, :, 0].min() > 0.9


def test_a_large_picture_is_averaged_down_in_its_proportions() -> None:
    """800×400 becomes 100×50, black and white stripes become grey; a thread stays one pixel wide."""
    stripes = np.zeros((400, 800), np.uint8)
    stripes[:, ::2] = 255
    pixels = decode_image(saved(Image.fromarray(stripes)))
    assert pixels.shape == (1, limits.MAX_INPUT_SIZE // 2, limits.MAX_INPUT_SIZE)
    assert pixels == pytest.approx(np.full(pixels.shape, 0.5), abs=0.01)
    assert decode_image(saved(Image.new("L", (3000, 2)))).shape == (1, 1, limits.MAX_INPUT_SIZE)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"only a text, renamed to .png", id="text"),
        pytest.param(saved(Image.fromarray(HALVES), "GIF"), id="gif"),
        pytest.param(saved(Image.fromarray(HALVES), "TIFF"), id="tiff"),
        pytest.param(saved(Image.fromarray(HALVES), "JPEG")[:-60], id="cut jpeg"),
        pytest.param(saved(Image.effect_noise((40, 40), 90))[:600], id="cut png"),
        pytest.param(png_that_claims(9, 9)[:20], id="cut header"),
        pytest.param(png_that_claims(900, 900), id="too little data"),
    ],
)
def test_a_broken_or_other_file_is_explained(data: bytes) -> None:
    """What is no whole PNG or JPEG, whatever its name says."""
    with pytest.raises(DataError, match="not a PNG or JPEG image, or it is damaged"):
        decode_image(data)


@pytest.mark.parametrize("side", [5000, 20_000, 2_000_000])
def test_too_many_pixels_are_refused_by_the_header(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that would take gigabytes is never unpacked."""
    monkeypatch.setattr(Image.Image, "convert", None)
    with pytest.raises(DataError, match="more than 24 million pixels"):
        decode_image(png_that_claims(side, side))


def test_too_many_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence has both numbers."""
    monkeypatch.setattr(limits, "MAX_UPLOAD_BYTES", 1_000_000)
    with pytest.raises(DataError, match=r"The file has 1.2 MB, more than the 1 MB"):
        decode_image(b"\0" * 1_200_000)


def test_a_page_gets_grey_or_colour_as_it_asks() -> None:
    """Grey is ITU-R 601's, as Pillow's; a grey picture has three equal colours; before an upload there is none."""
    assert uploaded_image("own", channels=1) is None
    colour = decode_image(saved(Image.fromarray(HALVES)))
    st.session_state["own_image"] = colour
    assert uploaded_image("own", channels=3) is colour
    expected = np.asarray(Image.fromarray(HALVES).convert("L")) / 255
    assert uploaded_image("own", channels=1)[0] == pytest.approx(expected, abs=0.005)
    st.session_state["own_image"] = expected[None]
    assert (uploaded_image("own", channels=3) == expected).all()
