"""The static edition behind the project's own nginx, with no process of the app alive."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from benchmarks.processes import Running, running
from benchmarks.server import ROOT
from benchmarks.table import Row, at_least
from entente.briefing.scenes import choose_scenes
from entente.dossier.store import data_folder, read_dossier
from entente.export.files.writing import write_all
from entente.export.html.edition import site_files
from entente.server.packed import CODINGS, compress, is_compressible
from entente.settings import settings
from tools.serving import free_port

LOAD = ("wrk", "-t1", "-c64")
SECONDS, FLOOR_SECONDS = 10, 5
LEAST = 2000
CODING = "gzip"
NEEDED = ("nginx", "wrk")
PATH = f"{os.environ['PATH']}:/usr/sbin"  # where Debian has nginx, and not everybody looks
# The map waits for it, and it has the largest content of ours beside the page.
ASSET = "outlines"


def rows() -> list[Row]:
    """Answers a second, of the page and of an asset; the floor is an answer with nothing in it."""
    missing = [name for name in NEEDED if not shutil.which(name, path=PATH)]
    if missing:
        raise RuntimeError(f"{' and '.join(missing)} missing: sh benchmarks/install-programs.sh")
    with tempfile.TemporaryDirectory() as folder:
        edition = Path(folder) / "edition"
        names = _written(edition)
        with _front(Path(folder), edition) as front:
            host = f"http://127.0.0.1:{front.port}"
            floor = _rate(f"{host}/front-health", seconds=FLOOR_SECONDS)
            return [_row(f"{host}/edition/{name}", floor) for name in names]


def _written(edition: Path) -> tuple[str, str]:
    """Write the edition, compressed copies beside; gives the page and the asset to ask for."""
    dossier = read_dossier(data_folder())
    files = site_files(choose_scenes(dossier), dossier=dossier)
    edition.mkdir()
    write_all(edition, files)
    for name, content in files.items():
        path = edition / name
        if is_compressible(path):
            beside = path.with_name(path.name + CODINGS[CODING])
            beside.write_bytes(compress(content, CODING))
    return "index.html", next(name for name in files if ASSET in name)


@contextmanager
def _front(folder: Path, edition: Path) -> Iterator[Running]:
    """Nginx as deployed, with a replica that is not there."""
    folder.chmod(0o755)  # nginx reads as another user
    port = free_port()
    environment = {
        "APPS": f"127.0.0.1:{free_port()}",
        "LISTEN": f"127.0.0.1:{port}",
        "FILES": str(settings().static.resolve()),
        "EDITION": str(edition),
        "RUN": str(folder / "front"),
        "PATH": PATH,
    }
    command = ["sh", str(ROOT / "deploy" / "front.sh")]
    with running(command, port=port, health="front-health", environment=environment) as found:
        yield found


def _row(address: str, floor: float) -> Row:
    size = _sent(address)
    name = address.rpartition("/")[2].partition(".")[0]
    return Row(
        what=f"answers a second, {name} of the edition",
        ours=_rate(address, seconds=SECONDS),
        floor=floor,
        unit="/s",
        bars=(at_least(LEAST, is_of_ours=True),),
        note=f"{size / 1000:.0f} kB each; floor: nothing in it",
    )


def _sent(address: str) -> int:
    """Size of one answer as it goes over the wire, which has to be compressed."""
    with urlopen(Request(address, headers={"Accept-Encoding": CODING})) as answer:
        if answer.headers["Content-Encoding"] != CODING:
            raise RuntimeError(f"{address} does not come compressed")
        return len(answer.read())


def _rate(address: str, *, seconds: int) -> float:
    """Good answers a second under wrk.

    Raises:
        RuntimeError: Some answers were errors, or there were none.
    """
    command = [*LOAD, f"-d{seconds}s", "-H", f"Accept-Encoding: {CODING}", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"wrk on {address}:\n{said}")
    return float(rate[1])
