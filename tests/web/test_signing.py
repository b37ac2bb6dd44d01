"""Signing in: only with the right password, only from our own form, only so often; and out again for good."""

from __future__ import annotations

import asyncio
import base64
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from argon2 import PasswordHasher

from aggregator.errors import ConfigError
from aggregator.model import Public, Staff, Web
from aggregator.web import build
from aggregator.web.pages.signing import safe_next
from aggregator.web.signing import Desk, is_open
from aggregator.web.signing.desk import ADDRESS_TRIES, ONES_TRIES, TooOften, network_of
from aggregator.web.signing.hashing import Verifier, hashed
from aggregator.web.signing.sessions import Sessions
from aggregator.web.signing.throttle import Throttle
from tests.web.conftest import CONFIG, TODAY
from tests.web.staffed import ANNA, CHEAP, CLOSED, PASSWORD, REPORT, STAFFED, TOKEN, browsing, hidden, sign_in

if TYPE_CHECKING:
    from aggregator.archive import Archive

WEB = STAFFED.web


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.mark.usefixtures("archive")
def test_staff_sign_in_and_out_and_an_old_copy_of_the_cookie_is_worth_nothing(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        assert "Logga in</a>" in client.get("/").text
        answer = sign_in(client, next="/?q=skola")
        assert (answer.status_code, answer.headers["location"]) == (303, "/?q=skola")
        cookie = client.cookies["session"]
        page = client.get("/")
        assert "Anna" in page.text
        assert "private" in page.headers["cache-control"]
        gone = client.post("/logga-ut", data={"csrf": hidden(page.text)})
        assert gone.status_code == 303
        assert "session" not in client.cookies
        client.cookies.set("session", cookie)
        assert "Logga ut" not in client.get("/").text


@pytest.mark.usefixtures("archive")
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        told = sign_in(client).headers["set-cookie"].lower()
    assert told.startswith("session=")
    assert {"httponly", "samesite=lax", "path=/", f"max-age={12 * 3600}"} <= set(told.split("; "))
    assert "secure" not in told


def test_behind_https_cookies_are_secure_and_bound_to_the_host(path: Path) -> None:
    app = build(STAFFED, path, lambda: TODAY)
    transport = httpx.ASGITransport(app)

    async def told() -> str:
        async with httpx.AsyncClient(transport=transport, base_url="https://localhost") as client:
            return (await client.get("/logga-in")).headers["set-cookie"]

    cookie = asyncio.run(told())
    assert cookie.startswith("__Host-besok=")
    assert "Secure" in cookie


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("name", "password"), [("Anna", "felaktigt ord"), ("Ingen", PASSWORD), ("", ""), ("Rapporten", TOKEN)]
)
def test_what_is_wrong_is_told_without_saying_which(path: Path, name: str, password: str) -> None:
    with browsing(STAFFED, path) as client:
        answer = sign_in(client, name, password)
        assert answer.status_code == 403
        assert "Namnet eller lösenordet stämmer inte" in answer.text
        assert password == "" or password not in answer.text
        assert "session" not in client.cookies


def test_a_name_that_nobody_has_takes_as_much_work_as_one_that_somebody_has() -> None:
    dear = replace(ANNA, password=PasswordHasher(time_cost=2, memory_cost=16_384, parallelism=1).hash(PASSWORD))
    verifier = Verifier([dear])

    def work(name: str) -> float:
        begun = time.process_time()
        assert verifier.by_password(name, "fel") is None
        return time.process_time() - begun

    known, unknown = (min(work(name) for _ in range(3)) for name in ("Anna", "Ingen"))
    assert 0.3 < unknown / known < 3


