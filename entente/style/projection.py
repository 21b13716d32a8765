"""The projection of maps, as the browser draws it: where a place stands within a frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyproj

PARALLELS = (20, 48)
STEPS = 48  # points along each edge of a window


@dataclass(frozen=True)
class Plane:
    """A window of the earth in Albers' equal-area conic, laid into a frame.

    The frame is as large as the smallest upright rectangle around the projected window; its middle
    is the middle of the window in degrees, which is how Plotly lays out a map whose `center` is not
    set. Shares run from the left upper corner of the frame: (0, 0) to (1, 1).

    Attributes:
        lon_range: Western and eastern edge of the window, in degrees.
        lat_range: Southern and northern edge, in degrees.
    """

    lon_range: tuple[float, float]
    lat_range: tuple[float, float]

    @property
    def aspect(self) -> float:
        """Width of the frame over its height."""
        left, top, right, bottom = self._edges
        return (right - left) / (top - bottom)

    def reshape(self, aspect: float) -> "Plane":
        """A window with more or fewer latitudes on both sides, of a frame of another shape.

        Args:
            aspect: Width of its frame over the height.
        """
        south, north = self.lat_range
        for _ in range(6):
            found = Plane(self.lon_range, (south, north)).aspect
            more = (found / aspect - 1) * (north - south) / 2
            south, north = south - more, north + more
        return Plane(self.lon_range, (south, north))

    def project(self, lon: Any, lat: Any) -> np.ndarray:
        """Shares across and down of places given in degrees, one row each."""
        left, top, right, bottom = self._edges
        x, y = self._projection(np.asarray(lon, float), np.asarray(lat, float))
        across = (np.asarray(x) - left) / (right - left)
        return np.column_stack([across, (top - np.asarray(y)) / (top - bottom)])

    def locate(self, shares: Sequence[Sequence[float]] | np.ndarray) -> np.ndarray:
        """Longitude and latitude of places given as shares across and down, one row each."""
        left, top, right, bottom = self._edges
        across, down = np.asarray(shares, float).reshape(-1, 2).T
        x, y = left + across * (right - left), top - down * (top - bottom)
        lon, lat = self._projection(x, y, inverse=True)
        return np.column_stack([lon, lat])

    @cached_property
    def _projection(self) -> pyproj.Proj:
        low, high = PARALLELS
        middle = sum(self.lon_range) / 2
        return pyproj.Proj(proj="aea", lat_1=low, lat_2=high, lat_0=0, lon_0=middle, R=1)

    @cached_property
    def _edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the frame, in units of the projection."""
        (west, east), (south, north) = self.lon_range, self.lat_range
        along = np.linspace(west, east, STEPS)
        upwards = np.linspace(south, north, STEPS)
        lon = np.concatenate([along, along, np.full(STEPS, west), np.full(STEPS, east)])
        lat = np.concatenate([np.full(STEPS, south), np.full(STEPS, north), upwards, upwards])
        x, y = self._projection(lon, lat)
        across, up = self._projection((west + east) / 2, (south + north) / 2)
        wide, high = np.ptp(x) / 2, np.ptp(y) / 2
        return float(across - wide), float(up + high), float(across + wide), float(up - high)
