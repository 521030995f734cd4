"""JSON as every reader takes it: no NaN, no infinities."""

import json
import math
from typing import cast


def json_text(value: object, indent: int | None = None) -> str:
    """``value`` as JSON; NaN and infinities, which JSON lacks, become null."""
    return json.dumps(_finite(value), indent=indent, ensure_ascii=False, allow_nan=False)


def _finite(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in cast("dict[str, object]", value).items()}
    return [_finite(part) for part in cast("list[object]", value)] if isinstance(value, list | tuple) else value
