"""All that one does with experiments from Python, in one place: plan, run, read, compare, analyse, report.

``from analysis import experiments`` gives every verb; so does ``from analysis.experiments import sweep``.
"""

from __future__ import annotations

from analysis.design.experiment_file import find_experiment, read_experiment, shipped_experiments
from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, ReplicateUntil, Specification
from analysis.errors import ExperimentError
from analysis.execution.comparison import write_result
from analysis.execution.sweep import SweepWatch, estimate, merge, rerun, status, sweep
from analysis.officials.explanation import Who, deed_of, deed_under, flips_of, scene_of
from analysis.publication.bundle import bundle
from analysis.publication.export import export
from analysis.publication.report import report
from analysis.sensitivity.ablation import ablate
from analysis.sensitivity.sensitivity import sensitivity
from analysis.sensitivity.tipping_line import map as map_plane
from analysis.statistics.convergence import convergence
from analysis.statistics.effects import effects, needed_for, point_means, reference_values
from analysis.statistics.many_comparisons import adjusted_for_many
from analysis.statistics.own_metrics import metric_effects, metrics_of
from analysis.statistics.paired_effects import intervals_of, paired_effects, runs_of
from analysis.statistics.ratios import ratios_of_sums
from analysis.store.experiment import Experiment, open_experiment
from analysis.store.results import read_result

__all__ = [
    "DesignPlan",
    "Experiment",
    "ExperimentError",
    "Factor",
    "ReplicateUntil",
    "Specification",
    "SweepWatch",
    "Who",
    "ablate",
    "adjusted_for_many",
    "bundle",
    "convergence",
    "deed_of",
    "deed_under",
    "design_points",
    "effects",
    "estimate",
    "export",
    "find_experiment",
    "flips_of",
    "intervals_of",
    "map_plane",
    "merge",
    "metric_effects",
    "metrics_of",
    "needed_for",
    "open_experiment",
    "paired_effects",
    "point_means",
    "ratios_of_sums",
    "read_experiment",
    "read_result",
    "reference_values",
    "report",
    "rerun",
    "runs_of",
    "scene_of",
    "sensitivity",
    "shipped_experiments",
    "status",
    "sweep",
    "write_result",
]
