"""What the Inside page's link holds beside the network: the drawing, the opened units, …, as texts of the browser's."""

from explorer.core.data.transformations import TRANSFORMATIONS
from explorer.ui.browsers_text import DRAWING, STEPS, UNIT, BrowsersText
from explorer.ui.component_state import told_state
from explorer.ui.language import mark, t
from explorer.ui.view_options import hidden_in_browser

VIEW = "inside_view"
MOST_UNITS = 40  # on the way from an answer down to a pixel: one a layer
_NAMES = "|".join(TRANSFORMATIONS)
_CHANGE = rf"({_NAMES})-?[0-9]{{1,2}}(\.[0-9]{{1,2}})?"  # of the digit, before it is read
LINK = {
    "drawing": BrowsersText("inside_drawing", DRAWING, "first"),
    "at": BrowsersText("inside_at", rf"({UNIT}(\.{UNIT}){{0,{MOST_UNITS - 1}}})?", ""),
    "versus": BrowsersText("inside_versus", "[0-9]?", ""),
    "epoch": BrowsersText("inside_epoch", r"([0-9]{1,4}(\.[0-9]{1,2})?)?", ""),
    "amounts": BrowsersText("inside_changed", rf"({_CHANGE}(_{_CHANGE}){{0,{len(TRANSFORMATIONS) - 1}}})?", ""),
    "curve": BrowsersText("inside_curve", f"({_NAMES})?", ""),  # "": of what the digit is changed by
    "steps": BrowsersText("inside_steps_off", STEPS, ""),
    "beside": BrowsersText("inside_beside", r"(kernels|untrained|kernels\.untrained)?", ""),
    "map": BrowsersText("inside_map", "([0-9]{1,2}_[0-9]{1,7})?", ""),  # its layer, its channel; "": the opened unit's
    "cell": BrowsersText("inside_cell", "([0-9]_[0-9])?", ""),  # a class, and as what it is read; "": all mistakes
    "images": BrowsersText("inside_images", "([0-9]{1,4})?", ""),  # how many of them are shown; "": as many as at first
    "cover": BrowsersText("inside_cover", "[0-9]?", ""),  # pixels of the covered patch's side
    "terms": BrowsersText("inside_terms", "(all)?", ""),  # "": the largest products of the opened number
    "tab": BrowsersText("inside_tab", "(right_and_wrong|breaking|looks_for)?", ""),
}

# What the browser draws, and a lecturer's link may hide.
_CONTROLS = {"tab": mark("Parts below the layers"), "steps": mark("Steps to the image"), "epoch": mark("Epoch")}


def hidden_controls() -> list[str]:
    """Those of LINK whose controls a lecturer's link hides."""
    hidden = hidden_in_browser({LINK[name].key: t(label) for name, label in _CONTROLS.items()})
    return [name for name in _CONTROLS if LINK[name].key in hidden]


def keep_link() -> None:
    """The learner has drawn, opened or switched something."""
    told = told_state(VIEW, "link")
    for name, setting in LINK.items():
        setting.take(told.get(name) if isinstance(told, dict) else None)
