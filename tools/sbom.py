"""`python -m tools.sbom FILE`: what the app is made of, as a CycloneDX list, from the lock.

The same lock gives the same bytes.
"""

import json
import subprocess
import sys
from pathlib import Path

from entente import __version__
from entente.settings import HOME

LOCK = HOME / "requirements.lock"


def make_sbom(lock: Path = LOCK) -> str:
    """The list as JSON: each package with its version and hashes, and Entente itself."""
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(lock)]
    options = ["--output-reproducible", "--pyproject", str(HOME / "pyproject.toml")]
    done = subprocess.run([*command, *options], check=True, capture_output=True, text=True)
    sbom = json.loads(done.stdout)
    sbom["metadata"]["component"] |= {"version": __version__}
    for component in sbom["components"]:
        del component["description"]  # the line of the lock, which the hashes repeat
    return json.dumps(sbom, indent=2, sort_keys=True) + "\n"


def main() -> None:
    """Write the list to the file that is named."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(make_sbom(), encoding="utf-8", newline="\n")
    print(target)


if __name__ == "__main__":
    main()
