"""Everybody can read the pages: with a screen reader, in black and white, offline, on paper."""

import re

import html5lib
import pytest

MOST_BYTES = 5_000_000
LEAST_CONTRAST = 4.5
NAMESPACE = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module", params=["checked", "sweep", "searched"])
def folder(request, sweeps):
    """Return each kind of finished work: what it is, and where."""
    if request.param == "sweep":
        return request.param, sweeps["sign_map"]
    return request.param, request.getfixturevalue(request.param)


@pytest.fixture(scope="module", params=["en", "zh"])
def page(request, folder, pages):
    """Return the text of each kind of page in each language."""
    return pages(*folder, request.param)


def elements(tree, *names):
    """Return the elements with these names, in the order of the page."""
    return [e for e in tree.iter() if e.tag in {NAMESPACE + n for n in names}]


def words_in(element):
    return "".join(element.itertext()).strip()


def test_a_page_is_valid_and_a_screen_reader_finds_its_way(page):
    tree = html5lib.HTMLParser(strict=True).parse(page)
    assert tree.get("lang") in ("en", "zh-CN")
    assert words_in(elements(tree, "title")[0])
    assert len(elements(tree, "main")) == 1
    headings = [(int(e.tag[-1]), words_in(e)) for e in elements(tree, "h1", "h2", "h3", "h4")]
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    steps = zip(levels, levels[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)
    assert all(text for _, text in headings)
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        for name in ("aria-labelledby", "aria-describedby"):
            assert element.get(name) is None or element.get(name) in ids
    assert all(words_in(e) or e.get("aria-label") for e in elements(tree, "a", "button", "label"))


def test_every_picture_is_told_in_words(page):
    tree = html5lib.parse(page)
    pictures = elements(tree, "img")
    assert pictures
    assert all(len(e.get("alt", "")) > 20 for e in pictures)


def test_every_table_has_a_caption_and_every_header_its_scope(page):
    tree = html5lib.parse(page)
    tables = elements(tree, "table")
    assert tables
    for table in tables:
        assert words_in(elements(table, "caption")[0])
        headers = elements(table, "th")
        assert all(h.get("scope") in ("col", "row", "rowgroup") for h in headers)
        assert all(words_in(h) for h in headers)
        width = sum(int(c.get("colspan", 1)) for c in elements(table, "thead")[0][0])
        for row in elements(table, "tfoot"):
            assert sum(int(c.get("colspan", 1)) for c in row[0]) == width


def test_wide_tables_can_be_scrolled_from_the_keyboard(page):
    tree = html5lib.parse(page)
    wide = [e for e in elements(tree, "div") if e.get("class") == "wide"]
    assert wide
    assert all(e.get("tabindex") == "0" and e.get("aria-label") for e in wide)


def test_a_page_needs_no_network_and_is_small(page):
    assert len(page.encode()) < MOST_BYTES
    assert not re.search(r"(src|href|action)=\"(?!data:|#)", page)
    assert not re.search(r"@import|url\(|<script|<link|https?://", page)


def luminance(colour):
    """Return the relative luminance of a colour such as #1d2733 (WCAG 2)."""
    parts = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_on_white_is_the_published_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_every_text_has_contrast_on_every_ground(page):
    style = page.split("<style>")[1].split("</style>")[0]
    named = dict(re.findall(r"--(\w+):(#[0-9a-f]{6});", style))
    texts = set(re.findall(r"[{;\s]color:var\(--(\w+)\)", style))
    grounds = set(re.findall(r"background:var\(--(\w+)\)", style))
    assert {"ink", "soft", "good", "bad"} <= texts
    assert {"paper", "call", "wash"} <= grounds
    assert not re.search(r"[{;\s](color|background):#", style), "a colour without a name"
    for text in texts:
        for ground in grounds:
            assert contrast(named[text], named[ground]) >= LEAST_CONTRAST, (text, ground)


def test_a_judgement_has_a_sign_beside_its_colour(page):
    style = page.split("<style>")[1].split("</style>")[0]
    for kind in ("better", "worse", "changed", "unclear"):
        assert re.search(rf'\.{kind}::before {{ content:"\S ', style), kind


def test_on_paper_pages_are_a4_and_neither_rows_nor_figures_break(page):
    style = page.split("<style>")[1].split("</style>")[0]
    assert "@page { size:A4" in style
    printed = style.split("@media print")[1]
    assert re.search(r"figure, tr[^{]*{ break-inside:avoid", printed)
    assert ".wide { overflow:visible" in printed
