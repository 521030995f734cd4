"""A run draws its own random numbers, whatever else draws from torch's global generators."""

import pytest
import torch

from explorer.training.run_random import RunRandom

CPU = torch.device("cpu")


def expected(seed: int, count: int, device: torch.device = CPU) -> torch.Tensor:
    return torch.rand(count, generator=torch.Generator(device).manual_seed(seed), device=device)


def test_the_numbers_are_those_of_the_seed_however_they_are_interrupted() -> None:
    """Drawn in two goes with others' numbers and a new seed in between, they are one sequence."""
    with torch.random.fork_rng(devices=[]):
        random = RunRandom(3, CPU)
        with random:
            first = torch.rand(4)
        torch.rand(7)
        torch.manual_seed(3)
        with random:
            second = torch.rand(4)
    assert torch.equal(expected(3, 8), torch.cat([first, second]))


def test_others_draw_as_if_there_were_no_run() -> None:
    """What the global generator gives before and after is one sequence, too, even where the run failed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(8)
        first = torch.rand(4)
        with pytest.raises(RuntimeError, match="negative dimension"), RunRandom(3, CPU):
            torch.rand(100).new_empty(-1)
        second = torch.rand(4)
    assert torch.equal(expected(8, 8), torch.cat([first, second]))


def test_a_kept_state_goes_on_with_the_same_numbers() -> None:
    """One state of plain bytes for the CPU; put into another run's random, it gives what the first would have given."""
    first, second = RunRandom(3, CPU), RunRandom(4, CPU)
    with first:
        torch.rand(5)
    assert {"cpu": torch.uint8} == {kind: state.dtype for kind, state in first.states.items()}
    second.states = {kind: state.clone() for kind, state in first.states.items()}
    with second:
        found = torch.rand(4)
    assert torch.equal(expected(3, 9)[5:], found)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_a_gpu_has_its_own_numbers_beside_the_cpus() -> None:
    """Both begin at the seed; drawing from one does not move the other."""
    device = torch.device("cuda")
    random = RunRandom(3, device)
    before = torch.cuda.get_rng_state()
    with random:
        found = torch.rand(4, device=device), torch.rand(4)
    assert torch.equal(expected(3, 4, device), found[0])
    assert torch.equal(expected(3, 4), found[1])
    assert torch.equal(before, torch.cuda.get_rng_state())
