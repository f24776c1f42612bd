# SPDX-License-Identifier: MIT
"""What can be done before a call: a lead from a number, a time zone, an override, an activity."""

from typing import TYPE_CHECKING

from leaddesk.core.domain.playbook import Playbook
from leaddesk.core.domain.queue import HELD_WORDS
from leaddesk.core.domain.verdict import Verdict
from leaddesk.core.services import activities, lead_page, playbooks, queue, quick_lead
from leaddesk.core.services.duplicates import Like
from leaddesk.core.services.queue import QueueCounts
from leaddesk.core.services.quick_lead import QuickLead
from leaddesk.ui.presenters.panels.lines import LinesPanel, Texts
from leaddesk.ui.presenters.panels.panel import PanelField, PanelRow
from leaddesk.ui.presenters.panels.pick import Item, PickPanel
from leaddesk.ui.presenters.zones import matching_zones

if TYPE_CHECKING:
    from leaddesk.ui.presenters.call_jobs import ChosenLead
    from leaddesk.ui.presenters.call_presenter import CallPresenter

PHONE, NAME, COMPANY, ZONE, WHY = "phone", "name", "company", "zone", "why"
_FEWEST_DIGITS = 5


class LeadMenu:
    """One per window; it also says why a lead must not be called."""

    def __init__(self, presenter: "CallPresenter") -> None:
        self._presenter = presenter
        presenter.when_blocked = self.blocked

    def take_next(self) -> None:
        """Take the lead that is next, and call it."""
        presenter = self._presenter
        if not presenter.is_idle:
            presenter.view.say("A call is open. Decide or end it first.")
            return

        def taken(lead_id: str) -> None:
            if lead_id:
                presenter.view.show_lead_of(lead_id)
                presenter.start(lead_id)
            else:
                presenter.view.say("There is no lead to call now.")

        presenter.desk.change(queue.take_next, taken, presenter.view.show_error, presenter)

    def quick_lead(self) -> None:
        """Ask for a number, and call it."""
        presenter = self._presenter
        if not presenter.is_idle:
            presenter.view.say("A call is open. Decide or end it first.")
            return

        def missing(texts: Texts) -> str:
            digits = sum(c.isdecimal() for c in texts[PHONE])
            return "" if digits >= _FEWEST_DIGITS else "Type the number, with its country code."

        def done(texts: Texts) -> None:
            country = presenter.desk.country
            presenter.desk.change(
                lambda work: quick_lead.add(
                    work, texts[PHONE], texts[NAME], texts[COMPANY], country
                ),
                self._call_quick,
                presenter.view.show_error,
                presenter,
            )

        fields = (
            PanelField(PHONE, "Phone number", hint="+44 20 7946 0958"),
            PanelField(NAME, "Name, if you know it"),
            PanelField(COMPANY, "Company, if you know it"),
        )
        presenter.open_panel(
            LinesPanel("A new lead", fields, missing, done, confirm="Call", back="Back")
        )

    def blocked(self, chosen: "ChosenLead") -> None:
        """Say why a lead must not be called; ask for its time zone, or for why a lead may."""
        permission = chosen.permission
        if not permission.blocks:
            self._ask_zone(chosen)
            return
        rows = [PanelRow(block.sentence) for block in permission.blocks]
        if not permission.may_override:
            self._presenter.open_panel(
                PickPanel(
                    "Not to be called now",
                    rows=rows,
                    sentence="Take another lead; this one stays in the list.",
                    back="Back",
                    tone=Verdict.DISQUALIFY,
                )
            )
            return
        lead_id = chosen.page.lead.lead_id

        def done(texts: Texts) -> None:
            self._presenter.close_panel()
            self._presenter.start(lead_id, override=texts[WHY].strip())

        self._presenter.open_panel(
            LinesPanel(
                "Not to be called now",
                (PanelField(WHY, "Call all the same, as team lead: why?", hint="In one line"),),
                lambda texts: "" if texts[WHY].strip() else "Say in one line why.",
                done,
                confirm="Call all the same",
                rows=rows,
                sentence="It is written down with your name.",
                tone=Verdict.DISQUALIFY,
            )
        )

    def held_back(self) -> None:
        """Say how many leads are held back and why; a key lists them."""
        self._presenter.desk.run(queue.counts, self._show_held)

    def activity(self) -> None:
        """Write down that the lead on screen did something."""
        # During a call another lead than the one on the phone may have been looked at last.
        chosen = self._presenter.chosen if self._presenter.is_idle else None
        if chosen is None:
            self._presenter.view.say("Choose a lead first; during a call, end it first.")
            return
        self._presenter.desk.run(
            playbooks.active, lambda playbook: self._ask_activity(chosen, playbook)
        )

    # Internal

    def _show_held(self, counts: QueueCounts) -> None:
        presenter = self._presenter
        causes = list(counts.held)

        def show(index: int) -> None:
            presenter.close_panel()
            presenter.view.show_held(causes[index])

        items = [
            Item(HELD_WORDS[cause].capitalize(), f"{counts.held[cause]:,}") for cause in causes
        ]
        sentence = "A key lists them." if items else "Nobody is held back."
        back = "Back" if presenter.is_idle else "Back to call"
        presenter.open_panel(PickPanel("Held back", items, show, sentence=sentence, back=back))

    def _ask_activity(self, chosen: "ChosenLead", playbook: Playbook) -> None:
        presenter = self._presenter
        rule = playbook.engagement
        kinds = rule.types if rule is not None else ()
        lead_id = chosen.page.lead.lead_id

        def add(index: int) -> None:
            presenter.close_panel()
            presenter.desk.change(
                lambda work: activities.add_by_hand(work, lead_id, kinds[index].id),
                lambda _activity: presenter.look_again(),
                presenter.view.show_error,
                presenter,
            )

        items = [
            Item(
                kind.id.replace("_", " ").capitalize(),
                f"+{kind.points}" + (" \u00b7 call soon" if kind.strong else ""),
            )
            for kind in kinds
        ]
        sentence = "" if items else "This playbook follows no activities."
        presenter.open_panel(
            PickPanel(f"{chosen.page.lead.name} did", items, add, sentence=sentence, back="Back")
        )

    def _ask_zone(self, chosen: "ChosenLead") -> None:
        presenter = self._presenter
        lead = chosen.page.lead

        def missing(texts: Texts) -> str:
            if not texts[ZONE].strip():
                return "Type a city, or the name of the zone."
            return "" if matching_zones(texts[ZONE]) else "No zone has that name."

        def below(texts: Texts) -> str:
            found = matching_zones(texts[ZONE])
            others = f" (or {', '.join(found[1:])})" if found[1:] else ""
            return f"{found[0]}{others}" if found else ""

        def done(texts: Texts) -> None:
            zone = matching_zones(texts[ZONE])[0]

            def named(_zone: str) -> None:
                presenter.close_panel()
                presenter.start(lead.lead_id)

            presenter.desk.change(
                lambda work: lead_page.name_time_zone(work, lead.lead_id, zone),
                named,
                presenter.view.show_error,
                presenter,
            )

        presenter.open_panel(
            LinesPanel(
                "What time is it there?",
                (PanelField(ZONE, "Time zone or city", hint="Chicago"),),
                missing,
                done,
                confirm="Call",
                below=below,
                sentence=f"Neither address nor number says where {lead.name} is. "
                "Find out before you dial.",
            )
        )

    def _call_quick(self, found: QuickLead) -> None:
        presenter = self._presenter
        presenter.close_panel()
        presenter.view.show_lead_of(found.lead.lead_id)
        if found.was_there:
            presenter.view.say(f"This number is {found.lead.name}'s, who is in the list already.")
        elif found.like:
            presenter.view.say(_may_be(found.like[0]))
        presenter.start(found.lead.lead_id)


def _may_be(like: Like) -> str:
    company = f", {like.lead.company}" if like.lead.company else ""
    why = ", ".join(like.likeness.reasons)
    return f"This may be {like.lead.name}{company}, who is in the list already: {why}."
