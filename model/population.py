"""People: the officials at month 0 and the newcomers who take their places (model.md, 4.9 and 7).

A person's traits depend on the seed, the run, the post and how many held it before, never on the policy: under two
policies the same person comes to the same post.
"""

from __future__ import annotations

import numpy as np

from model.compiled import compiled
from model.draws import Key, trait_luck
from model.numerics import exponential, logistic, normal_quantile
from model.parameters import NEWCOMER_AGES, Population
from model.state import OfficialState


@compiled
def normal_cut_at_zero(mean: float, standard_deviation: float, luck: float) -> float:
    """Return a normal draw, 0 where it would be negative."""
    return max(mean + standard_deviation * normal_quantile(luck), 0.0)


@compiled
def log_normal(mean: float, sd_of_log: float, luck: float) -> float:
    """Return a log-normal draw with this mean; its median is mean / e**(sd**2 / 2)."""
    return mean * exponential(sd_of_log * normal_quantile(luck) - 0.5 * sd_of_log * sd_of_log)


@compiled
def person(
    key: Key, post: np.uint64, generation: np.uint64, population: Population, retirement_age: float
) -> OfficialState:
    """Return the generation-th holder of a post on the first day: traits and age, no freeze, no evidence, no history.

    The first generation (0) is spread over all ages up to retirement; later ones begin between 28 and 32.
    """
    luck = trait_luck(key, post, generation)
    youngest, oldest_newcomer = NEWCOMER_AGES
    oldest = retirement_age if generation == np.uint64(0) else oldest_newcomer
    return OfficialState(
        logistic(population.competence_mu + population.competence_sd * normal_quantile(luck.competence)),
        log_normal(population.loss_aversion_mean, population.loss_aversion_sd, luck.loss_aversion),
        normal_cut_at_zero(
            population.public_service_motivation_mean,
            population.public_service_motivation_sd,
            luck.public_service_motivation,
        ),
        normal_cut_at_zero(population.ambition_mean, population.ambition_sd, luck.ambition),
        logistic(population.integrity_mu + population.integrity_sd * normal_quantile(luck.integrity)),
        youngest + (oldest - youngest) * luck.age,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    )


@compiled
def median_competence(population: Population) -> float:
    """Return the competence of the median official."""
    return logistic(population.competence_mu)
