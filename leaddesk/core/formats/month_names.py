# SPDX-License-Identifier: MIT
"""Names of months and days of the week, and their short forms, in six languages.

Source: Unicode CLDR (Unicode-3.0 licence): English, German, French, Spanish, Italian, Portuguese.
No short form stands for two months.
"""

_MONTHS = """\
january jan januar jänner jän janvier janv enero ene gennaio gen janeiro
february feb februar febr février févr fév febrero febbraio fevereiro fev
march mar märz mär mrz mars marzo março
april apr avril avr abril abr aprile
may mai mayo maggio mag maio
june jun juni juin junio giugno giu junho
july jul juli juillet juil julio luglio lug julho
august aug août aoû agosto ago
september sep sept septembre septiembre settembre set setembro
october oct oktober okt octobre octubre ottobre ott outubro out
november nov novembre noviembre novembro
december dec dezember dez décembre déc diciembre dic dicembre dezembro
"""

MONTHS = {
    name: number for number, line in enumerate(_MONTHS.splitlines(), 1) for name in line.split()
}
"""Name in small letters -> number of the month."""

_WEEKDAYS = """\
monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat
sunday sun montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa sonntag so
lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim lunes martes
miércoles mié jueves jue viernes vie sábado sáb domingo dom lunedì martedì mercoledì giovedì
gio venerdì sabato domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
seg ter qua qui sex
"""

WEEKDAYS = frozenset(_WEEKDAYS.split())
"""In small letters, without the dot of short forms."""
