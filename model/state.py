"""What is remembered from one month to the next, as plain tuples of numbers that every engine fills.

The order of the fields is their order in the arrays of the compiled engines.
"""

from __future__ import annotations

from typing import NamedTuple


class OfficialState(NamedTuple):
    """One official: five traits, a career, four counts of evidence (in cases), a habit."""

    competence: float
    loss_aversion: float
    public_service_motivation: float
    ambition: float
    integrity: float
    age: float
    freeze_months: float
    accountability_seen: float
    accountability_spared: float
    exemption_seen: float
    exemption_denied: float
    inaction_share: float


class JurisdictionState(NamedTuple):
    """One jurisdiction: last month's shares of actions, its public, its experience, what it knows of sanctions."""

    share_inaction: float
    share_routine: float
    share_innovation: float
    public_tolerance: float
    experience: float
    loss_seen: float
    loss_cases: float


class National(NamedTuple):
    """What all jurisdictions know of each other: means over jurisdictions, of last month."""

    experience: float
    sanctions: float
    exemptions: float


class PolicyTables(NamedTuple):
    """The policy in force worked out for one jurisdiction: exemption, the ladder, how long news is remembered.

    ``exempt_*`` are the probabilities X(cause, filed or not) with which a case ends exempt; ``up_to_*`` the cumulative
    distribution of the ladder's rungs.
    """

    complexity: float
    exempt_force_majeure: float
    exempt_complexity: float
    exempt_ability: float
    exempt_filed_force_majeure: float
    exempt_filed_complexity: float
    exempt_filed_ability: float
    exempt_self_dealing: float
    up_to_reminder: float
    up_to_light: float
    up_to_heavy: float
    expected_loss: float
    memory_kept: float
