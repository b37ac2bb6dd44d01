"""The news of Örebro county: crawled, tagged, kept, searched and published as feeds."""
