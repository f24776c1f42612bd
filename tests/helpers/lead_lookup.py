# SPDX-License-Identifier: MIT
"""Leads in memory, found and changed as the store does it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from leaddesk.core.domain.import_plan import ImportPlan
from leaddesk.core.domain.lead import Lead
from leaddesk.core.domain.lead_keys import MatchKeys, email_key, name_key


@dataclass
class Leads:
    """A `LeadLookup` over a dictionary, which an import plan can be carried out on."""

    leads: dict[str, Lead] = field(default_factory=dict)
    lookups: int = 0

    def find(self, keys: MatchKeys) -> Iterable[Lead]:
        self.lookups += 1
        return [lead for lead in self.leads.values() if self._has(lead, keys)]

    def merged_into(self, _lead_id: str) -> Iterable[Lead]:
        return ()

    def _has(self, lead: Lead, keys: MatchKeys) -> bool:
        return (
            lead.lead_id in keys.lead_ids
            or not keys.external_ids.isdisjoint(lead.external_ids.items())
            or not keys.emails.isdisjoint({email_key(lead.email), email_key(lead.email_2)})
            or not keys.phones.isdisjoint({lead.phone_e164, lead.phone_2_e164, lead.mobile_e164})
            or name_key(lead) in keys.names
        )

    def carry_out(self, plan: ImportPlan) -> None:
        for row in plan.new:
            lead_id = f"made{len(self.leads)}"
            lead = Lead(**{"lead_id": lead_id, **row.values})
            assert lead.lead_id not in self.leads
            self.leads[lead.lead_id] = lead
        for _, before, after in plan.updates:
            assert self.leads[before.lead_id] == before
            self.leads[before.lead_id] = after
