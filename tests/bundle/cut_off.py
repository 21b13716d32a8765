"""Run in a network namespace of its own: install and start the bundle, and ask it for its pages.

Prints one line of JSON: what answered, and what happened to a call to the outside.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

PORT = "8599"
LOOPBACK_UP = struct.pack("16sh", b"lo", 0x1 | 0x40)  # up, running
SET_FLAGS = 0x8914
OUTSIDE = ("192.0.2.1", 443)  # reserved for documentation


def call_outside() -> str:
    """The error that a call to the outside gives; nothing when it got through."""
    try:
        socket.create_connection(OUTSIDE, timeout=5).close()
    except OSError as failed:
        return failed.strerror or str(failed)
    return ""


def ask(path: str, coding: str = "identity") -> dict[str, object]:
    """What the app answers."""
    request = Request(f"http://127.0.0.1:{PORT}{path}", headers={"Accept-Encoding": coding})
    with urlopen(request, timeout=60) as answer:
        body = answer.read()
        found = answer.headers.get("Content-Encoding", "")
        return {
            "status": answer.status,
            "coding": found,
            "bytes": len(body),
            "start": body[:15].decode("latin-1"),
        }


def main() -> None:
    """Do all of it."""
    bundle = Path(sys.argv[1])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SET_FLAGS, LOOPBACK_UP)
    run = [sys.executable, str(bundle / "run.py")]
    subprocess.run([*run, "install"], check=True, stdout=sys.stderr)
    server = subprocess.Popen(
        [str(bundle / "env/bin/python"), "-X", "utf8", *run[1:], "start", "--port", PORT],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert server.stderr is not None
    try:
        for line in server.stderr:
            print(line, end="", file=sys.stderr)
            if "running on " in line:
                break
        found = {path: ask(path) for path in ("/", "/health", "/claims")}
        found["packed"] = ask("/assets/entente.css", "br")
        found["health"] = json.load(urlopen(f"http://127.0.0.1:{PORT}/health"))
    finally:
        subprocess.run(["kill", "-TERM", "--", f"-{server.pid}"], check=False)
        server.wait()
    print(json.dumps({"outside": call_outside(), **found}))


if __name__ == "__main__":
    main()
