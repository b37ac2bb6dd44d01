"""The one exception of this wing: an exchange that must not go on. It never leaves the wing; a Failure does."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpcore

from aggregator.model import Failure, Reason

if TYPE_CHECKING:
    from datetime import datetime

NETWORK_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    OSError,
)
"""Everything that the network, and a peer that keeps to no rule, can make httpcore raise."""


class Stop(Exception):  # noqa: N818 - not an error of ours: the origin's, on its way to becoming a Failure
    """Why an exchange ended without a usable answer; see ``model.Failure`` for the fields."""

    def __init__(self, reason: Reason, detail: str, *, passing: bool = False, status: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.passing = passing
        self.status = status
        self.retry_at: datetime | None = None

    def failure(self, url: str) -> Failure:
        """The value that the caller gets."""
        return Failure(
            url=url,
            reason=self.reason,
            detail=self.detail,
            status=self.status,
            retry_at=self.retry_at,
            passing=self.passing,
        )


def stop_for(error: Exception, *, cut_off: bool) -> Stop:
    """Name what a network error means; ``cut_off`` tells that the peer had closed the connection."""
    cause = _deepest(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Stop(Reason.TLS, f"the certificate is not accepted: {cause.verify_message}")
    if isinstance(cause, ssl.SSLError):
        return Stop(Reason.TLS, f"TLS failed: {cause.reason or cause}", passing=True)
    if isinstance(cause, socket.gaierror):
        return Stop(Reason.DNS, f"the name cannot be resolved: {cause.strerror}", passing=True)
    if isinstance(error, httpcore.TimeoutException) or isinstance(cause, TimeoutError):
        return Stop(Reason.TIMEOUT, "the time for the response was up", passing=True)
    if isinstance(error, httpcore.ConnectError):
        return Stop(Reason.CONNECT, f"no connection: {cause}", passing=True)
    if isinstance(error, httpcore.RemoteProtocolError) and cut_off:
        return Stop(Reason.PROTOCOL, "the connection was closed before the response was complete", passing=True)
    if isinstance(error, httpcore.NetworkError | OSError):
        return Stop(Reason.CONNECT, f"the connection broke: {cause}", passing=True)
    return Stop(Reason.PROTOCOL, f"the response is not HTTP: {error}")


def _deepest(error: BaseException) -> BaseException:
    """The error at the root: httpcore wraps each of the operating system's in one of its own."""
    while error.__cause__ is not None:
        error = error.__cause__
    return error
