# SPDX-License-Identifier: MIT
"""Whether two leads are people of the same company: by its name, else by their own mail domain."""

from typing import TYPE_CHECKING

from leaddesk.core.domain.company_names import company_key

if TYPE_CHECKING:
    from leaddesk.core.domain.lead import Lead

MAIL_PROVIDERS = frozenset((
    "163.com", "126.com", "aol.com", "bluewin.ch", "comcast.net", "fastmail.com", "free.fr",
    "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
    "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "icloud.com", "laposte.net",
    "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com",
    "online.de", "orange.fr", "outlook.com", "outlook.de", "posteo.de", "proton.me",
    "protonmail.com", "qq.com", "rediffmail.com", "seznam.cz", "sfr.fr", "t-online.de",
    "uol.com.br", "verizon.net", "wanadoo.fr", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk",
    "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.ru", "ymail.com", "zoho.com",
))  # fmt: skip
"""Domains whose addresses anybody can have: they make no company."""


def own_domains(lead: "Lead") -> frozenset[str]:
    """Return the mail domains of a lead that belong to a company."""
    found = (address.rpartition("@")[2].casefold() for address in (lead.email, lead.email_2))
    return frozenset(domain for domain in found if domain) - MAIL_PROVIDERS


def same_company(one: "Lead", other: "Lead") -> bool:
    """Return whether two leads are of one company.

    Two names decide; where one of the leads names no company, a mail domain they share does.
    """
    names = company_key(one.company), company_key(other.company)
    if all(names):
        return names[0] == names[1]
    return not own_domains(one).isdisjoint(own_domains(other))
