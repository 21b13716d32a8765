"""`python -m tools.bundle`: the archive, for some platforms and some versions of Python.

What it needs of others is downloaded by pip, as the lock has it and by its hashes; what it needs of
this checkout is made anew.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from tqdm import tqdm

from entente import __version__
from entente.settings import HOME, settings
from tools.sbom import LOCK, make_sbom

HERE = Path(__file__).parent
# What the lock's markers ask about a platform, and the tags of the wheels that run there.
PLATFORMS = {
    **{
        f"linux-{machine}": (
            {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
            [f"manylinux_2_{minor}_{machine}" for minor in range(28, 11, -1)]
            + [f"manylinux2014_{machine}"],
        )
        for machine in ("x86_64", "aarch64")
    },
    **{
        f"macos-{machine}": (
            {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
            [f"macosx_14_0_{machine}"],
        )
        for machine in ("arm64", "x86_64")
    },
    "windows": (
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
        ["win_amd64"],
    ),
}
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
START_OF_PIN = re.compile(r"^(?=[A-Za-z0-9])", re.MULTILINE)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def main() -> None:
    """Make the archive that the arguments ask for, and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description=__doc__)
    parser.add_argument("--to", type=Path, default=Path("dist"), metavar="DIR")
    parser.add_argument("--platforms", nargs="+", default=[*PLATFORMS], metavar="NAME")
    parser.add_argument("--pythons", nargs="+", default=["3.11", "3.12", "3.13"], metavar="X.Y")
    options = parser.parse_args()
    chosen = choose_platforms(options.platforms)
    if not chosen:
        parser.error(f"no such platform; there are {', '.join(PLATFORMS)}")
    options.to.mkdir(parents=True, exist_ok=True)
    name = f"entente-{__version__}-bundle"
    with TemporaryDirectory(dir=options.to) as folder:
        content = Path(folder) / name
        content.mkdir()
        fill(content, chosen, options.pythons)
        path = pack(content, options.to / f"{name}.zip")
    print(f"{path}: {path.stat().st_size:,} bytes, for {', '.join(chosen)}")


def choose_platforms(words: Sequence[str]) -> list[str]:
    """The platforms that the words name, whole or by their beginning, such as `linux`."""
    return [name for name in PLATFORMS if any(name.startswith(word) for word in words)]


def fill(content: Path, platforms: Sequence[str], pythons: Sequence[str]) -> None:
    """Put everything that belongs into the archive into an empty folder."""
    wheels = content / "wheels"
    wheels.mkdir()
    targets = [(platform, python) for platform in platforms for python in pythons]
    for platform, python in tqdm(targets, "Wheels", disable=None):
        download(wheels, platform, python)
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels))
    _run([*build, str(HOME)])
    (own,) = wheels.glob(f"entente-{__version__}-*.whl")
    line = f"entente=={__version__} --hash=sha256:{_hash(own)}\n"
    lock = LOCK.read_text(encoding="utf-8")
    (content / LOCK.name).write_text(lock + line, encoding="utf-8", newline="\n")
    for name in ("run.py", "README.txt"):
        shutil.copy(HERE / name, content / name)
    shutil.copytree(HOME / "data", content / "data")
    entente = (sys.executable, "-m", "entente")
    _run([*entente, "pack"])
    shutil.copytree(settings().static, content / "packed")
    _run([*entente, "export", "html", str(content / "briefing.html")])
    (content / "entente.cdx.json").write_text(make_sbom(), encoding="utf-8", newline="\n")
    lines = (f"{_hash(path)}  {path.relative_to(content).as_posix()}\n" for path in _files(content))
    (content / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def download(wheels: Path, platform: str, python: str) -> None:
    """Bring what the lock asks for on one platform under one version of Python."""
    facts, tags = PLATFORMS[platform]
    environment = {**facts, "python_version": python, "python_full_version": f"{python}.0"}
    with TemporaryDirectory() as folder:
        lock = Path(folder) / LOCK.name
        pins = list_pins(LOCK.read_text(encoding="utf-8"), environment)
        lock.write_text("".join(pins), encoding="utf-8")
        options = [f"--platform={tag}" for tag in tags]
        options += ["--implementation=cp", f"--python-version={python}"]
        wanted = ["--only-binary=:all:", "--no-deps", "--require-hashes", f"--requirement={lock}"]
        _run([*PIP, "download", *options, *wanted, f"--dest={wheels}"])


def list_pins(lock: str, environment: dict[str, str]) -> Iterator[str]:
    """The pins of a lock that hold in an environment, without the markers that say so."""
    for pin in START_OF_PIN.split(lock):
        first, rest = pin.split("\\", 1) if "\\" in pin else (pin, "")
        if first.startswith("#") or not rest:
            continue
        needed = Requirement(first)
        if needed.marker is None or needed.marker.evaluate(environment):
            yield f"{needed.name}{needed.specifier} \\{rest}"


def pack(content: Path, target: Path) -> Path:
    """Write a folder as a zip: the same files give the same bytes; wheels stay as they are."""
    unfinished = target.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w") as archive:
        for path in tqdm(_files(content), "Archive", disable=None):
            name = path.relative_to(content.parent).as_posix()
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr = 0o644 << 16
            is_small = path.suffix in {".whl", ".br", ".zst", ".gz", ".woff2", ".png", ".zip"}
            entry.compress_type = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
    return unfinished.replace(target)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, cwd=HOME, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
