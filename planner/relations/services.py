"""The services of what went between you and people: a part of the composition root, which is `planner.app`.

Each is imported and built when it is first asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from planner.late import late

if TYPE_CHECKING:
    from planner.clock import Clock
    from planner.relations.achievements import Achievements
    from planner.relations.acquaintances import Acquaintances
    from planner.relations.celebrations import Celebrations
    from planner.relations.goals import Goals
    from planner.relations.introduction_queries import IntroductionQueries
    from planner.relations.offers import Offers
    from planner.relations.one_to_ones import OneToOnes
    from planner.relations.organisations import Organisations
    from planner.relations.queries import RelationQueries
    from planner.relations.service import RelationService
    from planner.relations.sharing import Sharing
    from planner.settings.service import SettingsService
    from planner.store.store import Store


class RelationServices:
    """Interactions, promises, value given and received, introductions, organisations, goals."""

    store: Store
    clock: Clock
    settings: SettingsService

    @property
    def is_prepared(self) -> bool:
        """Whether what changes are made with is imported; Today and People are read without it."""
        return self.store.is_prepared

    @late
    def relations(self) -> RelationService:
        """Commands on interactions, promises, exchanges, introductions and milestones."""
        from planner.relations.service import RelationService

        return RelationService(self.store, self.clock)

    @cached_property
    def relation_queries(self) -> RelationQueries:
        """Questions about the history."""
        from planner.relations.queries import RelationQueries

        return RelationQueries(self.store, self.clock)

    @late
    def celebrations(self) -> Celebrations:
        """News of people that may be a reason to congratulate."""
        from planner.relations.celebrations import Celebrations

        return Celebrations(self.store, self.clock)

    @cached_property
    def introductions(self) -> IntroductionQueries:
        """How introductions stand, and who should meet whom."""
        from planner.relations.introduction_queries import IntroductionQueries

        return IntroductionQueries(self.store, self.clock)

    @late
    def sharing(self) -> Sharing:
        """Sharing a link or an article with those it would interest."""
        from planner.relations.sharing import Sharing

        return Sharing(self.store, self.clock)

    @late
    def one_to_ones(self) -> OneToOnes:
        """Commands on what is agreed, told, asked and achieved with somebody, and on what is difficult."""
        from planner.relations.one_to_ones import OneToOnes

        return OneToOnes(self.store, self.clock)

    @cached_property
    def achievements(self) -> Achievements:
        """Evidence of achievements, for a review."""
        from planner.relations.achievements import Achievements

        return Achievements(self.relation_queries, self.settings, self.clock)

    @late
    def offers(self) -> Offers:
        """Offers of support."""
        from planner.relations.offers import Offers

        return Offers(self.store, self.clock)

    @late
    def acquaintances(self) -> Acquaintances:
        """Commands on who knows whom."""
        from planner.relations.acquaintances import Acquaintances

        return Acquaintances(self.store, self.clock)

    @late
    def organisations(self) -> Organisations:
        """Professional organisations and memberships."""
        from planner.relations.organisations import Organisations

        return Organisations(self.store, self.clock)

    @late
    def goals(self) -> Goals:
        """Career goals."""
        from planner.relations.goals import Goals

        return Goals(self.store, self.clock)
