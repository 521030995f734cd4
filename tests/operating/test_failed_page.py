"""A page that failed is a line of the server's log."""

import logging
import subprocess

import pytest

from explorer.core.network.layers import LayerSpec
from explorer.operating.failed_page import tell_failed_page


def told(error: Exception, caplog: pytest.LogCaptureFixture) -> dict[str, object]:
    caplog.clear()
    with caplog.at_level(logging.INFO, "explorer.events"):
        tell_failed_page(error)
    (record,) = (record for record in caplog.records if record.name == "explorer.events")  # Streamlit has a word too
    assert ("page_failed", logging.WARNING) == (record.msg, record.levelno)
    return record.values


def test_the_line_is_this_projects_innermost(caplog: pytest.LogCaptureFixture) -> None:
    """What the error says is left out: it may hold what the learner typed."""
    with pytest.raises(KeyError) as caught:
        LayerSpec.from_dict({"secret": 1})
    values = told(caught.value, caplog)
    assert "KeyError" == values["error"]
    assert str(values["at"]).startswith("explorer/core/network/layers.py:")
    assert "secret" not in str(values)


def test_an_error_of_somebody_elses_has_no_line(caplog: pytest.LogCaptureFixture) -> None:
    """No path of the machine stands in for it."""
    with pytest.raises(FileNotFoundError) as caught:
        subprocess.run(["/does/not/exist"], check=True)
    assert {"page": "", "error": "FileNotFoundError", "at": ""} == told(caught.value, caplog)
