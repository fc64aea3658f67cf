"""How long the report of an experiment with a million rows takes, and how much memory, in a process of its own.

python -m benchmarks.report_of_a_million_rows
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, Specification
from analysis.store.durable_files import file_hash
from analysis.store.locks import PARTS
from analysis.store.manifest import lock_of, write_plan
from analysis.store.part_files import table_schema
from analysis.store.tables import FILES, FINISHED
from model.measures import MEASURES
from model.scenario import Text, find_scenario

POINTS, REPLICATIONS = 49_999, 20
WANTED = 20.0  # seconds


def specification() -> Specification:
    return Specification(
        name="million",
        title=Text("A million rows", "一百万行"),
        question=Text("Does it open?", "打得开吗？"),
        base=find_scenario("baseline"),
        factors=(
            Factor("accountability.severity", 0.0, 0.6),
            Factor("exemption.probability", 0.0, 1.0),
            Factor("exemption.disclosure", 0.0, 1.0),
        ),
        design=DesignPlan("latin_hypercube", points=POINTS),
        measures=MEASURES,
        replications=REPLICATIONS,
    )


def write_made_up(folder: Path) -> None:
    """Write an experiment as sweep leaves it, its numbers made up: the report cannot tell, and it takes no hour."""
    plan = specification()
    points = design_points(plan)
    folder.mkdir()
    (folder / PARTS).mkdir()
    write_plan(folder, plan, points)
    generator = np.random.default_rng(1)
    n = POINTS * REPLICATIONS
    tables = {"table": np.arange(n), "reference": np.arange(n, n + REPLICATIONS)}
    files = {}
    for name, ids in tables.items():
        place = ids // REPLICATIONS
        known = {
            "id": ids,
            "point": place,
            "replication": ids % REPLICATIONS,
            "run": ids % REPLICATIONS,
            "seed": np.ones_like(ids),
            "status": np.full(len(ids), "ok"),
            "message": np.full(len(ids), ""),
            **dict(zip(plan.factor_paths, points[np.minimum(place, POINTS - 1)].T, strict=True)),
        }
        schema = table_schema(plan)
        columns = [
            pa.array(known[field.name] if field.name in known else generator.normal(0.3, 0.1, len(ids)), field.type)
            for field in schema
        ]
        parquet.write_table(pa.table(columns, schema=schema), folder / FILES[name])
        files[FILES[name]] = {"sha256": file_hash(folder / FILES[name]), "rows": len(ids)}
    facts = {"lock": lock_of(plan, points), "files": files, "rows": n + REPLICATIONS, "failed": 0, "timed_out": 0}
    (folder / FINISHED).write_text(json.dumps(facts), encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "million"
        write_made_up(folder)
        begin = time.perf_counter()
        subprocess.run([sys.executable, "run.py", "report", str(folder)], check=True, cwd=Path(__file__).parents[1])
        seconds = time.perf_counter() - begin
        used = os.times()
    cpu = used.children_user + used.children_system
    print(f"{POINTS * REPLICATIONS:,} rows: {seconds:.1f} s, {cpu:.1f} s of processors; wanted: below {WANTED:g} s")


if __name__ == "__main__":
    main()
