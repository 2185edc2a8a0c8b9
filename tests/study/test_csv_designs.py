"""A design of one's own is read as spreadsheets write it, and what cannot be read is told."""

import pytest

from povsim.errors import UserError
from povsim.study.sweeps.csv_designs import from_csv
from povsim.study.sweeps.designs import Factor

ALL = (
    Factor("rate", 0.02, 0.10),
    Factor("wage", 1000.0, 3000.0),
    Factor("trap", choices=("concave", "s_shaped", "geographic")),
)
_, WAGE, TRAP = ALL
KNOWN = {f.name: f for f in ALL}


def test_a_design_of_ones_own_is_read(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("wage,trap\n1500,concave\n2000,geographic\n", encoding="utf-8")
    table, factors = from_csv(path, {f.name: f for f in ALL})
    assert table.to_dict("list") == {"wage": [1500.0, 2000.0], "trap": ["concave", "geographic"]}
    assert factors == [WAGE, TRAP]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wagee\n1500\n", r"column=wagee; allowed: rate, wage, trap; nearest: wage"),
        ("wage\n1500\n9999\n", r"d.csv, line 3: wage=9999; allowed: a number from 1000 to 3000"),
        ("wage\nmuch\n", r"line 2: wage=much; allowed: a number"),
        ("wage,rate\n1500,\n", r"line 2: rate=nothing"),
        ("trap\nconcav\n", r"line 2: trap=concav; .*nearest: concave"),
        ("wage\n", r"d.csv: the design is empty"),
        ("", r"d.csv: the design is empty"),
    ],
)
def test_a_bad_design_is_told_with_file_line_and_column(tmp_path, text, message):
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        from_csv(path, {f.name: f for f in ALL})


def test_a_design_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(UserError, match=r"design=.*none.csv; allowed: a CSV file that is there"):
        from_csv(tmp_path / "none.csv", {})
    (tmp_path / "b.csv").write_bytes(b"wage\n\xff\xfe\x00")
    with pytest.raises(UserError, match="not UTF-8 text; it seems to be "):
        from_csv(tmp_path / "b.csv", {f.name: f for f in ALL})


@pytest.mark.parametrize(
    "text",
    [
        "rate,wage\n0.05,1500\n0.1,2000\n",
        "\ufeffrate,wage\r\n0.05,1500\r\n0.1,2000\r\n",
        "rate;wage\n0,05;1500\n0,1;2000,0\n",
        "rate\twage\n0.05\t1500\n0.1\t2000\n",
        "rate,wage,\n0.05,1500,\n0.1,2000,\n",
        "rate,wage\n0.05,1500,\n0.1,2000\n",
        "rate,,wage\n0.05,,1500\n0.1,,2000\n",
        "\n,\nrate, wage\n\n , \n0.05,1500\n,\n0.1, 2000\n",
        '"rate","wage"\n"0.05","1500"\n"0,1",2e3\n',
        "point,rate,wage\np0,0.05,1500\np1,0.1,2000\n",
        ",rate,wage\n0,0.05,1500\n1,0.1,2000\n",
    ],
)
def test_the_table_of_any_spreadsheet_is_the_same_design(tmp_path, text):
    path = tmp_path / "d.CSV"
    path.write_bytes(text.encode())
    assert from_csv(path, KNOWN)[0].to_dict("list") == {"rate": [0.05, 0.1], "wage": [1500, 2000]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('wage\n"1,500"\n', "line 2: wage=1,500; allowed: a number without separators"),
        ("wage;rate\n1.500,5;0,05\n", "line 2: wage=1.500,5; allowed: a number without separators"),
        ("wage\n1 500\n", "line 2: wage=1 500; allowed: a number from"),
        ("rate\n5%\n", "line 2: rate=5%; allowed: a number from"),
        ("rate\nnan\n", "line 2: rate=nan; allowed: a number from"),
        ("rate,wage\n0.05\n", "line 2: 1 cells where the header has 2"),
        (",wage\nx,1500\n", "column=nothing; allowed: rate, wage, trap"),
        ("point,wage\nx,1500\n", "column=point; allowed: rate, wage, trap"),
        ("wage,wage\n1500,1500\n", "column wage is named twice"),
        ("point\np0\n", "the design is empty"),
        ('wage\n"1500\n', "line 2: quotes are opened and not closed"),
        ("point,scenario,measure,year\np0,hold,gini,2021\n", "its design is design.csv"),
    ],
)
def test_what_would_be_guessed_is_told_instead(tmp_path, text, told):
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        from_csv(path, KNOWN)
    assert told in str(caught.value) and "d.csv" in str(caught.value)


@pytest.mark.parametrize("name", ["d.xlsx", "d.ods", "d.XLS"])
def test_a_spreadsheet_is_to_be_saved_as_csv(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(UserError, match=r"ends in \.csv or \.tsv; in Excel, save the table as CSV"):
        from_csv(tmp_path / name, KNOWN)


def test_a_design_in_the_encoding_of_chinese_excel_is_told(tmp_path):
    (tmp_path / "d.csv").write_bytes("rate,工资水平\n".encode("gbk"))
    with pytest.raises(
        UserError, match=r"seems to be GBK; save it as UTF-8: .* in Excel as CSV UTF-8"
    ):
        from_csv(tmp_path / "d.csv", KNOWN)
