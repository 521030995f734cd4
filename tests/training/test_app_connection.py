"""A worker's connection to the app, over a real scheduler in the test's process."""

from collections.abc import Iterator

import pytest
from distributed import Client, Variable

from explorer.exchange.protocol import COMMANDS, Assignment, answer_name
from explorer.training.app_connection import CommandListener
from explorer.training.steering import Steering

SECONDS = 20
MINE = Assignment(run_id="run", submission="mine", reports="reports", workers=1, idle_seconds=60, run_seconds=60)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(processes=False, n_workers=0, dashboard_address="127.0.0.1:0") as client:
        yield client


def test_a_command_right_after_the_answer_is_heard(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Subscriptions and commands travel on two connections: here the subscription comes late to the scheduler."""
    subscribe, publish, on_the_way = client._send_to_scheduler, client.log_event, []

    def arrive() -> None:
        while on_the_way:
            subscribe(on_the_way.pop(0))

    def publish_first(topic: str, message: list) -> None:
        publish(topic, message)
        arrive()

    monkeypatch.setattr(client, "_send_to_scheduler", on_the_way.append)
    monkeypatch.setattr(client, "log_event", publish_first)
    steering = Steering()
    listener = CommandListener(MINE, steering)
    Variable(answer_name("attempt"), client=client).set({"commands": [("pause", {})], "number": 1})
    listener.answer("attempt")
    assert steering.paused
    publish(COMMANDS, ["mine", 2, "resume", {}])
    arrive()
    steering.wait_for_command(SECONDS)
    assert not steering.paused


def test_what_comes_before_the_answer_is_obeyed_after_it(client: Client) -> None:
    """Each command once: those that the answer knows of, and those of other runs, are not heard again."""
    steering = Steering()
    listener = CommandListener(MINE, steering)
    for command in (["mine", 1, "change", {"lr": 0.1}], ["mine", 2, "change", {"lr": 0.2}], ["other", 3, "stop", {}]):
        client.log_event(COMMANDS, command)
    known = [("pause", {}), ("change", {"lr": 0.1})]
    Variable(answer_name("attempt"), client=client).set({"commands": known, "number": 1})
    listener.answer("attempt")
    client.log_event(COMMANDS, ["mine", 3, "resume", {}])
    changes = []
    for _ in range(3):  # as many times as there is something to wait for
        steering.wait_for_command(SECONDS)
        changes += steering.collect_changes()
    assert changes == [{"lr": 0.1}, {"lr": 0.2}]
    assert not steering.paused
    assert steering.reason_to_end(0) is None