@pytest.mark.usefixtures("archive")
def test_a_form_from_elsewhere_signs_nobody_in_or_out(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        form = {"csrf": "0" * 64, "name": "Anna", "password": PASSWORD}
        assert client.post("/logga-in", data=form).status_code == 403  # no visit
        token = hidden(client.get("/logga-in").text)
        assert client.post("/logga-in", data=form).status_code == 403  # another's token
        right = form | {"csrf": token}
        for header in ({"Origin": "https://annan.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            assert client.post("/logga-in", data=right, headers=header).status_code == 403
        assert "session" not in client.cookies
        own = {"Origin": str(client.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        assert client.post("/logga-in", data=right, headers=own).status_code == 303
        assert client.post("/logga-ut", data={"csrf": token}).status_code == 403  # the visit's, not the session's
        assert "Logga ut" in client.get("/").text


@pytest.mark.usefixtures("archive")
def test_a_session_that_others_made_up_is_none(path: Path) -> None:
    forged = Sessions(b"x" * 32, WEB, lambda: TODAY).start(ANNA)
    with browsing(STAFFED, path) as client:
        for cookie in (forged, "a.b", "x" * 5000, '["Anna"]', forged.partition(".")[0]):
            client.cookies.set("session", cookie)
            assert "Logga ut" not in client.get("/").text
        client.cookies.set("session", forged)
        sign_in(client)
        values = [cookie.value for cookie in client.cookies.jar if cookie.name == "session"]
        assert any(value != forged for value in values)  # no fixation: what one came with is never taken over


def test_a_session_ends_with_its_time_and_with_the_password() -> None:
    at = [TODAY]
    sessions = Sessions(b"k" * 32, WEB, lambda: at[0])
    cookie = sessions.start(ANNA)
    found = sessions.read(cookie)
    assert found is not None
    assert found.name == "Anna"
    changed = replace(WEB, staff=(replace(ANNA, password=CHEAP.hash("nytt")),))
    assert Sessions(b"k" * 32, changed, lambda: TODAY).read(cookie) is None
    assert Sessions(b"k" * 32, replace(WEB, staff=()), lambda: TODAY).read(cookie) is None
    at[0] = TODAY + timedelta(hours=12)
    assert sessions.read(cookie) is None


@pytest.mark.usefixtures("archive")
def test_tries_are_throttled_by_name_and_by_address(path: Path) -> None:
    with browsing(STAFFED, path) as client:
        for _ in range(ONES_TRIES):
            assert sign_in(client, "anna", "fel").status_code == 403
        for name in ("Anna", " ANNA "):
            late = sign_in(client, name)
            assert late.status_code == 429
            assert 0 < int(late.headers["retry-after"]) <= 61
            assert "för många försök" in late.text
        for number in range(10):
            last = sign_in(client, f"namn {number}", "fel")
        assert last.status_code == 429


def test_a_throttle_lets_through_so_many_at_once_and_then_one_in_so_long() -> None:
    clock = [1000.0]
    throttle = Throttle(tries=3, every=10, clock=lambda: clock[0], most=50)
    assert [throttle.take("a") for _ in range(5)] == [0, 0, 0, 10, 10]
    clock[0] += 10
    assert [throttle.take("a") for _ in range(2)] == [0, 10]
    assert throttle.take("b") == 0
    throttle.give_back("b")
    assert [throttle.take("b") for _ in range(4)] == [0, 0, 0, 10]
    throttle.forget("b")
    assert throttle.take("b") == 0
    for number in range(1000):
        throttle.take(str(number))
    assert len(throttle) <= 50


def test_who_has_signed_in_rightly_is_not_held_up(tmp_path: Path) -> None:
    desk = Desk(WEB, tmp_path / "a.db", lambda: TODAY)
    for _ in range(50):
        assert desk.by_password("Anna", PASSWORD, "192.0.2.1") == ANNA
    assert [desk.by_token("fel", "192.0.2.1") for _ in range(ADDRESS_TRIES)] == [None] * ADDRESS_TRIES
    with pytest.raises(TooOften):
        desk.by_token("fel", "192.0.2.1")
    assert desk.by_token(TOKEN, "192.0.2.2") == REPORT
    assert [desk.by_token(TOKEN, "192.0.2.2") for _ in range(50)] == [REPORT] * 50


def test_one_customers_ipv6_addresses_count_as_one() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("192.0.2.2")


@pytest.mark.usefixtures("archive")
def test_programs_sign_in_with_a_token_or_a_password_and_are_told_when_it_is_wrong(path: Path) -> None:
    with browsing(CLOSED, path, Accept="*/*") as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/", headers=basic("Anna", PASSWORD)).status_code == 200
        for wrong in ({"Authorization": "Bearer fel"}, basic("Anna", "fel"), {"Authorization": "Basic %%%"}):
            refused = client.get("/", headers=wrong)
            assert refused.status_code == 401
            assert "Basic" in refused.headers["www-authenticate"]


@pytest.mark.usefixtures("archive")
def test_where_nothing_is_public_browsers_are_led_to_the_form_and_back(path: Path) -> None:
    with browsing(CLOSED, path) as client:
        led = client.get("/?q=barn%26unga&sida=2")
        assert led.status_code == 303
        assert led.headers["location"] == "/logga-in?next=%2F%3Fq%3Dbarn%2526unga%26sida%3D2"
        form = client.get(led.headers["location"])
        assert form.status_code == 200
        assert client.get("/static/site.css").status_code == 200
        assert sign_in(client, next=hidden(form.text, "next").replace("&amp;", "&")).headers["location"] == (
            "/?q=barn%26unga&sida=2"
        )
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        "//annan.example", "/\\annan.example", "https://annan.example", "javascript:alert(1)", "/\t/annan.example",
        "/\n/x", "\\\\annan.example", "annan.example", "", "/logga-ut", "/logga-in?next=/", "/å", "/%", "//", "///x",
        "/" + "x" * 5000, "/x\r\nSet-Cookie: a=b",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site_after_signing_in(where: str) -> None:
    assert safe_next(where) == ("/%" if where == "/%" else "/")


@pytest.mark.parametrize(
    ("web", "openly"),
    [
        (Web(), True),
        (Web(host="::1"), True),
        (Web(host="localhost"), True),
        (Web(host="127.0.0.53"), True),
        (Web(host="0.0.0.0"), False),  # noqa: S104 - what is refused
        (Web(host="192.168.1.2"), False),
        (Web(public=Public.FEEDS), False),
        (Web(staff=(ANNA,)), False),
        (Web(trusted_proxies=("127.0.0.1",)), False),
    ],
)
def test_everyone_is_staff_only_where_this_machine_alone_reaches_the_site(web: Web, openly: bool) -> None:
    assert is_open(web) is openly


@pytest.mark.usefixtures("archive")
def test_an_open_site_says_so_and_is_not_open_to_what_a_proxy_passes_on(path: Path) -> None:
    with browsing(CONFIG, path) as client:
        here = client.get("/")
        assert "ingen inloggning inställd" in here.text
        passed_on = client.get("/", headers={"X-Forwarded-For": "192.0.2.1"})
        assert "Logga in</a>" in passed_on.text
        assert "behöver ingen logga in" in client.get("/logga-in").text


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    Desk(Web(), archive, lambda: TODAY)
    assert not list(tmp_path.iterdir())  # nobody signs in: no key
    Desk(WEB, archive, lambda: TODAY)
    [key] = tmp_path.iterdir()
    assert (key.name, key.stat().st_mode & 0o777) == ("a.db.secret", 0o600)
    before = key.read_bytes()
    assert len(before.strip()) == 64
    cookie = Desk(WEB, archive, lambda: TODAY).sessions.start(ANNA)
    assert Desk(WEB, archive, lambda: TODAY).sessions.read(cookie) is not None
    assert key.read_bytes() == before
    key.write_text("kort\n", "utf-8")
    with pytest.raises(ConfigError, match="take the file away"):
        Desk(WEB, archive, lambda: TODAY)
    with pytest.raises(ConfigError, match="cannot be kept"):
        Desk(WEB, tmp_path / "finns inte" / "a.db", lambda: TODAY)


def test_hashes_are_argon2id_and_never_the_same_twice() -> None:
    one, other = hashed("x"), hashed("x")
    assert one.startswith("$argon2id$")
    assert one != other
    verifier = Verifier([Staff(name="Åsa", password=one)])
    assert verifier.by_password("åsa", "x") is not None
    assert verifier.by_password("åsa", "x" * 5000) is None
    assert verifier.by_password("åsa", "\udcff") is None


def test_the_archive_is_not_asked_before_one_has_signed_in(path: Path, archive: Archive) -> None:
    archive.close()
    with browsing(CLOSED, path) as client:
        path.write_bytes(b"broken" * 1000)
        assert client.get("/").status_code == 303
