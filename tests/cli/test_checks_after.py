"""A run shows its own answer before its checks begin, and the page again after them."""

from types import SimpleNamespace

from povsim.cli import main


def test_the_report_is_there_before_the_checks_and_drawn_again_after(tmp_path, monkeypatch, capsys):
    page, seen = tmp_path / "report.html", []

    def check(own, plan, folder, quiet=True, announce=None, parent=""):
        seen.append((page.is_file(), capsys.readouterr().out, folder.name, parent))
        page.write_text("before")
        return SimpleNamespace(failed=0)

    monkeypatch.setattr("povsim.study.sweeps.sweep.run_sweep", check)
    words = ["households=300", "years=1", "seeds=2", "workers=1", "checks=[stress]"]
    assert main(["run", *words, "--out", str(tmp_path)]) == 0
    there, shown, name, parent = seen[0]
    assert there and "Cost residual" in shown and f"Report: {page}" in shown
    assert name == "stress" and parent in (tmp_path / "manifest.json").read_text()
    assert page.read_text(encoding="utf-8") != "before"
    assert f"Report with checks: {page}" in capsys.readouterr().out
