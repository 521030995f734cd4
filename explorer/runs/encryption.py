"""How the app, its scheduler and its workers know one another: by certificates, on one machine too.

Whoever reaches a scheduler has its workers run any code, and a port of the loopback is open to every account of the
machine. Dask has no password; but it asks both sides of a connection for a certificate of one authority (TLS).
"""

from distributed.security import Security

from explorer.core.environment import environment


def own_certificate() -> Security:
    """A certificate of this server's own, in memory: its workers are given it when they are started, and nobody else.

    Making it takes a tenth of a second. Raises ConnectionError where what makes it is not installed.
    """
    try:
        return Security.temporary()  # pyright: ignore[reportUnknownMemberType]
    except ImportError as error:
        raise ConnectionError("the package cryptography is missing; install requirements.txt anew") from error


def named_certificate() -> Security | None:
    """The one that CNN_EXPLORER_TLS_CA, TLS_CERT and TLS_KEY name, for a scheduler elsewhere; None without."""
    if not (files := environment().certificate):
        return None
    authority, certificate, key = map(str, files)
    return Security(tls_ca_file=authority, tls_client_cert=certificate, tls_client_key=key, require_encryption=True)
