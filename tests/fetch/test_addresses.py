"""Which network addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.fetch.addresses import Gate, is_public
from aggregator.fetch.stop import Stop
from aggregator.model import Reason


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.10.1.1", "172.32.0.1", "100.128.0.1", "2001:4860:4860::8888", "2a00::1", "64:ff9b::808:808"],
)
def test_addresses_of_the_public_internet_are_public(address: str) -> None:
    assert is_public(address)


@given(st.one_of(st.ip_addresses(), st.ip_addresses(network="::/64"), st.ip_addresses(network="100.64.0.0/10")))
def test_nothing_that_the_standard_library_calls_private_or_special_is_public(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(str(ip)) and ip not in ipaddress.ip_network("64:ff9b::/96"):
        assert ip.is_global
        assert not any((ip.is_multicast, ip.is_loopback, ip.is_link_local, ip.is_unspecified))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_address_opens_no_door(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    assert not is_public(str(ipaddress.IPv6Address(0xFFFF << 32 | number)))
    assert not is_public(str(ipaddress.IPv6Address(0x2002 << 112 | number << 80)))
    assert is_public(str(ipaddress.IPv6Address((0x64FF9B << 96) | number))) == is_public(str(ip))


def test_of_several_addresses_only_the_public_ones_are_used() -> None:
    gate = Gate(frozenset(), lambda _host, _port: ["10.0.0.1", "8.8.8.8", "::1", "2a00::1"])
    assert gate.addresses("blandat.example", 443, 1.0) == ("8.8.8.8", "2a00::1")


@pytest.mark.parametrize("error", [OSError("borta"), UnicodeError("etikett"), None])
def test_a_name_that_cannot_be_resolved_stops_with_its_reason(error: Exception | None) -> None:
    def resolver(_host: str, _port: int) -> list[str]:
        if error is not None:
            raise error
        return []

    with pytest.raises(Stop) as met:
        Gate(frozenset(), resolver).addresses("borta.example", 443, 1.0)
    assert (met.value.reason, met.value.passing) == (Reason.DNS, True)


def test_an_allowed_pair_counts_in_any_spelling_of_its_host() -> None:
    allowed = frozenset({("LOCALHOST", 8000), ("0:0:0:0:0:0:0:1", 80), ("räksmörgås.example", 81)})
    gate = Gate(allowed, lambda _host, _port: [])
    for host, port in (("localhost", 8000), ("::1", 80), ("xn--rksmrgs-5wao1o.example", 81)):
        assert gate.allows_private(host, port)
        assert not gate.allows_private(host, port + 1)
