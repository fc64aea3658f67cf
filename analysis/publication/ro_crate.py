"""What is what in a bundle, for machines: RO-Crate metadata (https://www.researchobject.org/ro-crate), by `rocrate`.

Beside files and folders it tells of the run: a CreateAction, in which the code made the tables from the plan, after the
profile Process Run Crate.
"""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path
from typing import Any

from analysis.store.experiment import Experiment

LICENCE = "https://spdx.org/licenses/Apache-2.0"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_PARQUET, _JSON, _TOML = "application/vnd.apache.parquet", "application/json", "application/toml"
# Path in the bundle: name, description, format.
_FILES = {
    "README.md": ("Read me", "What is where, and how to run it again", "text/markdown"),
    "CITATION.cff": ("Citation", "How to cite the model", "text/yaml"),
    "LICENSE": ("Licence", "Apache License 2.0", "text/plain"),
    "result/manifest.json": ("Manifest", "The plan, locked by a hash before the first run, and versions", _JSON),
    "result/finished.json": ("Checksums of the tables", "Written when all runs were done", _JSON),
    "result/design.parquet": ("Design", "A row for each point: its number and its factor values", _PARQUET),
    "result/table.parquet": ("Runs of the design", "A row for each run: seed, status, factors, measures", _PARQUET),
    "result/reference.parquet": ("Runs of the base scenario", "The same luck as in the design's runs", _PARQUET),
    "result/series.parquet": ("Monthly series", "A row for each run and month", _PARQUET),
    "report/report.en.html": ("Report (English)", "To read: question, design, results, limits, method", "text/html"),
    "report/report.zh.html": ("Report (Chinese)", "The same in Chinese", "text/html"),
    "report/experiment.toml": ("Experiment file", "What to give to the command sweep", _TOML),
    "report/points.csv": ("List of points", "What the experiment file refers to", "text/csv"),
}
_FOLDERS = {
    "code/": ("Code", "The code as it was: model, analysis, tests, pinned versions"),
    "code/docs/": ("Documents", "The model in full (ODD+D), its parameters, measures and sources"),
    "result/": ("Result", "The plan of the experiment and its runs"),
    "result/scenario/": ("Base scenario", "The scenario that the experiment varies, in full"),
    "report/figures/": ("Charts", "The charts of the report as PNG and SVG"),
    "findings/": ("Findings", "Tables of map, sensitivity, ablate or discover"),
    "coded/": ("Coded cases", "The coded file that the scenario was made from, as its provenance says"),
}


def write_metadata(root: Path, experiment: Experiment) -> None:
    """Write ro-crate-metadata.json, and ro-crate-preview.html for people, into a bundle that is otherwise complete."""
    # Here and not above: it takes a moment to load, and only bundles need it.
    from rocrate.rocrate import ROCrate  # noqa: PLC0415

    specification, manifest = experiment.specification, experiment.manifest
    planned = datetime.fromisoformat(str(manifest["planned_at"]))
    crate = ROCrate(gen_preview=True)
    crate.name = f"{specification.title.en} ({specification.name})"
    crate.description = specification.question.en
    crate.license = LICENCE
    crate.datePublished = planned
    crate.root_dataset["conformsTo"] = {"@id": PROFILE}
    crate.root_dataset["identifier"] = experiment.lock
    entities = _described(crate, root)
    _add_profile(crate)
    software = _software(crate, manifest)
    action = {
        "@type": "CreateAction",
        "name": f"Sweep of {specification.name}",
        "description": f"{manifest['planned']['runs']} planned runs, seed {specification.seed}",
        "startTime": planned.isoformat(),
        "instrument": {"@id": software},
        "object": [{"@id": name} for name in ("result/design.parquet", "result/scenario/") if name in entities],
        "result": [
            {"@id": name}
            for name in ("result/table.parquet", "result/reference.parquet", "result/series.parquet")
            if name in entities
        ],
        "actionStatus": {"@id": f"http://schema.org/{'Completed' if experiment.is_finished else 'Failed'}ActionStatus"},
    }
    crate.root_dataset["mentions"] = [_context(crate, "#sweep", action)]
    crate.metadata.write(root)
    _write_preview(crate, root)


def _write_preview(crate: Any, root: Path) -> None:
    """Write the page for people; its template takes texts as they are, so what would be markup is escaped first."""
    for entity in crate.get_entities():
        properties = entity._jsonld
        for key, value in properties.items():
            if isinstance(value, str) and not key.startswith("@"):
                properties[key] = html.escape(value)
            elif isinstance(value, list):
                properties[key] = [html.escape(item) if isinstance(item, str) else item for item in value]
    crate.preview.write(root)


def _described(crate: Any, root: Path) -> set[str]:
    """Add what of the known files and folders is there, and return their names."""
    found = set()
    for name, (title, description, kind) in _FILES.items():
        path = root / name
        if path.is_file():
            about = {"name": title, "description": description, "encodingFormat": kind}
            crate.add_file(path, name, properties={**about, "contentSize": str(path.stat().st_size)})
            found.add(name)
    for name, (title, description) in _FOLDERS.items():
        if (root / name).is_dir():
            crate.add_dataset(root / name, name, properties={"name": title, "description": description})
            found.add(name)
    return found


def _software(crate: Any, manifest: dict[str, Any]) -> str:
    versions = manifest["versions"]
    about = {
        "@type": "SoftwareApplication",
        "name": "Officials under Accountability",
        "version": str(versions.get(str(manifest["creator"])) or "not known"),
        "softwareVersion": str((manifest.get("git") or {}).get("commit") or "not known"),
        "identifier": str(manifest["model_hash"]),
        "softwareRequirements": [f"{name} {version}" for name, version in versions.items() if version],
        "runtimePlatform": str(manifest["platform"]["system"]),
        "license": {"@id": LICENCE},
        "subjectOf": {"@id": "code/"},
    }
    _context(crate, "#software", about)
    return "#software"


def _add_profile(crate: Any) -> None:
    about = {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    _context(crate, PROFILE, about)
    licence = {"@type": "CreativeWork", "name": "Apache License 2.0", "url": LICENCE}
    _context(crate, LICENCE, licence)


def _context(crate: Any, name: str, properties: dict[str, Any]) -> Any:
    from rocrate.model.contextentity import ContextEntity  # noqa: PLC0415

    return crate.add(ContextEntity(crate, name, properties=properties))
