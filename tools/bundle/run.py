"""Install Entente from this folder, and start it. No network is used, and none is needed.

python3 run.py install    checks every file, makes the folder `env`, installs into it
python3 run.py start      serves at http://localhost:8501; --host 0.0.0.0 for others in the room

On Windows: `py` in the place of `python3`.
"""

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENV = HERE / "env"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def main() -> int:
    """Do what was asked; one line and status 1 or 2 when that cannot be done."""
    parser = argparse.ArgumentParser(prog="run.py", description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install", help="check every file and install into the folder env")
    start = commands.add_parser("start", help="serve the app until it is stopped")
    start.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for others in the room, too")
    start.add_argument("--port", default="8501")
    options = parser.parse_args()
    return install() if options.command == "install" else serve(options.host, options.port)


def install() -> int:
    """Check, install, and fit the packed files to what was installed."""
    if sys.version_info < OLDEST:
        return _refuse("Python 3.11 or newer is needed")
    print("Checking files")
    wrong = list_wrong()
    if wrong:
        return _refuse(f"damaged or missing, copy them again: {', '.join(wrong)}")
    print("Installing (a minute)")
    try:
        venv.create(ENV, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        return _refuse("Python came without venv; on Debian it is the package python3-venv")
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index"]
    only = [f"--find-links={HERE / 'wheels'}", "--no-deps", "--require-hashes"]
    if _run(*pip, *only, f"--requirement={HERE / 'requirements.lock'}"):
        version, machine = platform.python_version(), platform.machine()
        return _refuse(f"no wheels here for Python {version} on {sys.platform} {machine}")
    _run("-m", "entente", "pack")
    print("Installed. Now: python3 run.py start")
    return 0


def serve(host: str, port: str) -> int:
    """Serve until stopped."""
    if not PYTHON.exists():
        return _refuse("not installed yet: python3 run.py install")
    print(f"http://localhost:{port} (Ctrl+C stops it)", flush=True)
    try:
        return _run("-m", "entente", "serve", "--host", host, "--port", port)
    except KeyboardInterrupt:
        return 0


def list_wrong() -> list[str]:
    """Names of files that are not as SHA256SUMS has them."""
    lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return [name for digest, name in pairs if not _has_digest(HERE / name, digest)]


def _has_digest(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _run(*arguments: str) -> int:
    """Run what was installed; nothing from outside decides what that is. Gives its status."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    here = {"ENTENTE_DATA": str(HERE / "data"), "ENTENTE_STATIC": str(HERE / "packed")}
    environment = {**here, **own, "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run([PYTHON, *arguments], check=False, env=environment).returncode


def _refuse(why: str) -> int:
    print(f"run.py: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
