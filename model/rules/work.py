"""Work: what an innovation needs to succeed, and learning by doing (model.md, 4.3 and 5)."""

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


@inlined
def success_probability(complexity: float, competence: float, work: Work) -> float:
    """Return the chance that an innovation succeeds: no force majeure, complexity mastered, ability enough."""
    ability = 1.0 - work.ability_weight * (1.0 - competence)
    return (1.0 - work.force_majeure) * (1.0 - complexity) * ability
