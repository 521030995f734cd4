"""The GPU page's exercises: bytes on the way, the line that fails, milliseconds and seconds, when a GPU is faster."""

from dataclasses import dataclass
from math import ceil, floor, prod
from random import Random

from explorer.core.errors import mark, say
from explorer.core.exercises.device_program import FAILING, DeviceProgram, failing_line
from explorer.core.exercises.exercise import Exercise
from explorer.core.exercises.given import Given
from explorer.core.exercises.question import Question, of_screen, question
from explorer.core.exercises.worked import Worked, product, result, shape, spell
from explorer.core.network.layers import IMAGE
from explorer.core.network.ledger import FLOAT_BYTES
from explorer.core.run.throughput import BATCH_SIZES

PAGE = "gpu"


@dataclass(frozen=True)
class Launches:
    """A step on a GPU: so many ``launches``, which take ``each`` µs whatever the batch; an image takes the GPU ``gpu``
    µs, and the CPU ``cpu`` µs, which launches nothing."""

    launches: int
    each: int
    gpu: int
    cpu: int


@dataclass(frozen=True)
class DeviceState:
    """The script on screen: its batch size, its run's images and epochs, its network's parameters; and a ``point`` of
    the curve: (batch size, images a second). Made up alone are a ``program`` that fails, and the ``costs`` of a step.
    """

    batch_size: int
    parameters: int
    images: int
    epochs: float
    point: tuple[int, float]
    program: DeviceProgram | None = None
    costs: Launches | None = None


def draw_device(random: Random) -> DeviceState:
    """Numbers as scripts and machines have them."""
    gpu = random.randint(1, 12)
    return DeviceState(
        batch_size=random.choice([16, 32, 48, 96, 128, 192, 256]),
        parameters=random.randint(2_000, 200_000),
        images=random.choice([10_000, 20_000, 30_000, 50_000, 60_000]),
        epochs=random.randint(2, 12),
        point=(random.choice(BATCH_SIZES[2:]), 100.0 * random.randint(20, 400)),
        program=random.choice(FAILING),
        costs=Launches(random.randint(25, 90), random.randint(4, 12), gpu, gpu + random.randint(15, 110)),
    )


def _batch_bytes(state: DeviceState) -> Question:
    def compute(slip: str) -> Worked:
        sides = IMAGE if slip == "single_image" else (state.batch_size, *IMAGE)
        count = prod(sides)
        first = f"{product(*sides)} = {spell(count)}"
        if slip == "bytes_forgotten":
            return result(count, first)
        size = 32 if slip == "bits_for_bytes" else FLOAT_BYTES
        return result(count * size, first, f"{spell(count)}·{size} = {spell(count * size)}")

    asked = say(
        "A batch of {batch} digits, each {sides}, goes to the GPU as float32. How many bytes are that?",
        batch=state.batch_size,
        sides=shape(IMAGE),
    )
    return question(asked, compute, ("bytes_forgotten", "single_image", "bits_for_bytes"))


def _line(state: DeviceState) -> Question:
    return failing_line(of_screen(state.program))


def _program(state: DeviceState) -> Given:
    return Given(of_screen(state.program).numbered)


def _step_time(state: DeviceState) -> Question:
    batch, rate = state.point

    def compute(slip: str) -> Worked:
        if slip == "per_second_for_seconds":
            return result(rate / batch, f"{spell(rate)} / {batch} = {spell(rate / batch)}")
        images = 1 if slip == "image_for_step" else batch
        seconds = images / rate
        first = f"{images} / {spell(rate)} = {spell(seconds, 6)}"
        if slip == "seconds_for_milliseconds":
            return result(seconds, first)
        return result(1000 * seconds, first, f"1000·{spell(seconds, 6)} = {spell(1000 * seconds, 3)}")

    asked = say(
        "At batch size {batch} a device trains on {rate} images a second. How many milliseconds does a step take, to "
        "one decimal?",
        batch=batch,
        rate=spell(rate),
    )
    slips = ("image_for_step", "per_second_for_seconds", "seconds_for_milliseconds")
    return question(asked, compute, slips, decimals=1)


