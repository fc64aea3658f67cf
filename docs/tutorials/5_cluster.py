"""Cluster: the same experiment on a Dask cluster, with the same bytes at the end.

It needs the extra "cluster": pip install -c constraints.txt -e ".[cluster]"
"""

import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

from analysis.experiments import DesignPlan, Factor, Specification, merge, sweep
from model.scenario import Text, find_scenario, with_settings

folder = Path("tutorial")
folder.mkdir(exist_ok=True)

experiment = Specification(
    name="cluster",
    title=Text("On a cluster", "在集群上"),
    question=Text("Is the result the same wherever it is computed?", "在哪里计算，结果都一样吗？"),
    base=with_settings(find_scenario("baseline"), {"size.jurisdictions": 2}, officials=100),
    factors=(Factor("accountability.severity", 0.0, 0.6), Factor("exemption.probability", 0.0, 1.0)),
    design=DesignPlan("latin_hypercube", points=100, seed=1),
    measures=("innovation_rate", "lazy_prevalence"),
    replications=4,
)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, seconds: float = 60.0) -> None:
    """Return when somebody listens on a port of this machine."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with closing(socket.socket()) as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError(f"nobody listens on port {port}")


def start(stack: ExitStack, *arguments: str) -> None:
    """Start a part of the cluster; it ends with the stack."""
    process = subprocess.Popen([sys.executable, "-m", *arguments], stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)


# A cluster is a scheduler and workers. Here all are on this machine, on loopback; on a real one they are on many, and
# docs/how_to/slurm.md starts them through Slurm.
port = free_port()
address = f"tcp://127.0.0.1:{port}"
with ExitStack() as stack:
    start(stack, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    wait_for(port)
    for _ in range(2):
        start(stack, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    on_cluster = sweep(experiment, folder / "on_cluster", scheduler=address)
print("on the cluster:", on_cluster.counts())

# The same by threads of this process, and in two shards, as an array of jobs without a server would do it.
by_threads = sweep(experiment, folder / "by_threads", workers=2)
for number in (1, 2):
    sweep(experiment, folder / "by_shards", shard=(number, 2), workers=1)
by_shards = merge(folder / "by_shards")

# The seed belongs to the point and the replication, and rows are ordered by the design: the tables are the same bytes.
tables = [(made.folder / "table.parquet").read_bytes() for made in (on_cluster, by_threads, by_shards)]
assert tables[0] == tables[1] == tables[2]
print("the three tables are the same, byte for byte:", len(tables[0]), "bytes")

# On the command line the same is
#   dask scheduler --host 127.0.0.1 --port 8786
#   dask worker tcp://127.0.0.1:8786 --nthreads 1
#   python run.py sweep EXPERIMENT --scheduler tcp://127.0.0.1:8786
#   python run.py sweep EXPERIMENT --shard 1/2
#   python run.py merge results/EXPERIMENT
