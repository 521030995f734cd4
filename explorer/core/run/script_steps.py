"""The training script's loop: passes over all images where that is all there is to it, else single steps."""

from textwrap import indent

from explorer.core.run.learning_rate import changes_in_turn
from explorer.core.run.schedule import DROP, DROPS, END, START, WARM_UP
from explorer.core.run.train_config import TrainConfig

_BATCHES = '''\
def batches():
    """The rows of one batch after the other; every pass has an order of its own."""
    while True:
        order = torch.randperm(len(labels), generator=shuffle).to(device)
        yield from order.split(BATCH_SIZE)
'''
_FACTORS = {
    "step": f'''\
def lr_factor(step):
    """Of the learning rate, as MultiStepLR has it: a tenth from the middle on, a hundredth in the last quarter."""
    return {DROP} ** ((step >= int(STEPS * {DROPS[0]})) + (step >= int(STEPS * {DROPS[1]})))
''',
    "cosine": '''\
def lr_factor(step):
    """Of the learning rate, as CosineAnnealingLR has it: from 1 down to 0."""
    return (1 + cos(pi * (step / STEPS))) / 2
''',
    "onecycle": f'''\
def lr_factor(step):
    """Of the learning rate, as OneCycleLR has it: up to 1 in a fifth of the run, then down to nearly 0."""
    top = {WARM_UP} * STEPS - 1
    if step < top:
        return between(1 / {START:g}, 1, step / top)
    return between(1, 1 / {START:g} / {END:g}, (step - top) / (STEPS - 1 - top))


def between(start, end, share):
    """Half a wave of the cosine from start to end."""
    return end + (start - end) * (1 + cos(pi * share)) / 2
''',
}
_UPDATE = """\
optimizer.zero_grad()
loss.backward()
optimizer.step()
"""


def rate_code(config: TrainConfig, stop_after: int | None = None) -> list[str]:
    """The functions that the loop calls."""
    functions = [_BATCHES] if _in_steps(config, stop_after) else []
    return functions + ([_FACTORS[config.schedule]] if config.schedule in _FACTORS else [])


def modules_of_loop(config: TrainConfig, stop_after: int | None = None) -> list[str]:
    """The import statements that ``rate_code`` and ``loop_code`` need beside torch."""
    names = ["ceil"] * _in_steps(config, stop_after) + ["cos", "pi"] * (config.schedule in ("cosine", "onecycle"))
    clock = ["from time import perf_counter"] * bool(config.max_seconds)
    return [f"from math import {', '.join(names)}"] * bool(names) + clock


def loop_code(config: TrainConfig, stop_after: int | None = None) -> str:
    """The rest of the script, which trains and prints; ``stop_after`` so many steps, where a run was stopped there."""
    return _steps(config, stop_after) if _in_steps(config, stop_after) else _passes(config)


def _in_steps(config: TrainConfig, stop_after: int | None) -> bool:
    """Whether something happens within a pass, or depends on the step."""
    within = config.evaluate_every or config.max_seconds or config.changes or config.schedule != "constant"
    return bool(within or stop_after) or config.epochs != int(config.epochs)


def _passes(config: TrainConfig) -> str:
    return (
        "for epoch in range(1, EPOCHS + 1):\n"
        + "    order = torch.randperm(len(labels), generator=shuffle).to(device)\n"
        + "    for rows in order.split(BATCH_SIZE):\n"
        + indent(_learn(config), " " * 8)
        + indent(_tested(config, "epoch {epoch}"), " " * 4)
    )


def _steps(config: TrainConfig, stop_after: int | None) -> str:
    due = [f"done % {config.evaluate_every} == 0"] * bool(config.evaluate_every)
    due += ["done % PASS == 0", "done == STEPS"] + [f"seconds >= {config.max_seconds}"] * bool(config.max_seconds)
    learn = _learn(config)
    if config.max_seconds:
        learn = f"began = perf_counter()\n{learn}seconds += perf_counter() - began\n"
    return (
        "PASS = ceil(len(labels) / BATCH_SIZE)  # steps of one pass, the last of them on fewer images\n"
        + "STEPS = ceil(EPOCHS * PASS - 1e-9)\n"
        + _changes(config)
        + ("seconds = 0.0\n" if config.max_seconds else "")
        + f"\nfor step, rows in zip(range({stop_after or 'STEPS'}), batches()):\n"
        + indent(_rates(config) + learn + "done = step + 1\n", " " * 4)
        + f"    if {' or '.join(due)}:\n"
        + indent(_tested(config, "step {done}"), " " * 8)
    )


def _learn(config: TrainConfig) -> str:
    """One step on the images of ``rows``."""
    smoothing = f", label_smoothing={config.label_smoothing}" if config.label_smoothing else ""
    if config.precision == "fp32":
        return f"loss = cross_entropy(net(images[rows]), labels[rows]{smoothing})\n{_UPDATE}"
    return (
        "with torch.autocast(device.type, torch.bfloat16):\n    outputs = net(images[rows]).float()\n"
        f"loss = cross_entropy(outputs, labels[rows]{smoothing})\n{_UPDATE}"
    )


def _tested(config: TrainConfig, at: str) -> str:
    """A look at the test images, and the ends that come early."""
    ends = [f"accuracy >= {config.target_accuracy}"] * bool(config.target_accuracy)
    ends += [f"seconds >= {config.max_seconds}"] * bool(config.max_seconds)
    if not ends:
        return f'print(f"{at}: test accuracy {{test():.2%}}")\n'
    return f'accuracy = test()\nprint(f"{at}: test accuracy {{accuracy:.2%}}")\nif {" or ".join(ends)}:\n    break\n'


def _rates(config: TrainConfig) -> str:
    """What is set before each step, where it is not the same in all of them."""
    rates, momenta = _changed(config)
    group, lines = "optimizer.param_groups[0]", ["LR = RATES.get(step, LR)"] * bool(rates)
    if config.schedule != "constant":
        lines.append(f'{group}["lr"] = LR * lr_factor(step)')
    elif rates:
        lines.append(f'{group}["lr"] = LR')
    if momenta:
        lines.append("MOMENTUM = MOMENTA.get(step, MOMENTUM)")
        name, value = ("momentum", "MOMENTUM") if config.optimizer == "sgd" else ("betas", "(MOMENTUM, 0.999)")
        lines.append(f'{group}["{name}"] = {value}')
    return "".join(f"{line}\n" for line in lines)


def _changes(config: TrainConfig) -> str:
    """What was changed while the app trained."""
    rates, momenta = _changed(config)
    lines = [f"RATES = {rates}  # from so many steps on, another learning rate"] * bool(rates)
    lines += [f"MOMENTA = {momenta}  # and another momentum"] * bool(momenta)
    return "".join(f"{line}\n" for line in lines)


def _changed(config: TrainConfig) -> tuple[dict[int, float], dict[int, float]]:
    """Step -> learning rate, step -> momentum."""
    changes = list(changes_in_turn(config))
    return (
        {step: lr for step, lr, _ in changes if lr is not None},
        {step: momentum for step, _, momentum in changes if momentum is not None},
    )
