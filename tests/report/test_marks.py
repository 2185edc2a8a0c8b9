"""Indices that cannot be taken at their word have a sign in the report of a sweep."""

import pandas as pd
import pytest

import povsim
import povsim.report

SMALL = ["households=200", "years=1", "seeds=1", "workers=1"]
NOTES = ["below_noise", "beyond_range", "constant"]
WORDS = {
    "en": (
        "†: below the noise",
        "‡: out of the range",
        "not defined*",
        "With n=1024 in place of 4",
    ),
    "zh": ("†：低于估计噪声", "‡：超出应有范围", "无定义*", "将n由4增至1024"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a small sweep whose indices have every mark there is."""
    folder = tmp_path_factory.mktemp("sweep")
    vary = ["hazards.illness_rate", "work.local_wage"]
    povsim.sweep(["hold", "cliff"], vary, "sobol", 4, overrides=SMALL, folder=folder, quiet=True)
    table = pd.read_csv(folder / "sensitivity.csv", keep_default_na=False, na_values=[""])
    own = table["scenario"] == "cliff"
    marks = pd.DataFrame({"note": [*NOTES, ""], "n_needed": [1024, 8, None, None]})
    table = table[own].head(4).assign(**{n: marks[n].to_numpy() for n in marks})
    table.assign(measure="relapse_rate").to_csv(folder / "sensitivity.csv", index=False)
    return folder


@pytest.mark.parametrize("language", WORDS)
def test_the_page_shows_signs_what_they_mean_and_how_many_points_are_needed(language, folder):
    text = povsim.report.write_sweep_report(folder, language).read_text("utf-8")
    assert all(words in text for words in WORDS[language])


def test_a_sweep_that_was_made_before_there_were_marks_is_read(folder, tmp_path):
    for file in folder.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    table = pd.read_csv(folder / "sensitivity.csv").drop(columns=["note", "n_needed"])
    table.to_csv(tmp_path / "sensitivity.csv", index=False)
    text = povsim.report.write_sweep_report(tmp_path).read_text("utf-8")
    assert "†" not in text
