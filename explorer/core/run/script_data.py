"""How the training script comes to its images: torchvision's data sets, the learner's own files, or offline digits."""

from dataclasses import dataclass
from pathlib import Path

from explorer.core import limits
from explorer.core.data.data_sets import PIXEL_SEED, SOURCES
from explorer.core.data.offline_file import offline_file
from explorer.core.run.train_config import TrainConfig

_READ = '''\
def read(name):
    """The bytes of one of the four files, wherever in FOLDER it lies, packed or not."""
    paths = [path for path in Path(FOLDER).expanduser().rglob(f"{{name}}?ubyte*") if path.is_file()]
    path = min(paths, key=lambda path: ("{published}" not in path.parts, len(path.parts), path))
    content = path.read_bytes()
    while content[:2] == b"\\x1f\\x8b":
        content = gzip.decompress(content)
    return bytearray(content)


'''
_OWN_FILES = """\
    name = "train" if train else "t10k"
    pixels = torch.frombuffer(read(f"{name}?images?idx3"), dtype=torch.uint8, offset=16).view(-1, 28, 28)
    labels = torch.frombuffer(read(f"{name}?labels?idx1"), dtype=torch.uint8, offset=8).long()
"""
_OFFLINE = """\
    path = Path(FILE).expanduser()
    kept = numpy.load(path / "{file}" if path.is_dir() else path)
    pixels, labels = (torch.from_numpy(kept[f"arr_{{number}}"]) for number in ((0, 1) if train else (2, 3)))
"""
_PUBLISHED = """\
    data = {name}(FOLDER, train=train, download=True)
    pixels, labels = data.data, data.targets
"""
_SHUFFLED = f"""\
    order = torch.randperm(28 * 28, generator=torch.Generator().manual_seed({PIXEL_SEED}))  # one for all images
    pixels = pixels.flatten(1)[:, order].view(-1, 28, 28)
"""


@dataclass(frozen=True)
class LoadCode:
    """``folder``: the line that takes the command's argument; ``function``: ``load(train)``, and what it calls."""

    folder: str
    function: str


def load_code(config: TrainConfig) -> LoadCode:
    """The data set's part of a script: 28×28 images (N, 1, 28, 28) and labels (N,) as ``config`` has them."""
    source = SOURCES[config.data]
    function = (
        (_READ.format(published=source.published) if _own_files(config) else "")
        + 'def load(train):\n    """Images, normalised once, and labels, on the device."""\n'
        + _reading(config)
        + (_SHUFFLED if config.shuffled_pixels else "")
        + "    images = pixels.to(device).unsqueeze(1).float() / 255  # (N, 1, 28, 28)\n"
        + f"    return (images - {source.mean}) / {source.std}, labels.to(device)\n"
    )
    place, name = ("FOLDER", _folder(config)) if source.published else ("FILE", offline_file(limits.OFFLINE_DIGITS))
    return LoadCode(f"{place} = sys.argv[1] if len(sys.argv) > 1 else {_quoted(name)}", function)


def modules_to_load(config: TrainConfig) -> list[str]:
    """The import statements that ``load`` needs beside torch and sys."""
    if _own_files(config):
        return ["import gzip", "from pathlib import Path"]
    if published := SOURCES[config.data].published:
        return [f"from torchvision.datasets import {published}"]
    return ["from pathlib import Path", "import numpy"]


def _reading(config: TrainConfig) -> str:
    if _own_files(config):
        return _OWN_FILES
    published = SOURCES[config.data].published
    return _PUBLISHED.format(name=published) if published else _OFFLINE.format(file=offline_file(limits.OFFLINE_DIGITS))


def _own_files(config: TrainConfig) -> bool:
    return bool(SOURCES[config.data].published and config.data_folder)


def _folder(config: TrainConfig) -> str:
    """The learner's own, who may also have named one of the files in it."""
    folder = Path(config.data_folder or "data")
    return str(folder.parent if "ubyte" in folder.name.lower() else folder)


def _quoted(text: str) -> str:
    return f'"{text}"' if text.isprintable() and not {'"', "\\"} & set(text) else repr(text)
