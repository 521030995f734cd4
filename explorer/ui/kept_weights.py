"""Learners' uploaded weights, all of this server's together in bounded memory: what nobody asked for longest goes."""

import secrets
import threading
from collections import OrderedDict

import streamlit as st

from explorer.core import limits

BEGINNING = "upload-"  # of every name: no run's and no shipped network's begins so


class KeptWeights:
    """Files by unguessable names, ``most_bytes`` in all. Pages and the browser's requests come on many threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._files: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, content: bytes) -> str:
        """The file's name; others go where there is no room for it beside them."""
        name = BEGINNING + secrets.token_urlsafe(24)
        with self._lock:
            self._files[name] = content
            while len(self._files) > 1 and sum(map(len, self._files.values())) > self._most_bytes:
                self._files.popitem(last=False)
        return name

    def find(self, name: str) -> bytes | None:
        """The file of that name, None where it has gone."""
        with self._lock:
            if name in self._files:
                self._files.move_to_end(name)
            return self._files.get(name)


@st.cache_resource(show_spinner=False)
def kept_weights() -> KeptWeights:
    """This server's."""
    return KeptWeights(limits.MAX_WEIGHTS_KEPT)