def _run_time(state: DeviceState) -> Question:
    batch, rate = state.point
    epochs = int(of_screen(state.epochs if state.epochs == int(state.epochs) > 1 else None))

    def compute(slip: str) -> Worked:
        passes = 1 if slip == "epoch_for_run" else epochs
        each = ceil(state.images / batch) if slip == "step_for_image" else state.images
        lines = [f"⌈{spell(state.images)} / {batch}⌉ = {spell(each)}"] if slip == "step_for_image" else []
        count = each * passes
        lines += [] if slip == "epoch_for_run" else [f"{spell(each)}·{passes} = {spell(count)}"]
        return result(count / rate, *lines, f"{spell(count)} / {spell(rate)} = {spell(count / rate, 3)}")

    asked = say(
        "At batch size {batch} a device trains on {rate} images a second. How many seconds do {epochs} epochs of "
        "{images} images take, to one decimal?",
        batch=batch,
        rate=spell(rate),
        epochs=epochs,
        images=state.images,
    )
    return question(asked, compute, ("epoch_for_run", "step_for_image"), decimals=1)


def _memory(state: DeviceState) -> Question:
    # Numbers for each weight: itself, its gradient, its averages.
    parts = {"": (1, 1, 2), "averages_forgotten": (1, 1), "gradients_forgotten": (1, 2), "weights_alone": (1,)}

    def compute(slip: str) -> Worked:
        each = parts[slip]
        numbers = sum(each) * state.parameters
        lines = [f"{' + '.join(map(str, each))} = {sum(each)}"] if len(each) > 1 else []
        lines += [f"{sum(each)}·{spell(state.parameters)} = {spell(numbers)}"]
        size = FLOAT_BYTES * numbers
        return result(size, *lines, f"{spell(numbers)}·{FLOAT_BYTES} = {spell(size)}")

    asked = say(
        "A network with {parameters} parameters learns by Adam, in float32. How many bytes do its weights, their "
        "gradients and Adam’s two averages take?",
        parameters=state.parameters,
    )
    return question(asked, compute, tuple(parts)[1:])


def _wins(state: DeviceState) -> Question:
    costs = of_screen(state.costs)
    launching = costs.launches * costs.each

    def compute(slip: str) -> Worked:
        first = f"{product(costs.launches, costs.each)} = {spell(launching)}"
        if slip == "launches_forgotten":
            return result(1, f"{costs.gpu} < {costs.cpu}", "1")
        gained = costs.cpu if slip == "own_time_forgotten" else costs.cpu - costs.gpu
        lines = [first, *([] if slip == "own_time_forgotten" else [f"{costs.cpu} − {costs.gpu} = {gained}"])]
        exact = launching / gained
        whole, more = floor(exact), "" if slip == "last_slower" else " + 1"
        lines += [f"{spell(launching)} / {gained} = {spell(exact)}", f"⌊{spell(exact)}⌋{more} = {whole + bool(more)}"]
        return result(whole + bool(more), *lines)

    asked = say(
        "A step’s {launches} launches take a GPU {each} µs each, however large the batch, and each image {gpu} µs. A "
        "CPU launches nothing, and takes {cpu} µs for each image. From which batch size on is the GPU faster?",
        launches=costs.launches,
        each=costs.each,
        gpu=costs.gpu,
        cpu=costs.cpu,
    )
    return question(asked, compute, ("last_slower", "own_time_forgotten", "launches_forgotten"))


EXERCISES = (
    Exercise("gpu_batch_bytes", PAGE, mark("A batch on its way"), _batch_bytes, draw_device),
    Exercise("gpu_line", PAGE, mark("The line that fails"), _line, draw_device, given=_program),
    Exercise("gpu_step_time", PAGE, mark("Milliseconds of a step"), _step_time, draw_device),
    Exercise("gpu_run_time", PAGE, mark("Seconds of a run"), _run_time, draw_device),
    Exercise("gpu_memory", PAGE, mark("Memory of the weights"), _memory, draw_device),
    Exercise("gpu_wins", PAGE, mark("When a GPU is faster"), _wins, draw_device),
)
