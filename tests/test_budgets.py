"""Files and functions stay readable in one sitting; ruff keeps complexity and parameters (pyproject.toml)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILE_LINES = 400
FUNCTION_LINES = 60
MODULES = sorted((ROOT / "aggregator").rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_and_its_functions_keep_within_their_budgets(module: Path) -> None:
    source = module.read_text("utf-8")
    assert source.count("\n") <= FILE_LINES
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{node.name} has {lines} lines"
