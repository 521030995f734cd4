"""Which processors multiply bfloat16."""

import platform
from pathlib import Path

import pytest

from explorer.exchange.processor import has_bfloat16, processor_name

SAPPHIRE_RAPIDS = "processor\t: 0\nflags\t\t: fpu sse2 avx2 avx512f avx512_bf16 amx_bf16 amx_tile\nbugs\t\t:\n"
CASCADE_LAKE = "processor\t: 0\nflags\t\t: fpu sse2 avx2 avx512f avx512_vnni\n"
GRAVITON_3 = "processor\t: 0\nFeatures\t: fp asimd sve bf16 i8mm\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [(SAPPHIRE_RAPIDS, True), (CASCADE_LAKE, False), (GRAVITON_3, True), ("processor\t: 0\n", None)],
)
def test_the_kernels_list_of_abilities_says_it(tmp_path: Path, text: str, expected: bool | None) -> None:
    """x86's and ARM's; a processor of AVX-512 alone has none, although torch computes with it."""
    (tmp_path / "cpuinfo").write_text(text)
    assert has_bfloat16(tmp_path / "cpuinfo") is expected


def test_where_there_is_no_list_it_is_not_known(tmp_path: Path) -> None:
    """macOS and Windows keep none there."""
    assert has_bfloat16(tmp_path / "cpuinfo") is None


def test_a_processor_has_the_kernels_name_for_it(tmp_path: Path) -> None:
    """The first core's; ARM's kernel gives none."""
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nmodel name\t: AMD EPYC 9B14\nprocessor\t: 1\nmodel name\t: x\n")
    assert processor_name(tmp_path / "cpuinfo") == "AMD EPYC 9B14"
    (tmp_path / "cpuinfo").write_text(GRAVITON_3)
    assert processor_name(tmp_path / "cpuinfo") == platform.processor()
