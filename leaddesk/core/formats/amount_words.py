# SPDX-License-Identifier: MIT
"""The words and signs beside numbers of people and amounts of money, as `amounts` understands them.

English, German, French, Spanish, Italian, Portuguese, and what other countries write of money.
What can mean two numbers is left out: "mil" (a thousand in Spain, a million in talk in the United
States), "billones", "Billionen".
"""

SCALES = {
    **dict.fromkeys(
        ("k", "tsd", "tausend", "thousand", "thousands", "teur", "keur", "tusd", "kusd", "tchf",
         "tkr", "tsek"), 10**3,
    ),
    **dict.fromkeys(("lakh", "lakhs", "lac"), 10**5),
    **dict.fromkeys(
        ("m", "mm", "mio", "mn", "mln", "mill", "million", "millions", "millionen", "millón",
         "millones", "milione", "milioni", "milhão", "milhões", "miljon", "miljoner", "mkr",
         "meur", "musd", "mchf", "msek"), 10**6,
    ),
    **dict.fromkeys(("crore", "crores", "cr"), 10**7),
    **dict.fromkeys(
        ("b", "bn", "billion", "billions", "mrd", "md", "milliard", "milliards", "milliarde",
         "milliarden", "miliardo", "miliardi", "bilhão", "bilhões", "miljard", "miljarder"), 10**9,
    ),
}  # fmt: skip
"""Word behind a number -> what it is multiplied by."""

RANGE = frozenset(
    {"-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2026", "to", "bis", "à", "a", "and", "und",
     "y", "et", "e"}
)  # fmt: skip
"""Between the ends of a range; exactly one of them."""

AT_MOST = frozenset(
    {"<", "\u2264", "under", "below", "less", "fewer", "up", "weniger", "unter", "bis", "max",
     "maximal", "moins", "menos", "meno", "hasta", "jusqu", "fino", "até"}
)  # fmt: skip
"""Before a number: it is the upper end."""

_CODES = """\
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF
KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH
UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG HRK
"""

CODES = frozenset(_CODES.split())
"""ISO 4217, with the kuna, which older files still have."""

CURRENCY_OF_SIGN = {
    "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD", "$": "USD", "€": "EUR", "£": "GBP",
    "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₫": "VND",
    "฿": "THB", "₱": "PHP", "₦": "NGN", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "SFr": "CHF",
}  # fmt: skip
"""Sign -> ISO 4217; "kr" is missing, for four countries use it."""

CURRENCY_OF_WORD = {
    "euro": "EUR", "euros": "EUR", "teur": "EUR", "keur": "EUR", "meur": "EUR", "franken": "CHF",
    "złotych": "PLN", "rupees": "INR", "rs": "INR", "reais": "BRL",
}  # fmt: skip

UNDERSTOOD = frozenset(
    {
        *(code.casefold() for code in CODES), *CURRENCY_OF_WORD,
        "€", "$", "£", "¥", "₹", "₩", "₽", "₺", "₴", "₪", "₫", "฿", "₱", "₦", "zł", "kč", "ft",
        "sfr", "us", "ca", "au", "nz", "hk", "mx", "nt", "c", "s", "r", "kr", "kronor", "kroner",
        "dollar", "dollars", "pounds", "yen",
        "employee", "employees", "people", "persons", "staff", "fte", "ftes", "headcount",
        "mitarbeiter", "mitarbeitende", "mitarbeitenden", "mitarbeiterinnen", "beschäftigte", "ma",
        "personen", "leute", "salarié", "salariés", "employés", "personnes", "empleados",
        "trabajadores", "personas", "dipendenti", "addetti", "persone", "funcionários",
        "colaboradores", "pessoas", "empregados",
        "per", "year", "yr", "annual", "annually", "p", "a", "pro", "jahr", "par", "an", "revenue",
        "umsatz", "arr",
        "about", "approx", "approximately", "around", "roughly", "est", "estimated", "circa",
        "over", "more", "than", "at", "least", "mehr", "als", "über", "ueber", "rund", "etwa",
        "mind", "mindestens", "min", "env", "environ", "plus", "de", "más", "mas", "oltre", "mais",
        "von", "from", "between", "entre", "zwischen", "tra", "da", "to", "zu", "di", "à", "of",
        "~", "\u2248", ">", "\u2265", "+", "=", ",", "/",
    }
)  # fmt: skip
"""What may stand beside a number without changing it."""
