"""The parameters' names and defaults a second time, from the tables of the specification alone (docs/model.md, 7).

A dictionary like this one, ``{"table.name": value}``, is all that the NumPy version is told.
"""

from __future__ import annotations

from collections.abc import Mapping

Values = Mapping[str, float]

_TABLES: dict[str, dict[str, float]] = {
    "accountability": {
        "certainty": 0.04,
        "severity": 0.317,
        "misconduct_severity": 0.6,
        "publicity": 0.9,
        "inaction_certainty": 0.008,
        "inaction_loss": 4.0,
        "inaction_freeze_months": 6.0,
    },
    "exemption": {
        "probability": 0.4,
        "access": 0.8,
        "evidence_force_majeure": 3.0,
        "evidence_complexity": 2.0,
        "evidence_ability": 1.0,
        "evidence_negligence": 0.3,
        "evidence_filing": 1.0,
        "filing_cost": 0.12,
        "remedy": 0.1,
        "correction": 0.5,
        "caution": 0.5,
        "disclosure": 0.2,
        "review_burden": 0.15,
    },
    "supervision": {"detection": 0.1, "red_tape": 0.1},
    "guidance": {"flexibility": 0.0, "local_knowledge": 0.5, "local_favour": 0.3},
    "work": {
        "urgency": 0.15,
        "haste": 0.15,
        "force_majeure": 0.08,
        "complexity": 0.35,
        "complexity_spread": 0.15,
        "ability_weight": 0.4,
        "negligence": 0.4,
        "care_cost": 0.5,
        "routine_failure": 0.06,
        "routine_care_cost": 0.1,
        "learning_max": 0.5,
        "learning_half": 6.0,
        "diffusion": 0.2,
        "routine_reward": 0.25,
        "routine_effort": 0.2,
        "innovation_effort": 0.4,
        "self_dealing_gain": 1.2,
    },
    "behaviour": {
        "routine_open": 1.0,
        "filed_innovation_open": 1.0,
        "self_dealing_open": 1.0,
        "initial_innovation_share": float("nan"),  # none: a third each
        "temperature": 0.3,
        "nesting": 0.5,
        "conformity": 0.2,
        "habit": 0.25,
        "prior_strength": 15.0,
        "credence": 0.7,
        "circle": 150.0,
        "weight_own": 1.0,
        "weight_peer": 0.2,
        "weight_national": 0.01,
        "negativity": 1.5,
        "memory_half_life_months": 24.0,
    },
    "public": {
        "tolerance": 0.4,
        "tolerance_weight": 0.6,
        "objectivity": 0.3,
        "reversion": 0.05,
        "gain_success": 0.05,
        "loss_failure": 0.1,
    },
    "career": {"ceiling_age": 52.0, "retirement_age": 60.0},
    "population": {
        "competence_mu": 0.4,
        "competence_sd": 0.6,
        "loss_aversion_mean": 1.955,
        "loss_aversion_sd": 0.35,
        "public_service_motivation_mean": 0.45,
        "public_service_motivation_sd": 0.25,
        "ambition_mean": 0.8,
        "ambition_sd": 0.45,
        "integrity_mu": 1.5,
        "integrity_sd": 0.8,
    },
    "value": {
        "success": 1.0,
        "routine": 0.2,
        "failure": -0.3,
        "negligence": -1.5,
        "self_dealing": -2.0,
        "inaction": -0.1,
        "filing": -0.03,
        "case": -0.1,
        "detection": -0.05,
    },
}
DEFAULTS: dict[str, float] = {
    f"{table}.{name}": value for table, values in _TABLES.items() for name, value in values.items()
}
