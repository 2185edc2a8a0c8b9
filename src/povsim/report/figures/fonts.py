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
    """Return the name of a Chinese font on this machine, or None."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    for name in CHINESE:
        if name in known:
            return name
    return _look_again()


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
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in CHINESE if name in known), None)


def drawing_language(language: str) -> str:
    """Return the language in which figures can be labelled."""
    return "zh" if language == "zh" and chinese_font() else "en"
