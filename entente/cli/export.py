"""`python -m entente export`: the briefing to take away, as one file, a folder or a deck."""

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from entente.cli.arguments import add_dataset_options, refuse
from entente.dossier.lookup import NotUnderstood
from entente.dossier.store import Dossier

ABOUT = "write the briefing as one HTML file, a folder for a static host, or a deck"


def add(commands: Any) -> None:
    """Register the command."""
    command = commands.add_parser("export", help=ABOUT, description=ABOUT)
    forms = command.add_subparsers(required=True, metavar="FORM")
    for name, about, target in (
        ("html", "one HTML file that works without a network", "OUT"),
        ("pptx", "a deck with native charts and map", "OUT"),
        ("site", "a folder for a static host", "DIR"),
    ):
        form = forms.add_parser(name, help=about, description=about)
        form.add_argument("out", metavar=target, type=Path, help="where to write")
        form.add_argument(
            "--scenes", nargs="+", default=["all"], metavar="ID", help="ids of scenes, or all"
        )
        form.add_argument("--view", metavar="PERMALINK", help="one view instead of the scenes")
        form.add_argument("--base-url", default="", help="address of the app, for permalinks")
        form.add_argument("--on", metavar="DATE", help="date of export (default: today, UTC)")
        add_dataset_options(form, has_json=False)
        form.set_defaults(run=run, form=name)
    forms.choices["site"].add_argument(
        "--site-url", default="", help="address at which the folder will be served"
    )


def run(options: argparse.Namespace) -> int:
    """Write what was asked for; 2, with one line, when that cannot be done."""
    from entente.briefing.scenes import NothingToShow, choose_scenes, make_scene_of_address
    from entente.check.faults import BrokenDataset, count_faults
    from entente.dossier.store import read_dossier

    try:
        dossier = read_dossier(options.data)
        scenes = (
            choose_scenes(dossier, options.scenes)
            if options.view is None
            else (make_scene_of_address(dossier, options.view),)
        )
        size = WRITERS[options.form](options, scenes, dossier)
    except BrokenDataset as broken:
        return refuse(
            "export", f"the dataset has {count_faults(broken.faults)}; see python -m entente check"
        )
    except (NothingToShow, NotUnderstood) as nothing:
        return refuse("export", str(nothing))
    except OSError as failed:
        return refuse("export", f"cannot write {options.out}: {failed.strerror or failed}")
    except KeyboardInterrupt:
        return refuse("export", "interrupted; no partial file was left")
    print(f"{options.out}: {len(scenes)} scene{'s' if len(scenes) > 1 else ''}, {size:,} bytes")
    return 0


def _write_file(options: argparse.Namespace, scenes: Sequence[Any], dossier: Dossier) -> int:
    """Write the page or the deck; returns its size in bytes."""
    from entente.export.files.writing import write_whole

    if options.form == "html":
        from entente.export.html.edition import briefing_html as make
    else:
        from entente.export.deck.deck import deck as make
    content = make(
        scenes, dossier=dossier, base_url=options.base_url, made_on=_read_day(options.on)
    )
    write_whole(options.out, content)
    return len(content)


def _write_site(options: argparse.Namespace, scenes: Sequence[Any], dossier: Dossier) -> int:
    """Write the folder; returns the size of all files in bytes."""
    from entente.export.files.writing import write_all
    from entente.export.html.edition import site_files

    files = site_files(
        scenes,
        dossier=dossier,
        base_url=options.base_url,
        site_url=options.site_url,
        made_on=_read_day(options.on),
    )
    options.out.mkdir(exist_ok=True)
    write_all(options.out, files)
    return sum(map(len, files.values()))


def _read_day(text: str | None) -> dt.date:
    """The day of export that was named, or the current one in UTC.

    Raises:
        NotUnderstood: It is not a date.
    """
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(f"unknown date {text!r}: write it as 2025-04-10") from None


Writer = Callable[[argparse.Namespace, Sequence[Any], Any], int]
WRITERS: dict[str, Writer] = {"html": _write_file, "pptx": _write_file, "site": _write_site}
