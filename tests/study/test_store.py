"""What is on disk is whole, of this version, and never silently lost."""

import errno
import json
import os
import time

import pandas as pd
import pytest

from povsim.cli import main
from povsim.config import compose
from povsim.config.grammar import beneath
from povsim.study import RunSpec, run_many, run_one, run_study
from povsim.study.runs import store as stores
from povsim.study.runs.store import Store, decode, encode
from tests.study import stubs
from tests.study.test_executors import specs_of

SMALL = ["scenario=hold", "households=300", "years=1", "seeds=3", "workers=1"]


@pytest.fixture
def three(tmp_path):
    specs = specs_of([1, 2, 3], arms=1)
    run_many(specs, folder=tmp_path, runner=stubs.plain)
    return specs


def test_a_run_comes_back_as_it_went():
    request = compose(SMALL)
    done = run_one(RunSpec(request.world, request.scenario, 1, 12))
    back = decode(encode(done))
    for name in ("annual", "ledger", "falls"):
        pd.testing.assert_frame_equal(
            getattr(back, name).astype(getattr(done, name).dtypes), getattr(done, name)
        )
    assert (back.run_id, back.spent_pv, back.at_risk) == (done.run_id, done.spent_pv, done.at_risk)


@pytest.mark.parametrize(
    "harm", [lambda b: b[:-1], lambda b: b[:200] + b"x" + b[201:], lambda b: b""]
)
def test_a_harmed_run_is_put_aside_told_and_run_again(three, harm, tmp_path, capsys):
    path = Store(tmp_path).path(three[1].run_id())
    path.write_bytes(harm(path.read_bytes()))
    seen = []

    def counting(spec):
        seen.append(spec.seed)
        return stubs.plain(spec)

    found = run_many(three, folder=tmp_path, runner=counting)
    assert [o.status for o in found] == ["ok"] * 3
    assert seen == [2]
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1 and "1 run file could not be read and is run again" in told[0]
    assert path.with_name(f"{path.name}.unreadable").is_file()


def test_a_run_that_is_lost_before_it_is_gathered_is_a_row(tmp_path, monkeypatch):
    monkeypatch.setattr(Store, "read", lambda self, run_id: None)
    study = run_study(compose(SMALL), tmp_path)
    assert set(study.runs["status"]) == {"failed"}
    assert set(study.runs["error"]) == {"its file could not be read"}


def test_a_store_of_another_version_is_refused_in_one_line(three, tmp_path, capsys):
    out = tmp_path / "out"
    (out / "runs").mkdir(parents=True)
    label = {"format": stores.FORMAT, "code_version": "0123456789abcdef"}
    (out / "runs" / "store.json").write_text(json.dumps(label))
    assert main(["run", *SMALL, "--out", str(out)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert "0123456789abcdef" in told[0] and "name another folder" in told[0]


def test_a_full_disk_ends_the_study_with_one_line_and_what_ended_is_kept(
    tmp_path, capsys, monkeypatch
):
    write, left = stores.write_atomically, [2]

    def filling(path, data):
        if path.suffix == ".run":
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, data)

    out = tmp_path / "out"
    monkeypatch.setattr(stores, "write_atomically", filling)
    assert main(["run", *SMALL, "--out", str(out)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert "No space left on device" in told[0] and "finished runs are kept" in told[0]
    assert len(list((out / "runs").glob("*.run"))) == 2
    monkeypatch.undo()
    assert main(["run", *SMALL, "--out", str(out)]) == 0
    assert len(list((out / "runs").glob("*.run"))) == 3


@pytest.mark.parametrize(
    "place",
    [
        "povsim.study.comparison.study.write_csv",
        "povsim.report.pages.study.draw_all",
        "povsim.study.comparison.study.write_yaml",
    ],
)
def test_a_disk_that_is_full_when_tables_are_written_is_one_line(
    place, tmp_path, capsys, monkeypatch
):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    out = tmp_path / "out"
    monkeypatch.setattr(place, full)
    assert main(["run", *SMALL, "--out", str(out)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert f"No space left on device ({out})" in told[0]
    assert len(list((out / "runs").glob("*.run"))) == 3


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "number", [errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EIO]
)
def test_a_table_that_cannot_be_written_is_one_line_that_says_how_to_go_on(
    number, language, tmp_path, capsys, monkeypatch
):
    def fails(path, _):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr("povsim.study.comparison.study.write_csv", fails)
    out = tmp_path / "out"
    assert main(["run", *SMALL, "--language", language, "--out", str(out)]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1 and "effects.csv" in told[0]
    assert told[0].endswith(f"povsim run {' '.join(SMALL)} --language {language} --out {out}")


@pytest.mark.parametrize("workers", ["workers=1", "workers=2"])
def test_a_folder_that_goes_while_runs_are_made_is_one_line(workers, tmp_path, capsys, monkeypatch):
    made = Store.open

    def gone(store):
        made(store)
        store.folder.rename(tmp_path / "elsewhere")
        return store

    monkeypatch.setattr("povsim.study.comparison.study.note_identity", lambda *_: None)
    monkeypatch.setattr(Store, "open", gone)
    assert main(["run", *beneath(SMALL, [workers]), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1 and "No such file or directory" in told[0] and "kept" not in told[0]


def test_a_failed_run_leaves_its_traceback_and_is_run_again(tmp_path):
    specs = specs_of([1], arms=1)
    trace = tmp_path / f"{specs[0].run_id()}.traceback.txt"
    assert run_many(specs, folder=tmp_path, runner=stubs.fails)[0].error == "ValueError: no"
    assert trace.read_text() == "Traceback: no"
    assert run_many(specs, folder=tmp_path, runner=stubs.plain)[0].status == "ok"
    assert not trace.exists()


def test_only_what_a_killed_process_left_is_cleared_away(tmp_path):
    old, new = tmp_path / ".a.run.x.part", tmp_path / ".b.run.y.part"
    for path in (old, new):
        path.write_bytes(b"half")
    before = time.time() - 2 * stores.LEFT_OVER
    os.utime(old, (before, before))
    Store(tmp_path).open()
    Store(tmp_path).open()
    assert not old.exists()
    assert new.exists()


def test_a_table_as_text_is_what_pandas_writes():
    table = pd.DataFrame(
        {
            "name": ['a, "b"', None, "two\nlines", "plain"],
            "value": [0.1 + 0.2, float("nan"), float("-inf"), -0.0],
            "count": [1, -2, 3, 10**12],
            "kind": pd.Categorical(["x", None, "x", "y,z"]),
            "known": [True, False, True, True],
        }
    )
    wanted = table.to_csv(index=False, float_format=stores.FLOAT, lineterminator="\n")
    assert stores.csv_text(table) == wanted
    assert stores.csv_text(table[:0]) == "name,value,count,kind,known\n"
    assert stores.csv_text(table, header=False) == wanted.partition("\n")[2]


def test_a_column_of_several_kinds_is_left_to_pandas():
    table = pd.DataFrame({"mixed": ["a", 2, None, True], "whole": [1, 2, 3, 4]})
    assert stores.csv_text(table) == table.to_csv(index=False, lineterminator="\n")
