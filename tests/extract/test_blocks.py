"""Blocks, and whether each is all the text of its element."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aggregator.extract import blocks, page

PIECES = (
    "<p>", "</p>", "<div>", "</div>", "<li>", "</li>", "<span>", "</span>", "<a href=/x>", "</a>", "<b>", "</b>",
    "<br>", "<br><br>", "<pre>", "</pre>", "<img src=x.jpg>", "\n", "  ", "\xa0", " ord ", "Mening.", "två\nrader",
    "<article class=post-1>", "<article class=post-2>", "</article>", "<nav>", "</nav>", "lång " * 30,
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_a_whole_block_is_all_the_text_of_its_element(parts: list[str]) -> None:
    found = page.read(f"<body>{''.join(parts)}", "https://example.org/", whole=True)
    gathered = blocks.gather(found.order[0])
    for block in gathered:
        alone = sum(other.node is block.node for other in gathered) == 1
        assert block.whole == (alone and block.line == block.node.text())
        assert block.line == " ".join(block.line.split()) == " ".join(block.rows)


def test_lines_end_blocks_only_where_one_is_empty() -> None:
    found = page.read("<body><p>ett<br>två<br><br>tre</p><pre>a\nb\n\nc</pre>", "https://example.org/")
    assert [block.rows for block in blocks.gather(found.order[0])] == [["ett", "två"], ["tre"], ["a", "b"], ["c"]]


def test_other_rows_are_other_figures() -> None:
    found = page.read(f"<body><p><a href=/x>länk</a><br>{'text ' * 20}</p>", "https://example.org/")
    (block,) = blocks.gather(found.order[0])
    assert (block.whole, block.running > 0, block.link_share < 0.1) == (True, True, True)
    block.keep(block.rows[:1])
    assert (block.line, block.whole, block.running, block.link_share) == ("länk", False, 0, 1.0)
