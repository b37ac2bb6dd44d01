"""A file in feeds/ is whole or untouched, whatever happens while it is written."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from aggregator.publish import TEMPORARY, PublishError, publish

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_written_under_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "feeds"
    outcome = publish([("alla.rss", b"<rss/>"), ("arkiv/alla-1.rss", b"<rss/>")], folder)
    assert outcome.written == ("alla.rss", "arkiv/alla-1.rss")
    assert (outcome.unchanged, outcome.failed) == (0, ())
    assert (folder / "arkiv" / "alla-1.rss").read_bytes() == b"<rss/>"
    assert sorted(path.name for path in folder.rglob("*")) == ["alla-1.rss", "alla.rss", "arkiv"]


def test_a_file_with_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    publish([("alla.rss", b"one")], tmp_path)
    os.utime(tmp_path / "alla.rss", ns=(1, 1))
    inode = (tmp_path / "alla.rss").stat().st_ino
    assert publish([("alla.rss", b"one")], tmp_path).unchanged == 1
    after = (tmp_path / "alla.rss").stat()
    assert (after.st_ino, after.st_mtime_ns) == (inode, 1)
    assert publish([("alla.rss", b"two")], tmp_path).written == ("alla.rss",)
    assert (tmp_path / "alla.rss").stat().st_mtime_ns > 1


def test_a_feed_that_could_not_be_rendered_leaves_its_old_file_and_the_others_alone(tmp_path: Path) -> None:
    publish([("alla.rss", b"old")], tmp_path)
    outcome = publish([("alla.rss", ValueError("no title")), ("tema.rss", b"new")], tmp_path)
    assert (tmp_path / "alla.rss").read_bytes() == b"old"
    assert (tmp_path / "tema.rss").read_bytes() == b"new"
    assert outcome.failed == (("alla.rss", "not rendered: ValueError: no title"),)


def test_a_file_that_cannot_be_replaced_is_told_of_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "alla.rss").mkdir()
    outcome = publish([("alla.rss", b"x"), ("tema.rss", b"y")], tmp_path)
    assert outcome.written == ("tema.rss",)
    assert outcome.failed[0][0] == "alla.rss"
    assert not list(tmp_path.rglob(f"{TEMPORARY}*"))


@pytest.mark.parametrize("name", ["../x.rss", "/etc/x.rss", "", "a/../../x", f"{TEMPORARY}x", "a\0b"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    outcome = publish([(name, b"x")], tmp_path / "feeds")
    assert [failed for failed, _ in outcome.failed] == [name]
    assert not list((tmp_path / "feeds").iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file stands where the folder should be")
    with pytest.raises(PublishError, match="feeds: is a file"):
        publish([("alla.rss", b"x")], tmp_path / "feeds")


def test_what_a_killed_run_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    leftovers = [tmp_path / f"{TEMPORARY}abc", tmp_path / "arkiv" / f"{TEMPORARY}def"]
    for leftover in leftovers:
        leftover.write_bytes(b"half")
    others = [tmp_path / "README.md", tmp_path / "tema-borta.rss", tmp_path / ".htaccess"]
    for other in others:
        other.write_bytes(b"mine")
    publish([("alla.rss", b"x")], tmp_path)
    assert not any(leftover.exists() for leftover in leftovers)
    assert all(other.read_bytes() == b"mine" for other in others)


def test_a_web_server_may_read_the_files_as_far_as_the_umask_allows(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        publish([("alla.rss", b"x")], tmp_path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "alla.rss").stat().st_mode) == 0o640


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """The limit on a file's size stands for the disk's: the kernel answers the write with an error likewise."""
    publish([("alla.rss", b"old")], tmp_path)
    program = (
        "import resource, signal, sys, pathlib\n"
        "from aggregator.publish import publish\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "print(publish([('alla.rss', b'n' * 100000), ('tema.rss', b'small')], pathlib.Path(sys.argv[1])))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert "not written" in done.stdout
    assert (tmp_path / "alla.rss").read_bytes() == b"old"
    assert (tmp_path / "tema.rss").read_bytes() == b"small"
    assert not list(tmp_path.rglob(f"{TEMPORARY}*"))


@pytest.mark.parametrize("milliseconds", [1, 4, 9, 16])
def test_a_killed_publish_leaves_each_file_old_or_new_and_the_next_one_finishes(
    tmp_path: Path, milliseconds: int
) -> None:
    names = [f"feed-{n}.rss" for n in range(40)]
    old, new = b"old" * 20_000, b"new" * 20_000
    publish([(name, old) for name in names], tmp_path)
    program = (
        "import sys, pathlib\n"
        "from aggregator.publish import publish\n"
        "print('ready', flush=True)\n"
        "publish([(f'feed-{n}.rss', b'new' * 20_000) for n in range(40)], pathlib.Path(sys.argv[1]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, tmp_path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(milliseconds / 1000)  # where the kill strikes is left to chance; it must hold anywhere
        process.send_signal(signal.SIGKILL)
    assert {(tmp_path / name).read_bytes() for name in names} <= {old, new}
    publish([(name, new) for name in names], tmp_path)
    assert {(tmp_path / name).read_bytes() for name in names} == {new}
    assert not list(tmp_path.rglob(f"{TEMPORARY}*"))
