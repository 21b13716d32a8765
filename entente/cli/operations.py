"""`python -m entente check`, `build`, `pack`, `serve`: from a dataset to a running app.

What a command needs is imported when it runs: the app itself does without most of it.
"""

import argparse
import datetime as dt
import os
from pathlib import Path
from typing import Any

from entente.check.faults import BrokenDataset, count_faults
from entente.cli.arguments import add_dataset_options, format_json, refuse, report_broken
from entente.dossier.store import data_folder
from entente.settings import HOME, settings

CHECK = "check the dataset and report every fault"
BUILD = (
    "build outlines, leg geometry, the errors of the route model, what it says of published "
    "figures, and the data package"
)
PACK = "compress Streamlit's scripts and our assets once, for this app or any static server"
SERVE = "serve the app to others; put a proxy with TLS in front of it"
LARGEST_MESSAGE = 1_000_000
SECONDS_TO_DRAIN = 10
LARGEST_PORT = 65_535


def add(commands: Any) -> None:
    """Register the commands."""
    check = commands.add_parser("check", help=CHECK, description=CHECK)
    add_dataset_options(check)
    check.set_defaults(run=run_check)
    build = commands.add_parser("build", help=BUILD, description=BUILD)
    add_dataset_options(build, has_json=False)
    build.add_argument(
        "--only-calibration",
        action="store_true",
        help="estimate the errors and value the published figures, which needs no network",
    )
    build.set_defaults(run=run_build)
    pack = commands.add_parser("pack", help=PACK, description=PACK)
    pack.add_argument("--to", type=Path, default=settings().static, help="the folder to write")
    pack.set_defaults(run=run_pack)
    serve = commands.add_parser("serve", help=SERVE, description=SERVE)
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    serve.add_argument("--port", type=_read_port, default=8501, help="the port to listen on")
    serve.set_defaults(run=run_serve)


def _read_port(text: str) -> int:
    if not text.isdecimal() or int(text) > LARGEST_PORT:
        raise argparse.ArgumentTypeError(
            f"a port is a whole number to {LARGEST_PORT}, not {text!r}"
        )
    return int(text)


def run_check(options: argparse.Namespace) -> int:
    """Print every fault of the dataset; 1 when there is any, 2 without a folder."""
    from entente.review import review_folder

    if not options.data.is_dir():
        return refuse("check", f"there is no folder {options.data}")
    faults = review_folder(options.data)
    if options.json:
        print(format_json([fault.as_dict() for fault in faults]))
    else:
        count = count_faults(faults) if faults else "No faults"
        print(*faults, f"{count} in {options.data}", sep="\n")
    return 1 if faults else 0


def run_build(options: argparse.Namespace) -> int:
    """Build, and say which files were written; 1 when the dataset is broken, 2 without one."""
    from entente.build.everything import build_all, write_calibration, write_valued_benchmarks

    if not options.data.is_dir():
        return refuse("build", f"there is no folder {options.data}")
    try:
        if options.only_calibration:
            paths = [
                write_calibration(options.data, as_of=dt.date.today()),
                write_valued_benchmarks(options.data),
            ]
        else:
            paths = build_all(options.data, HOME / "assets", HOME / ".streamlit")
    except BrokenDataset as broken:
        return report_broken(broken, options.data)
    for path in paths:
        print(path.relative_to(HOME) if path.is_relative_to(HOME) else path)
    return 0


def run_pack(options: argparse.Namespace) -> int:
    """Pack, and say how much was written."""
    from entente.server.packed import pack

    try:
        written = sum(1 for _ in pack(options.to))
    except OSError as failed:
        return refuse("pack", f"cannot write {options.to}: {failed.strerror or failed}")
    print(f"{written} files packed in {options.to}")
    return 0


def run_serve(options: argparse.Namespace) -> int:
    """Serve the app until told to stop.

    The same application as `streamlit run app.py`, with what only the server can do: no banner,
    small messages from clients, compressed messages to them, and an end within a set time.
    Streamlit reads its configuration from the folder in which it runs, so it runs in ours.
    """
    import uvicorn

    from entente.server.stack import CompressedSocket, settings_or_exit

    settings_or_exit()
    os.environ["ENTENTE_DATA"] = str(data_folder().resolve())
    os.chdir(HOME)
    uvicorn.run(
        "app:app",
        app_dir=str(HOME),
        host=options.host,
        port=options.port,
        server_header=False,
        access_log=False,
        ws=CompressedSocket,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=True,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        timeout_keep_alive=65,
        timeout_graceful_shutdown=SECONDS_TO_DRAIN,
        forwarded_allow_ips=None,
    )
    return 0
