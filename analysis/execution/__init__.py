"""How the runs of an experiment are done: on threads, in shards, on a cluster, again after an interruption."""
