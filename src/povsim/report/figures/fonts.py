"""Find a font that can draw Chinese, so that figures show no boxes."""

from functools import cache

from matplotlib import font_manager

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Heiti SC",
    "SimHei",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)


@cache
def chinese_font() -> str | None:
    """Return the name of a Chinese font on this machine that can be read, or None."""
    return _known() or _look_again()


def _known() -> str | None:
    """Return a Chinese font of the library's list; files may have gone since it was made."""
    for name in CHINESE:
        if any(font.name == name and _readable(font.fname) for font in fonts()):
            return name
    return None


def fonts() -> list[font_manager.FontEntry]:
    """Return the fonts that the library knows of."""
    return list(font_manager.fontManager.ttflist)


def _readable(path: str) -> bool:
    try:
        font_manager.get_font(path)
    except (OSError, RuntimeError):
        return False
    return True


def _look_again() -> str | None:
    """Look at fonts installed since matplotlib last listed them."""
    for path in font_manager.findSystemFonts():
        if any(
            key in path.lower()
            for key in ("cjk", "wqy", "notosanssc", "simhei", "msyh", "pingfang")
        ):
            try:
                font_manager.fontManager.addfont(path)
            except (OSError, RuntimeError):
                continue
    return _known()


def drawing_language(language: str) -> str:
    """Return the language in which figures can be labelled."""
    return "zh" if language == "zh" and chinese_font() else "en"
