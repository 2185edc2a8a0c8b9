"""Read a user's text files: UTF-8, with or without a mark, or one line that tells what to do."""

import codecs
import re
from pathlib import Path

from povsim.errors import Said, UserError, by_system, said

LARGEST = 4_000_000
"""Bytes of a text file that people write; what is larger was named by mistake."""
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
COMMON_CHINESE = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")
"""Two bytes of a character of GB 2312; accented letters are followed by plain ones."""


def path_of(text: str | Path) -> Path:
    """Return the path that a text names; ``~`` is the home of whoever it names, if it does."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)


def read_text(path: Path) -> str:
    """Return the text of a file, or raise UserError with its name.

    The line names the encoding that the file seems to have, as Excel and old editors write.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UserError(said("unreadable", reason=said("no_regular_file")), place=path)
        if path.is_file() and path.stat().st_size > LARGEST:
            raise UserError(said("too_large", most=f"{LARGEST:,}"), place=path)
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(said("unreadable", reason=by_system(error)), place=path) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _of_another_encoding(_encoding(raw), path) from None
    if "\x00" in text and b"\x00" in raw[:4]:
        raise _of_another_encoding("UTF-16", path)
    control = CONTROL.search(text)
    if control:
        place = said("line", file=path, line=text.count("\n", 0, control.start()) + 1)
        sign = f"U+{ord(control[0]):04X}"
        raise UserError(said("unreadable", reason=said("control_sign", sign=sign)), place=place)
    return text


def _of_another_encoding(encoding: object, path: Path) -> UserError:
    problem = said("not_utf8", encoding=encoding)
    return UserError(said("unreadable", reason=problem), place=path)


def _encoding(raw: bytes) -> str | Said:
    """Return the encoding that bytes which are not UTF-8 seem to have."""
    if raw.startswith(UTF_16) or b"\x00" in raw:
        return "UTF-16"
    high = sum(byte > 0x7F for byte in raw)
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "Latin-1" if _is_latin(raw) else said("no_text")
    return "GBK" if len(COMMON_CHINESE.findall(raw)) >= high / 4 else "Latin-1"


def _is_latin(raw: bytes) -> bool:
    return not CONTROL.search(raw.decode("latin-1"))
