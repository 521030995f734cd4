"""How many examples a property is tried on: a seventh of what it says in ``make test``, a few in ``make check``.

``pytest --hypothesis-profile=check`` chooses the few, ``search`` five times what it says, by hand. No property has a
clock: a busy machine is slow, not wrong.
"""

from hypothesis import HealthCheck, settings

# Per cent of the examples that a test asks for; also how many a test gets that asks for none.
PROFILES = {"full": 15, "check": 4, "search": 500}


def load_profiles() -> None:
    """Registers both, and loads the full one; Hypothesis' own pytest option then takes its place."""
    for name, percent in PROFILES.items():
        # "Data generation is too slow" is a clock as well.
        settings.register_profile(
            name, max_examples=percent, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        )
    settings.load_profile("full")


def examples(count: int, **options: object) -> settings:
    """The decorator for a property that is tried on ``count`` examples, or the loaded profile's share of them.

    ``options`` are Hypothesis' other settings.
    """
    percent = settings().max_examples
    return settings(max_examples=max(1, count * percent // 100), **options)


def share_of(part: int) -> int:
    """Of a list of costly cases every ``part``-th is tried, all of them where more examples are asked for."""
    return 1 if settings().max_examples > PROFILES["full"] else part
