"""The notebook in docs runs from top to bottom."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

SMALLER = {
    "households=1500": "households=300",
    "households=600": "households=200",
    "seeds=6": "seeds=2",
    "n=16": "n=8",
}
"""What the notebook says, and what is enough to see it run."""
NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "povsim.ipynb"


def test_the_notebook_runs_and_shows_something_in_every_cell(tmp_path):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    shown = {cell["id"] for cell in notebook.cells if cell.get("outputs")}
    for said, enough in SMALLER.items():
        assert any(said in cell.source for cell in notebook.cells), said
        for cell in notebook.cells:
            cell.source = cell.source.replace(said, enough)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    done = client.execute()
    for cell in done.cells:
        if cell.cell_type == "code":
            assert cell.outputs, cell.source
            assert cell["id"] in shown, "its outputs are not stored: make docs"
