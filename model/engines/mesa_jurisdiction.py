"""A jurisdiction of the readable engine: officials who work together, as a Mesa agent."""

from __future__ import annotations

import math
from typing import Any

import mesa
import numpy as np

from model.arrays import policy_row
from model.engines.mesa_conventions import Members
from model.engines.mesa_official import Official
from model.measures import Measures, Uncounted, measures_of, public_value_of
from model.month import circumstances_of, jurisdiction_after, jurisdiction_at_start, policy_tables_of
from model.parameters import parameters_of_row
from model.rules.evidence import news_of
from model.rules.network import NOTHING_DONE
from model.rules.work import complexity_of_jurisdiction
from model.state import Country
from model.vocabulary import COUNT, N_COUNTS, Counts, counts_of_row, failed_innovations_in, innovations_in

Administration = Any  # of mesa_engine, which uses this


class Jurisdiction(mesa.Agent):  # type: ignore[misc]
    """The officials who work, and watch each other, together; the policy in force and the public act on them.

    ``number`` counts from 0 in the order of the scenario. ``state`` is that at the end of the last month; ``news``,
    ``circumstances``, ``counts`` and ``measures`` are of that month (no measures before the first).
    """

    def __init__(self, model: Administration, number: int, country: Country) -> None:
        super().__init__(model)
        self.number = number
        self.tally = np.zeros(N_COUNTS, dtype=np.int64)  # filled in over the month, read as `counts`
        self.obey(0, country)
        self.state = jurisdiction_at_start(self.parameters)
        layout = model.setting.layout
        self.first_post, self.size = int(layout.first_official[number]), int(layout.sizes[number])
        posts = range(self.first_post, self.first_post + self.size)
        self.officials = Members(Official(model, self, post) for post in posts)
        self.look_around()
        self.hear_news()
        self.measures: Measures | None = None

    @property
    def counts(self) -> Counts:
        """Return what was counted in the last month."""
        return counts_of_row(self.tally)

    def obey(self, month: int, country: Country) -> None:
        """Take over the policy in force in a month; `country` is what it is measured against."""
        layout, policies = self.model.setting.layout, self.model.setting.policies
        self.policy = policies.rows[policy_row(policies, month, self.number)]
        self.parameters = parameters_of_row(self.policy)
        complexity = complexity_of_jurisdiction(self.parameters.work, layout.spread_position[self.number])
        self.tables = policy_tables_of(self.parameters, complexity, country)

    def look_around(self) -> None:
        """See what all officials here face this month, and begin a new tally."""
        self.circumstances = circumstances_of(self.state, self.model.national, self.tables, self.parameters)
        # What all see of each other this month is what they did in the last.
        self.shown = [NOTHING_DONE if one.action is None else int(one.action) for one in self.officials]
        self.tally[:] = 0
        self.tally[COUNT.officials] = len(self.officials)

    def hear_news(self) -> None:
        """Gather what is made known of this month's cases here and last month's elsewhere."""
        self.tally[COUNT.successes] = innovations_in(self.counts) - failed_innovations_in(self.counts)
        self.news = news_of(self.counts, self.model.national, self.parameters)

    def take_stock(self) -> None:
        """Sum up the month: the new norm, the public's tolerance, the experience gained, the measures."""
        counts = self.counts
        self.state = jurisdiction_after(self.state, counts, self.tables.memory_kept, self.parameters)
        value = public_value_of(counts, self.parameters)
        uncounted = Uncounted(self.state.public_tolerance, self.circumstances.nerve, math.nan, value)
        self.measures = measures_of(counts, uncounted)

    def __repr__(self) -> str:
        return f"<Jurisdiction {self.number}: {len(self.officials)} officials>"
