"""The time and the bytes of one exchange."""

from __future__ import annotations

import httpcore
import pytest

from aggregator.fetch.addresses import Gate, system_resolver
from aggregator.fetch.stop import Stop, stop_for
from aggregator.fetch.wire import HEADER_BYTES, Backend, Gauge
from aggregator.model import Reason


def test_a_response_that_has_begun_may_not_come_too_slowly() -> None:
    hasty, patient, fast = (Gauge(60, 10**9, patience=patience) for patience in (0.0, 60.0, 0.0))
    assert hasty.left() > 0
    hasty.took(1)
    patient.took(1)
    fast.took(10**6)
    while fast.left() > 59.98:  # until one byte is less than MIN_BYTES_PER_SECOND allows
        continue
    assert patient.left() > 0
    with pytest.raises(Stop) as met:
        hasty.left()
    assert met.value.reason is Reason.TIMEOUT


def test_bytes_on_the_wire_are_counted_to_the_cap_and_the_headers_share() -> None:
    gauge = Gauge(60, 1000)
    gauge.took(1000 + HEADER_BYTES)
    with pytest.raises(Stop) as met:
        gauge.took(1)
    assert met.value.reason is Reason.TOO_LARGE


def test_when_the_time_is_up_there_is_none_left() -> None:
    with pytest.raises(Stop) as met:
        Gauge(0, 1000).left()
    assert met.value.reason is Reason.TIMEOUT


def test_only_tcp_leads_out() -> None:
    backend = Backend(Gate(frozenset(), system_resolver))
    with pytest.raises(httpcore.UnsupportedProtocol):
        backend.connect_unix_socket("/run/any.sock")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpcore.ConnectTimeout(), Reason.TIMEOUT),
        (httpcore.ReadTimeout(), Reason.TIMEOUT),
        (httpcore.WriteTimeout(), Reason.TIMEOUT),
        (httpcore.PoolTimeout(), Reason.TIMEOUT),
        (httpcore.ConnectError(), Reason.CONNECT),
        (httpcore.ReadError(), Reason.CONNECT),
        (httpcore.WriteError(), Reason.CONNECT),
        (httpcore.LocalProtocolError(), Reason.PROTOCOL),
        (httpcore.RemoteProtocolError(), Reason.PROTOCOL),
        (httpcore.UnsupportedProtocol(), Reason.PROTOCOL),
        (httpcore.ProxyError(), Reason.PROTOCOL),
        (ConnectionResetError(), Reason.CONNECT),
        (TimeoutError(), Reason.TIMEOUT),
    ],
)
def test_every_network_error_has_a_reason_and_says_what_happened(error: Exception, reason: Reason) -> None:
    stop = stop_for(error, cut_off=False)
    assert stop.reason is reason
    assert len(stop.detail) > 10
