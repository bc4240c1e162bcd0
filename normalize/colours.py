"""Names the colour of a traffic light; the ranges are data in lexicon/colours.yaml."""

from __future__ import annotations

import colorsys

from .lexicon import load


def colour_name(colour: tuple[int, int, int]) -> str:
    """red, orange, yellow or green; "" for any other colour, for greys and for pale shading."""
    data = load("colours")
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in colour))
    if saturation < data.get("saturation", 1.0) or value < data.get("value", 1.0):
        return ""
    degrees = 360 * hue
    return next((name for name, ranges in data.get("colours", {}).items() if any(lo <= degrees < hi for lo, hi in ranges)), "")


def class_of_colour(name: str) -> str:
    """The class that a coloured cell without a word publishes: "verde" for green; "" for none."""
    return load("colours").get("classes", {}).get(name, "")
