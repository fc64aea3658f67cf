"""All that one does from Python, in one place: plan, run, read, compare, analyse, report; cases, structures, search.

``from analysis import experiments`` gives every verb; so does ``from analysis.experiments import sweep``.
"""

from __future__ import annotations

from analysis.design.experiment_file import find_experiment, read_experiment, shipped_experiments
from analysis.design.sampling import design_points
from analysis.design.specification import DesignPlan, Factor, ReplicateUntil, Specification
from analysis.discovery.conditions import condition_of
from analysis.discovery.of_experiment import discover
from analysis.discovery.sentences import sentences_of
from analysis.errors import ExperimentError
from analysis.evidence.case_file import read_case_file
from analysis.evidence.coded_file import EvidenceError
from analysis.evidence.counts_file import read_counts_file
from analysis.evidence.estimate import Options as CaseOptions
from analysis.evidence.estimate import agreement_of_cases, estimate_of_cases, estimate_of_counts
from analysis.evidence.evidence_folder import draws_of, write_evidence
from analysis.evidence.selection import Selection
from analysis.execution.comparison import write_result
from analysis.execution.sweep import SweepWatch, estimate, merge, rerun, status, sweep
from analysis.inference.calibration import calibrate
from analysis.officials.explanation import Who, deed_of, deed_under, flips_of, scene_of
from analysis.publication.bundle import bundle
from analysis.publication.export import export
from analysis.publication.report import report
from analysis.search.front import front_table, scenarios_of, write_front
from analysis.search.search import search
from analysis.search.search_file import find_search
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
from analysis.structure.matrix import cells_table, matrix_of, tippings_table
from analysis.structure.structures import structures

__all__ = [
    "CaseOptions",
    "DesignPlan",
    "EvidenceError",
    "Experiment",
    "ExperimentError",
    "Factor",
    "ReplicateUntil",
    "Selection",
    "Specification",
    "SweepWatch",
    "Who",
    "ablate",
    "adjusted_for_many",
    "agreement_of_cases",
    "bundle",
    "calibrate",
    "cells_table",
    "condition_of",
    "convergence",
    "deed_of",
    "deed_under",
    "design_points",
    "discover",
    "draws_of",
    "effects",
    "estimate",
    "estimate_of_cases",
    "estimate_of_counts",
    "export",
    "find_experiment",
    "find_search",
    "flips_of",
    "front_table",
    "intervals_of",
    "map_plane",
    "matrix_of",
    "merge",
    "metric_effects",
    "metrics_of",
    "needed_for",
    "open_experiment",
    "paired_effects",
    "point_means",
    "ratios_of_sums",
    "read_case_file",
    "read_counts_file",
    "read_experiment",
    "read_result",
    "reference_values",
    "report",
    "rerun",
    "runs_of",
    "scenarios_of",
    "scene_of",
    "search",
    "sensitivity",
    "sentences_of",
    "shipped_experiments",
    "status",
    "structures",
    "sweep",
    "tippings_table",
    "write_evidence",
    "write_front",
    "write_result",
]
