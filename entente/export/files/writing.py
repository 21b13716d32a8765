"""Files are written whole or not at all: beside their place first, then renamed into it."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to `path`; whatever goes wrong, no half of it is left.

    Raises:
        OSError: The folder is not there, or cannot be written, or is full.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:  # an interruption, too, must leave nothing behind
        beside.unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files below `folder`, the pages last, so that none refers to what is not there.

    Raises:
        OSError: As above.
    """
    for name in sorted(files, key=lambda name: (name.endswith(".html"), name)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, files[name])
