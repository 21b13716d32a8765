"""What stands beside the package in a checkout goes into it when it is built, as its `home`."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOME = ("app.py", "pages", "data", "assets", ".streamlit", "pyproject.toml")


class HomeHook(BuildHookInterface):
    """An editable package finds them where they are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the files to a package that is copied."""
        if version != "editable":
            build_data["force_include"] |= {name: f"entente/home/{name}" for name in HOME}
