"""The Chromium that browser tests and benchmarks drive: the system's, else Playwright's own."""

import shutil

SYSTEM_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "chrome")  # as install_chromium.sh looks for
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def system_chromium() -> str | None:
    """The path of the system's Chromium; None where there is none, and Playwright takes its own."""
    return next(filter(None, map(shutil.which, SYSTEM_CHROMIUMS)), None)
