"""Settings: what may be set, and one clear line for what may not."""

import subprocess
import sys
from pathlib import Path

import pytest

from entente.settings import Settings, WrongSetting, read_settings
from tests.conftest import ROOT

WRONG = {
    "ENTENTE_DATA": ["/no/such/folder"],
    "ENTENTE_URL": [
        "entente.example",
        "ftp://entente.example",
        "https://entente.example/app",
        "https://user@entente.example",
        "https://entente.example?x=1",
        "https://ex ample",
        "https://entente.example:99999",
        'https://a"onload=1',
    ],
    "ENTENTE_HOSTS": ["https://entente.example", "entente.example:80", "*", "a b/c", "*.*.example"],
    "ENTENTE_FRAME_ANCESTORS": [
        "yes",
        "paper.example",
        "https://a.example; script-src *",
        "javascript:1",
    ],
    "ENTENTE_HSTS": ["a year", "-1", "99999999999", "1.5"],
    "ENTENTE_EDITION": ["/no/such/folder"],
}


def test_nothing_has_to_be_set() -> None:
    assert read_settings({"PATH": "/bin", "ENTENTE_URL": "  "}) == Settings()


def test_what_is_set_is_read(tmp_path: Path) -> None:
    found = read_settings(
        {
            "ENTENTE_URL": "https://Entente.example/",
            "ENTENTE_HOSTS": "entente.example, *.entente.example",
            "ENTENTE_FRAME_ANCESTORS": "https://paper.example https://*.news.example:8443",
            "ENTENTE_HSTS": "31536000",
            "ENTENTE_EDITION": str(tmp_path),
        }
    )
    assert found.url == "https://Entente.example"
    assert found.hosts[:2] == ("entente.example", "*.entente.example")
    assert "localhost" in found.hosts
    assert found.frame_ancestors == "'self' https://paper.example https://*.news.example:8443"
    assert found.hsts == 31536000
    assert found.edition == tmp_path


@pytest.mark.parametrize(("word", "source"), [("none", "'none'"), ("any", "*"), ("ANY", "*")])
def test_framing_has_two_words(word: str, source: str) -> None:
    assert read_settings({"ENTENTE_FRAME_ANCESTORS": word}).frame_ancestors == source


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_what_cannot_be_used_is_one_line_that_names_it(name: str, value: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        read_settings({name: value})
    assert name in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_insisting_on_tls_needs_a_public_address_with_tls() -> None:
    with pytest.raises(WrongSetting, match="ENTENTE_HSTS"):
        read_settings({"ENTENTE_HSTS": "60", "ENTENTE_URL": "http://entente.example"})


def test_a_slip_of_the_pen_is_noticed_and_a_stranger_is_not() -> None:
    with pytest.raises(WrongSetting, match="ENTENTE_HOSTS"):
        read_settings({"ENTENTE_HOST": "entente.example"})
    # Kubernetes gives such variables to whoever shares a namespace with a service of our name.
    assert (
        read_settings({"ENTENTE_SERVICE_HOST": "10.0.0.1", "ENTENTE_PORT": "tcp://x"}) == Settings()
    )


def test_the_app_ends_with_that_line() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        check=False,
        env={"PATH": "/bin:/usr/bin", "ENTENTE_HSTS": "soon"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert run.stderr.strip().splitlines()[-1].startswith("entente: ENTENTE_HSTS='soon'")
    assert "Traceback" not in run.stderr
