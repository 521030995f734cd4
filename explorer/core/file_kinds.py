"""What a file is, by its first bytes: names of formats, to be said where a file is not what was wanted."""

HEAD_BYTES = 512  # as many as the tests below look at

# (where, bytes, name); the first that fits. Names are the formats' own, the same in every language.
_SIGNATURES = (
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WEBP"),
    (0, b"\0\0\1\0", "ICO"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"II+\0", "TIFF"),
    (0, b"MM\0+", "TIFF"),
    (4, b"ftypavi", "AVIF"),
    *((4, b"ftyp" + brand, "HEIC") for brand in (b"hei", b"hev", b"mif", b"msf")),
    (4, b"ftypjp", "JPEG 2000"),
    (4, b"jP  \r\n", "JPEG 2000"),
    (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"\xff\x0a", "JPEG XL"),
    (4, b"JXL \r\n", "JPEG XL"),
    (4, b"ftyp", "MP4"),
    (0, b"8BPS", "PSD"),
    (0, b"gimp xcf", "XCF"),
    (0, b"icns", "ICNS"),
    (0, b"\x76\x2f\x31\x01", "OpenEXR"),
    (0, b"#?RADIANCE", "HDR"),
    *((0, b"P%d" % number + space, "PNM") for number in range(1, 8) for space in (b"\n", b" ", b"\r", b"\t")),
    (0, b"%PDF", "PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"PK\3\4", "ZIP"),
    (0, b"PK\5\6", "ZIP"),
    (0, b"\x1f\x8b", "GZIP"),
    (0, b"7z\xbc\xaf\x27\x1c", "7Z"),
    (0, b"Rar!", "RAR"),
    (0, b"BZh", "BZIP2"),
    (0, b"\xfd7zXZ\0", "XZ"),
    (0, b"\x28\xb5\x2f\xfd", "ZSTD"),
    (257, b"ustar", "TAR"),
    (0, b"\x93NUMPY", "NPY"),
    (0, b"\x89HDF", "HDF5"),
    (0, b"MATLAB", "MAT"),
    (0, b"PAR1", "Parquet"),
    (0, b"\x80\2", "pickle"),
    (0, b"\x80\3", "pickle"),
    (0, b"\x80\4", "pickle"),
    (0, b"\x80\5", "pickle"),
    (128, b"DICM", "DICOM"),
    (8, b"AVI ", "AVI"),
    (8, b"WAVE", "WAV"),
    (0, b"OggS", "OGG"),
    (0, b"ID3", "MP3"),
    (0, b"\x7fELF", "ELF"),
    (0, b"MZ", "EXE"),
    (0, b"\xd0\xcf\x11\xe0", "DOC/XLS/PPT"),
    (0, b"version https://git-lfs", "Git LFS"),
    (0, b"BM", "BMP"),
)
_MARKUP = ((b"<svg", "SVG"), (b"<!doctype html", "HTML"), (b"<html", "HTML"), (b"<?xml", "XML"))
_CONTROL = set(range(32)) - set(b"\t\n\r\f\x1b")


def file_kind(head: bytes) -> str:
    """The format's name, of the first HEAD_BYTES or all of a file; "TEXT" for plain text, "" where it is none known."""
    for start, signature, name in _SIGNATURES:
        if head.startswith(signature, start):
            return name
    return _text_kind(head)


def _text_kind(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text or not _CONTROL.isdisjoint(text):
        return "TEXT" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    for start, name in _MARKUP:
        if text.startswith(start):
            return "SVG" if name == "XML" and b"<svg" in text else name
    try:
        text.decode()
    except UnicodeDecodeError as error:
        if error.start < len(text) - 4 or len(head) < HEAD_BYTES:  # the head's end may cut a letter
            return ""
    return "TEXT"
