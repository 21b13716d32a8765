"""What is in deploy/ holds together, as far as can be told without a container engine."""

import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from entente.settings import READERS, read_settings
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
MANIFESTS: list[dict[str, Any]] = list(
    yaml.safe_load_all((DEPLOY / "kubernetes" / "entente.yaml").read_text(encoding="utf-8"))
)
KINDS = {"Namespace", "ConfigMap", "Deployment", "Service", "Ingress", "HorizontalPodAutoscaler",
         "PodDisruptionBudget", "NetworkPolicy"}  # fmt: skip


@pytest.mark.parametrize("version", ["1.31", "1.34"])
@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest["kind"])
def test_a_manifest_is_valid(manifest: dict[str, Any], version: str) -> None:
    kubernetes_validate.validate(manifest, version, strict=True)


def test_a_misspelt_manifest_is_not() -> None:
    wrong = {**MANIFESTS[2], "spec": {**MANIFESTS[2]["spec"], "replica": 3}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, "1.34", strict=True)


def test_the_manifests_are_all_there_and_mean_one_another() -> None:
    assert {manifest["kind"] for manifest in MANIFESTS} == KINDS
    found = {manifest["kind"]: manifest["spec"] for manifest in MANIFESTS if "spec" in manifest}
    labels = found["Deployment"]["template"]["metadata"]["labels"]
    assert found["Deployment"]["selector"]["matchLabels"] == labels
    assert found["Service"]["selector"] == labels
    assert found["PodDisruptionBudget"]["selector"]["matchLabels"] == labels
    assert found["NetworkPolicy"]["podSelector"]["matchLabels"] == labels
    assert found["NetworkPolicy"]["egress"] == []
    assert found["HorizontalPodAutoscaler"]["scaleTargetRef"]["name"] == "entente"
    assert found["PodDisruptionBudget"]["minAvailable"] < found["Deployment"]["replicas"]


def test_a_pod_may_do_little() -> None:
    (pod,) = [
        each["spec"]["template"]["spec"] for each in MANIFESTS if each["kind"] == "Deployment"
    ]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert {"startupProbe", "readinessProbe", "livenessProbe"} <= container.keys()


def test_its_settings_can_be_used() -> None:
    (data,) = [manifest["data"] for manifest in MANIFESTS if manifest["kind"] == "ConfigMap"]
    assert read_settings(data).hsts > 0


def read_stages() -> dict[str, str]:
    """The stages of the images, in their order: name to instructions."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    return dict(re.findall(r"^FROM \S+ AS (\w+)\n(.*?)(?=\nFROM |\Z)", text, re.S | re.M))


def test_the_images_do_not_run_as_root_and_are_asked_how_they_are() -> None:
    for stage in ("app", "front"):
        body = read_stages()[stage]
        user = re.findall(r"^USER (\S+)$", body, re.M)
        assert user and user[-1] not in {"root", "0"}
        assert "HEALTHCHECK" in body
        assert body.index("USER") < body.index("CMD")


def test_the_image_of_no_name_is_the_app_and_installs_what_is_locked() -> None:
    stages = read_stages()
    assert [*stages] == ["build", "front", "app"]
    build = stages["build"]
    assert build.index("--require-hashes -r requirements.lock") < build.index("COPY . .")
    assert "--no-deps --no-build-isolation -e ." in build
    assert re.search(r'^CMD \["python", "-m", "entente", "serve"', stages["app"], re.M)


def test_what_is_copied_is_there() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for stage in read_stages().values():
        for words in re.findall(r"^COPY (?!--from)(.*) \S+$", stage, re.M):
            for name in words.split():
                assert (ROOT / name).exists()
                assert name not in ignored


def test_compose_builds_from_the_same_file() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for service in services.values():
        build = service["build"]
        assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()
        assert build["target"] in read_stages()


def test_compose_runs_replicas_that_write_nothing() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for service in services.values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    assert "ports" not in services["app"]
    assert set(services["app"]["environment"]) - {"FORWARDED_ALLOW_IPS"} <= set(READERS)
