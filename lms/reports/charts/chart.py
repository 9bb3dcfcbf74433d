"""What a chart is to those who show it."""

from dataclasses import dataclass, field

from lms.reports.charts.svg import Svg
from lms.reports.charts.swatches import swatch


@dataclass(frozen=True)
class Chart:
    """`svg`: the picture, several one below the other where there are many rows; empty where there is no row.

    `key`: [(name of a swatch, words), ...]; nothing of it where the chart says it directly.
    """

    svg: Svg = field(default=Svg())
    key: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.svg)

    @property
    def swatches(self):
        """[(picture, words), ...]: the key as a page shows it."""
        return [(swatch(name), words) for name, words in self.key]
