"""Work: what an innovation needs to succeed, urgent matters, and learning by doing (model.md, 4.1, 4.3 and 5)."""

from __future__ import annotations

from model.compiled import compiled, inlined
from model.parameters import MOST_COMPLEXITY, Work


@compiled
def complexity_of_jurisdiction(work: Work, spread_position: float) -> float:
    """Return the complexity of a jurisdiction before any learning; `spread_position` runs from -1 to 1."""
    spread = work.complexity + work.complexity_spread * spread_position
    return min(max(spread, 0.0), MOST_COMPLEXITY)


@compiled
def complexity_now(complexity: float, own_experience: float, national_experience: float, work: Work) -> float:
    """Return the complexity left after learning by doing, from tries per official at home and elsewhere."""
    experience = (1.0 - work.diffusion) * own_experience + work.diffusion * national_experience
    learned = work.learning_max * experience / (experience + work.learning_half)
    return complexity * (1.0 - learned)


@compiled
def complexity_in_haste(complexity: float, work: Work) -> float:
    """Return the complexity of a matter that must be judged quickly."""
    return complexity + (1.0 - complexity) * work.haste


@inlined
def is_urgent(work: Work, luck: float) -> bool:
    """Tell whether the matter at hand this month must be judged quickly, with no time to file."""
    return luck < work.urgency


@inlined
def sound_probability(complexity: float, competence: float, work: Work) -> float:
    """Return the chance that an innovation done with full care succeeds.

    No force majeure, complexity mastered, ability enough.
    """
    ability = 1.0 - work.ability_weight * (1.0 - competence)
    return (1.0 - work.force_majeure) * (1.0 - complexity) * ability
