"""Reads the colour tokens and measures how well one colour can be read on another."""

import math
import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "src/holdfast/web/static/web/css/tokens.css"
TOKEN = re.compile(r"--([a-z-]+): oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\);")
Colour = tuple[float, float, float]


def scheme(name: str) -> dict[str, Colour]:
    """Return the colours of `light` or `dark`, each as lightness 0 to 1, chroma, and hue in degrees."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)", 1)
    text = {"light": light, "dark": dark.split("@media", 1)[0]}[name]
    return {m[1]: (float(m[2]) / 100, float(m[3]), float(m[4])) for m in TOKEN.finditer(text)}


def luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG 2.2, 0 to 1, of a colour cut to what a screen can show.

    Source: Ottosson (2020), "A perceptual color space for image processing", matrices of Oklab to linear sRGB.
    """
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
