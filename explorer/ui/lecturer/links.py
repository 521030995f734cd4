"""Links that are given away: to be copied, and as a QR code for a projector."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from explorer.ui.language import t

QR_WIDTH = 240  # px


def link_with_qr_code(link: str) -> None:
    """Draws the link, with a button that copies it, its QR code, and where it leads nowhere from another machine."""
    st.code(link, language=None, wrap_lines=True)
    if is_of_this_machine(link):
        st.caption(
            t(
                "This address works on this machine alone. Your class reaches the app at the machine’s network "
                "address, which Streamlit prints at start as “Network URL”. Start the app with `CNN_EXPLORER_HOSTS` "
                "set to that address, and open this page there: then the link has it. Without that line, start the app "
                "with `--server.address 0.0.0.0`."
            )
        )
    picture = qr_code(link)
    if picture:
        st.image(picture, width=QR_WIDTH, alt=t("QR code of the link"))
    elif picture is None:
        st.caption(t("No QR code holds so long a link: hide fewer controls, or shorten it."))
    else:
        st.caption(t("QR codes need the package segno: install requirements.txt anew."))


def is_of_this_machine(link: str) -> bool:
    """Whether only browsers on the server's own machine understand the link's address: localhost, 127.0.0.1, ::1."""
    host = urlsplit(link).hostname or ""
    try:
        address = ip_address(host)
    except ValueError:  # a name, or none
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def qr_code(link: str) -> str | None:
    """The link as an SVG picture, dark on white in both themes; None where it is too long, "" without the library."""
    try:
        import segno  # 20 ms, on this page alone
    except ImportError:
        return ""
    try:
        code = segno.make_qr(link, error="m")
    except segno.DataOverflowError:
        return None
    return code.svg_inline(scale=8, border=4, light="#ffffff")
