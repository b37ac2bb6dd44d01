"""The one picture of the region."""

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d8f3e73f00059702cbb7cfebd00000000049454e44ae426082"
)
"""The smallest PNG: every picture of the region."""
