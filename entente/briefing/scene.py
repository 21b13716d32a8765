"""Scenes: the steps of the briefing. A scene is a view with words, so the list is the briefing."""

from dataclasses import dataclass

from entente.content import Plate


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """One step of the briefing.

    Attributes:
        scene_id: Stable id.
        number: Place in the briefing, from 1.
        title: Its headline.
        text: One or two sentences for the room.
        notes: What the speaker should know beside them.
        plate: What is on screen.
    """

    scene_id: str
    number: int
    title: str
    text: str
    notes: str
    plate: Plate
