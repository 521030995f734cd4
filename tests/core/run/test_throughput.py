"""What was measured, as it travels and is kept."""

from pathlib import Path

from explorer.core.run.throughput import BATCH_SIZES, DeviceCurve, Throughput, read_throughput

ROOT = Path(__file__).parents[3]


def test_it_is_read_as_it_was_written() -> None:
    """Names in any script, an empty curve."""
    cpu = DeviceCurve("cpu", "处理器", ((1, 1078.0), (4, 3380.5)), {})
    gpu = DeviceCurve("cuda", "", (), {"network": "RuntimeError: …"})
    found = Throughput("2.14.1", 3, (cpu, gpu))
    assert found == read_throughput(found.as_json())


def test_the_curve_that_comes_with_the_app_is_of_a_cpu() -> None:
    """No CUDA figure was measured for it, and none is in it; larger batches are faster than one image."""
    stored = read_throughput((ROOT / "explorer/lessons/throughput.json").read_bytes())
    assert ["cpu"] == [curve.kind for curve in stored.curves]
    points = dict(stored.curves[0].points)
    assert BATCH_SIZES == tuple(points)
    assert points[64] > 3 * points[1] > 0
