"""config: what ``[web]`` may say, and what is said of it when it is wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from aggregator import config
from aggregator.errors import ConfigError
from aggregator.model import Public, Staff, Web

HASH = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2E$" + "A" * 43


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "sources.toml")
    return [problem.removeprefix("sources.toml: ") for problem in caught.value.problems]


def test_every_key_of_web_reaches_the_model() -> None:
    text = f"""
        [web]
        host = "[::1]"
        port = 8080
        public = "nothing"
        hosts = ["Nyheter.Example", "nyår.example"]
        trusted_proxies = ["10.0.0.1", "192.168.0.0/16"]
        secret_file = "nyckel"
        session_hours = 1.5
        [[web.staff]]
        name = "Anna"
        password = "{HASH}"
        [[web.staff]]
        name = "Rapporten"
        token = "{HASH}"
    """
    assert config.parse(text, "sources.toml").web == Web(
        host="::1",
        port=8080,
        public=Public.NOTHING,
        staff=(Staff(name="Anna", password=HASH), Staff(name="Rapporten", token=HASH)),
        hosts=("nyheter.example", "xn--nyr-vla.example"),
        trusted_proxies=("10.0.0.1", "192.168.0.0/16"),
        secret_file="nyckel",  # noqa: S106 - a file's name
        session=timedelta(hours=1.5),
    )


def test_the_file_of_the_secret_is_relative_to_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[web]\nsecret_file = "nyckel"\n', "utf-8")
    assert config.load(path).web.secret_file == str(tmp_path / "nyckel")
    path.write_text("[web]\n", "utf-8")
    assert config.load(path).web.secret_file == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[web]\nhost = "http://nyheter.example"', "[web]: host:"),
        ('[web]\nhost = "nyheter.example:80"', "[web]: host:"),
        ('[web]\nhost = ""', "[web]: host:"),
        ("[web]\nport = 70000", "[web]: port: must be at most 65535"),
        ('[web]\npublic = "feed"', 'did you mean "feeds"?'),
        ('[web]\npublik = "feeds"', 'did you mean "public"?'),
        ('[web]\nhosts = ["a b"]', "[web]: hosts (value 1):"),
        ('[web]\ntrusted_proxies = ["proxy"]', "is not an IP address"),
        ("[web]\nsession_hours = 0", "[web]: session_hours: must be more than 0"),
        ("[wep]", 'did you mean "web"?'),
        ("[[web]]", "[web]: must be one table"),
        ('[[staff]]\nname = "Anna"', "it is a key of [web]"),
        ('[[web.staff]]\nname = "Anna"', "needs a password or a token"),
        (f'[[web.staff]]\npassword = "{HASH}"', "[web] [web.staff (value 1)]: name: is missing"),
        (f'[[web.staff]]\nname = "Anna"\npasword = "{HASH}"', 'did you mean "password"?'),
        (
            f'[[web.staff]]\nname = "Anna"\ntoken = "{HASH}"\n[[web.staff]]\nname = "anna"\ntoken = "{HASH}"',
            "is given twice",
        ),
    ],
)
def test_what_is_wrong_in_web_is_told_with_its_key(text: str, says: str) -> None:
    assert any(says in problem for problem in problems(text)), problems(text)


@pytest.mark.parametrize(
    "secret", ["hemligt-ord", "$2b$12$abcdefghijklmnopqrstuv", HASH.replace("argon2id", "argon2d")]
)
def test_a_password_that_is_no_hash_is_refused_and_not_repeated(secret: str) -> None:
    [problem] = problems(f'[[web.staff]]\nname = "Anna"\npassword = "{secret}"')
    assert "aggregator staff" in problem
    assert secret not in problem
