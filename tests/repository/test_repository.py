"""Files for those who come to the repository: they parse, agree, and name what is there."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from entente import __version__
from entente.settings import read_settings
from tests.conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
KINDS = {"input", "textarea", "dropdown", "checkboxes", "markdown"}
# The Citation File Format, version 1.2.0: what must be there, and what may be.
CITATION_NEEDS = {"cff-version", "message", "title", "authors"}
CITATION_MAY = CITATION_NEEDS | {
    *("abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords"),
    *("license", "license-url", "preferred-citation", "references", "repository"),
    *("repository-artifact", "repository-code", "type", "url", "version"),
}


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def list_recipe(target: str) -> list[str]:
    """Commands of a target, without those that tell how long it takes."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found
    lines = (line.strip("\t@") for line in found[1].splitlines())
    return [
        line.replace("$(BIN)", ".venv/bin") for line in lines if line not in {"$(BEGIN)", "$(END)"}
    ]


def test_versions_agree() -> None:
    citation = read_yaml(ROOT / "CITATION.cff")
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## \[(\S+)\](?: - (\S+))?$", changes, re.MULTILINE)
    (version, day), *_ = [section for section in sections if section[0] != "Unreleased"]
    assert citation["version"] == version == __version__
    assert str(citation["date-released"]) == day


def test_the_change_log_is_in_order() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", changes, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    days = [date.fromisoformat(heading.rpartition(" - ")[2]) for heading in headings[1:]]
    assert days == sorted(days, reverse=True)
    assert set(re.findall(r"^### (.*)$", changes, re.MULTILINE)) <= {
        *("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
    }


def test_the_citation_is_as_its_format_asks() -> None:
    citation = read_yaml(ROOT / "CITATION.cff")
    assert citation.keys() >= CITATION_NEEDS
    assert citation.keys() <= CITATION_MAY
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in {"software", "dataset"}
    assert isinstance(citation["version"], str)
    assert isinstance(citation["date-released"], date)
    assert citation["license"] == "MIT"
    assert all(author.keys() == {"name"} for author in citation["authors"])
    keywords = citation["keywords"]
    assert len(set(keywords)) == len(keywords)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_can_be_filled_in(path: Path) -> None:
    form = read_yaml(path)
    if path.stem == "config":
        assert form == {"blank_issues_enabled": False}
        return
    assert {"name", "description", "body"} <= form.keys()
    ids = [field["id"] for field in form["body"]]
    assert len(set(ids)) == len(ids)
    assert all(field["type"] in KINDS and field["attributes"]["label"] for field in form["body"])
    assert any(field.get("validations", {}).get("required") for field in form["body"])


def test_workflows_install_and_test_by_targets_that_exist() -> None:
    (workflow,) = (read_yaml(path) for path in WORKFLOWS)
    jobs = workflow["jobs"]
    ran = {name: {step.get("run") for step in job["steps"]} for name, job in jobs.items()}
    for name in ("debian", "ubuntu", "macos"):
        assert {"make install", "make test"} <= ran[name]
    assert "make build sbom" in ran["build"]
    for commands in ran.values():
        for command in commands:
            if command and command.startswith("make "):
                assert set(command.split()[1:]) <= TARGETS
    oldest, *_ = jobs["debian"]["strategy"]["matrix"]["python"]
    assert oldest == "3.11"
    assert workflow["permissions"] == {"contents": "read"}


def test_before_a_commit_the_same_runs_as_make_lint_runs() -> None:
    (repository,) = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert [hook["entry"] for hook in repository["hooks"]] == list_recipe("lint")
    assert all(hook["language"] == "system" for hook in repository["hooks"])


def test_make_test_lints_and_every_target_says_what_it_does() -> None:
    assert any("$(MAKE)" in line and "lint" in line.split() for line in list_recipe("test"))
    described = set(re.findall(r"^([a-z-]+):.*  ## \S", MAKEFILE, re.MULTILINE))
    assert TARGETS - described == {"browser", "packed"}


def test_hosts_are_told_the_port_and_settings_that_there_are() -> None:
    (port,) = re.findall(
        r"^FROM \S+ AS app\n.*^EXPOSE (\d+)$",
        (ROOT / "Containerfile").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    fly = tomllib.loads((ROOT / "deploy" / "fly.toml").read_text(encoding="utf-8"))
    assert fly["http_service"]["internal_port"] == int(port)
    assert read_settings(fly["env"]).url == f"https://{fly['app']}.fly.dev"
    assert read_settings(fly["env"]).hosts[0] == f"{fly['app']}.fly.dev"
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    (header,) = re.findall(r"```yaml\n(.*?)```", hosting, re.DOTALL)
    assert yaml.safe_load(header)["app_port"] == int(port)
    assert yaml.safe_load(header)["sdk"] == "docker"
