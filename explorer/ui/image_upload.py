"""The learner's own picture: uploaded, checked, made small, kept for the session; the file itself is dropped."""

import struct
from collections.abc import Callable
from io import BytesIO

import numpy as np
import streamlit as st
from PIL import Image, ImageOps
from streamlit.runtime.scriptrunner import get_script_run_ctx

from explorer.core import limits
from explorer.core.explained import DataError
from explorer.ui.language import explain, t

UPLOAD = "image"  # the key by which the pages share one picture
MODES = {1: "L", 3: "RGB"}  # Pillow's names for grey and colour
LUMA = np.array([0.299, 0.587, 0.114])  # red, green, blue in a grey: ITU-R 601, as Pillow weighs them
# What Pillow raises, by the place where a file breaks: a header, a chunk, a table, an EXIF entry.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error)


def image_uploader(key: str, *, on_image: Callable[[np.ndarray], None] = lambda image: None) -> None:
    """Draws the field that takes a PNG or JPEG, and says why the last file was refused.

    ``on_image`` is given each new picture, (C, H, W) in 0 … 1, before the page runs again. Fields of one ``key`` share
    their picture: several pages may draw it.
    """
    field = f"{key}_field_{st.session_state.get(_name(key, 'files'), 0)}"
    st.file_uploader(
        t("Your image (PNG or JPEG)"),
        ["png", "jpg", "jpeg"],
        key=field,
        on_change=lambda: _take(key, field, on_image),
        max_upload_size=max(1, limits.MAX_UPLOAD_BYTES // 1_000_000),
    )
    problem = st.session_state.get(_name(key, "problem"))
    if problem:
        st.warning(explain(problem.sentence, problem.numbers))
    st.caption(t("Your image stays in this session; the link does not carry it."))


def uploaded_image(key: str, *, channels: int) -> np.ndarray | None:
    """The picture that ``key`` was given, grey (1, H, W) or RGB (3, H, W), 0 … 1, sides ≤ MAX_INPUT_SIZE; else None."""
    image = st.session_state.get(_name(key, "image"))
    if image is None or len(image) == channels:
        return image
    return np.repeat(image, 3, axis=0) if channels == 3 else np.tensordot(LUMA, image, 1)[None]


def decode_image(data: bytes) -> np.ndarray:
    """A PNG or JPEG file's pixels, upright, transparency on white: (1, H, W) where grey, else (3, H, W), 0 … 1.

    Larger pictures are averaged down to sides of MAX_INPUT_SIZE, their proportions kept. Raises DataError for a file
    that is too large, of another kind, or broken; too many pixels are refused by the header, before they are unpacked.
    """
    if len(data) > limits.MAX_UPLOAD_BYTES:
        raise DataError(
            "The file has {size} MB, more than the {most} MB that are taken. Save the image smaller.",
            size=f"{len(data) / 1e6:.1f}",
            most=f"{limits.MAX_UPLOAD_BYTES / 1e6:g}",
        )
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            _check_size(image)
            return _pixels(image)
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except BROKEN as error:
        if isinstance(error, DataError):
            raise
        raise DataError(
            "The file is not a PNG or JPEG image, or it is damaged. Save the image again, or choose another."
        ) from error


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > limits.MAX_UPLOAD_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> DataError:
    return DataError(
        "The image has more than {most} million pixels. Make it smaller and choose it again.",
        most=f"{limits.MAX_UPLOAD_PIXELS / 1e6:g}",
    )


def _pixels(image: Image.Image) -> np.ndarray:
    """Made small first, in the fewest bytes a pixel that its mode allows, then turned and laid on white."""
    if image.mode.startswith("I"):  # 16-bit grey: convert() would clip at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    grey = image.mode in ("1", "L", "LA")
    clear = image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info
    image = image.convert("RGBA" if clear else MODES[1 if grey else 3])
    image.thumbnail((limits.MAX_INPUT_SIZE, limits.MAX_INPUT_SIZE), Image.Resampling.BOX)
    image = ImageOps.exif_transpose(image)
    if clear:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    pixels = np.asarray(image.convert(MODES[1 if grey else 3])) / 255  # (H, W) or (H, W, 3)
    return np.moveaxis(np.atleast_3d(pixels), 2, 0)


def _take(key: str, field: str, on_image: Callable[[np.ndarray], None]) -> None:
    """Reads the file just chosen; a new, empty field takes the place of this one, which lets go of the file."""
    file = st.session_state.get(field)
    if file is None:
        return
    st.session_state[_name(key, "files")] = st.session_state.get(_name(key, "files"), 0) + 1
    try:
        st.session_state[_name(key, "image")] = decode_image(file.getvalue())
        st.session_state[_name(key, "problem")] = None
        on_image(st.session_state[_name(key, "image")])
    except DataError as error:
        st.session_state[_name(key, "problem")] = error
    finally:
        context = get_script_run_ctx()
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def _name(key: str, what: str) -> str:
    return f"{key}_{what}"
