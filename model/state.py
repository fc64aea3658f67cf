"""What is remembered from one month to the next, as plain tuples of numbers that every engine fills.

The order of the fields is their order in the arrays of the compiled engines.
"""

from __future__ import annotations

from typing import NamedTuple


class OfficialState(NamedTuple):
    """One official: five traits, a career, six counts of evidence (in cases), what it did.

    `inaction_history` holds a bit for each of the last 24 months, 1 for inaction, the newest lowest, as one whole
    number.
    """

    competence: float
    loss_aversion: float
    public_service_motivation: float
    ambition: float
    integrity: float
    age: float
    freeze_months: float
    accountability_seen: float
    accountability_spared: float
    exemption_seen_filed: float
    exemption_denied_filed: float
    exemption_seen_unfiled: float
    exemption_denied_unfiled: float
    inaction_history: float


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
    """What all jurisdictions know of each other, of last month: means over officials, so events are per official."""

    experience: float
    sanctions: float  # for failures
    exemptions_filed: float
    exemptions_unfiled: float
    denials_filed: float  # honest cases that ended in a sanction
    denials_unfiled: float


class Country(NamedTuple):
    """What the policy of one jurisdiction is measured against: means over all officials, before any learning."""

    complexity: float
    same_risk_exemption: float


class PolicyTables(NamedTuple):
    """The policy in force worked out for one jurisdiction: exemption, the ladders, how long news is remembered.

    ``exempt_*`` are the probabilities X(cause, filed or not) with which a case ends exempt where reviewers do not lose
    their nerve; ``exempt_honest_*`` their means over the causes of honest failure; ``up_to_*`` the cumulative
    distributions of the ladders' rungs.
    """

    complexity: float
    exempt_force_majeure: float
    exempt_complexity: float
    exempt_ability: float
    exempt_filed_force_majeure: float
    exempt_filed_complexity: float
    exempt_filed_ability: float
    exempt_negligence: float
    exempt_self_dealing: float
    exempt_honest_unfiled: float
    exempt_honest_filed: float
    up_to_circular: float
    up_to_admonition: float
    up_to_discipline: float
    expected_loss: float
    up_to_first_form: float
    up_to_second_form: float
    up_to_third_form: float
    expected_misconduct_loss: float
    memory_kept: float
