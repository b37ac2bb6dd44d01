"""Stacked bars: every figure is drawn, and stands in the table behind."""

from __future__ import annotations

import re

import pytest

from aggregator.web.charts import HEIGHT, MOST_PERIODS, OTHERS, WIDTH, by_month, stacked


def heights(path: str) -> list[float]:
    return [float(found) for found in re.findall(r"v([\d.]+)", path)]


def test_bars_are_as_high_as_their_figures_say_and_stand_on_each_other() -> None:
    chart = stacked("Artiklar", ["2026-01", "2026-02"], {"Bladet": [4, 2], "Kuriren": [0, 2]})
    assert chart is not None
    bladet, kuriren = chart.series
    assert heights(bladet.path)[0] == pytest.approx(2 * heights(bladet.path)[1], abs=0.2)
    assert heights(kuriren.path) == [heights(bladet.path)[1]]
    top_of_lower = float(re.findall(r"M[\d.]+ ([\d.]+)h", bladet.path)[1])
    assert float(re.findall(r"M[\d.]+ ([\d.]+)h", kuriren.path)[0]) == pytest.approx(
        top_of_lower - heights(kuriren.path)[0], abs=0.2
    )
    assert [(column.label, column.total) for column in chart.columns] == [("januari 2026", 4), ("februari 2026", 4)]


def test_the_drawing_keeps_within_its_bounds() -> None:
    chart = stacked("Artiklar", [str(n) for n in range(40)], {"a": [n * 997 for n in range(40)], "b": [1] * 40})
    assert chart is not None
    assert all(0 <= tick.at <= HEIGHT for tick in chart.up)
    assert all(chart.left <= column.x and column.x + column.width <= WIDTH + 0.1 for column in chart.columns)
    assert chart.up[-1].at >= 0


def test_the_largest_have_their_own_colour_and_the_rest_go_together() -> None:
    chart = stacked("Artiklar", ["x"], {f"källa {n}": [n] for n in range(1, 10)})
    assert chart is not None
    assert [one.name for one in chart.series] == [*(f"källa {n}" for n in range(9, 4, -1)), OTHERS]
    assert chart.series[-1].total == 1 + 2 + 3 + 4
    assert chart.series[-1].place == 0
    assert chart.total == sum(range(1, 10))


def test_months_without_articles_are_shown_as_such() -> None:
    chart = by_month("Artiklar", {("2025-11", "Bladet"): 1, ("2026-02", "Bladet"): 3})
    assert chart is not None
    assert [column.total for column in chart.columns] == [1, 0, 0, 3]
    assert "flest februari 2026: 3" in chart.summary


@pytest.mark.parametrize(
    ("first", "label"), [("2024-06", "juni 2024"), ("2020-06", "kvartal 2 2020"), ("1990-06", "1990")]
)
def test_many_months_are_told_as_quarters_and_very_many_as_years(first: str, label: str) -> None:
    chart = by_month("Artiklar", {(first, "Bladet"): 2, ("2026-05", "Kuriren"): 5})
    assert chart is not None
    assert chart.columns[0].label == label
    assert chart.total == 7
    assert len(chart.columns) <= MOST_PERIODS + 1


def test_nothing_to_show_is_no_chart() -> None:
    assert by_month("Artiklar", {}) is None
    assert stacked("Artiklar", ["x"], {"Bladet": [0]}) is None
