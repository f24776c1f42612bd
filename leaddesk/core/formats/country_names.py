# SPDX-License-Identifier: MIT
# ruff: noqa: RUF001  # names of countries are written with the letters of their languages
"""Names and codes of countries -> ISO 3166 alpha-2, as files of leads write them.

Source: Unicode CLDR (Unicode-3.0 licence): the names in English, German, French, Spanish, Italian,
Portuguese and the country's own languages, and ISO 3166 alpha-3; with some older and shorter names.
"""

from collections.abc import Mapping
from functools import lru_cache

from leaddesk.core.domain.lead_keys import fold

_NAMES = """\
AD|AND|Andorra|Andorre
AE|ARE|United Arab Emirates|Vereinigte Arabische Emirate|Émirats arabes unis|Emiratos Árabes Unido\
s|Emirati Arabi Uniti|Emirados Árabes Unidos|الإمارات العربية المتحدة|UAE|U.A.E.
AF|AFG|Afghanistan|Afganistán|Afeganistão|افغانستان
AG|ATG|Antigua & Barbuda|Antigua und Barbuda|Antigua-et-Barbuda|Antigua y Barbuda|Antigua e Barbud\
a|Antígua e Barbuda
AI|AIA|Anguilla|Anguila
AL|ALB|Albania|Albanien|Albanie|Albânia|Shqipëri
AM|ARM|Armenia|Armenien|Arménie|Armênia|Հայաստան
AO|AGO|Angola
AQ|ATA|Antarctica|Antarktis|Antarctique|Antártida|Antartide
AR|ARG|Argentina|Argentinien|Argentine
AS|ASM|American Samoa|Amerikanisch-Samoa|Samoa américaines|Samoa Americana|Samoa Americane
AT|AUT|Austria|Österreich|Autriche|Áustria
AU|AUS|Australia|Australien|Australie|Austrália
AW|ABW|Aruba
AX|ALA|Åland Islands|Ålandinseln|Îles Åland|Islas Aland|Isole Åland|Ilhas Aland|Åland
AZ|AZE|Azerbaijan|Aserbaidschan|Azerbaïdjan|Azerbaiyán|Azerbaigian|Azerbaijão|Azərbaycan
BA|BIH|Bosnia & Herzegovina|Bosnien und Herzegowina|Bosnie-Herzégovine|Bosnia y Herzegovina|Bosnia\
 ed Erzegovina|Bósnia e Herzegovina|Bosna i Hercegovina|Босна и Херцеговина
BB|BRB|Barbados|Barbade
BD|BGD|Bangladesh|Bangladesch|Bangladés|বাংলাদেশ
BE|BEL|Belgium|Belgien|Belgique|Bélgica|Belgio|België
BF|BFA|Burkina Faso|Burquina Faso
BG|BGR|Bulgaria|Bulgarien|Bulgarie|Bulgária|България
BH|BHR|Bahrain|Bahreïn|Baréin|Bahrein|Barein|البحرين
BI|BDI|Burundi|Uburundi
BJ|BEN|Benin|Bénin|Benín
BL|BLM|St. Barthélemy|Saint-Barthélemy|San Bartolomé|São Bartolomeu
BM|BMU|Bermuda|Bermudes|Bermudas
BN|BRN|Brunei|Brunei Darussalam|Brunéi
BO|BOL|Bolivia|Bolivien|Bolivie|Bolívia|Bolivia, Plurinational State of
BQ|BES|Caribbean Netherlands|Karibische Niederlande|Pays-Bas caribéens|Caribe neerlandés|Caraibi O\
landesi|Países Baixos Caribenhos
BR|BRA|Brazil|Brasilien|Brésil|Brasil|Brasile
BS|BHS|Bahamas
BT|BTN|Bhutan|Bhoutan|Bután|Butão|འབྲུག
BV|BVT|Bouvet Island|Bouvetinsel|Île Bouvet|Isla Bouvet|Isola Bouvet|Ilha Bouvet
BW|BWA|Botswana|Botsuana
BY|BLR|Belarus|Biélorussie|Bielorrusia|Bielorussia|Bielorrússia|Беларусь
BZ|BLZ|Belize|Belice
CA|CAN|Canada|Kanada|Canadá
CC|CCK|Cocos (Keeling) Islands|Kokosinseln|Îles Cocos|Islas Cocos|Isole Cocos (Keeling)|Ilhas Coco\
s (Keeling)
CD|COD|ZAR|Congo - Kinshasa|Kongo-Kinshasa|Congo-Kinshasa|República Democrática del Congo|Jamhuri \
ya Kidemokrasia ya Kongo|Democratic Republic of the Congo|DR Congo
CF|CAF|Central African Republic|Zentralafrikanische Republik|République centrafricaine|República C\
entroafricana|Repubblica Centrafricana|República Centro-Africana|Ködörösêse tî Bêafrîka
CG|COG|Congo - Brazzaville|Kongo-Brazzaville|Congo-Brazzaville|Congo|República do Congo|Republic o\
f the Congo
CH|CHE|Switzerland|Schweiz|Suisse|Suiza|Svizzera|Suíça|Schwiiz|Confoederatio Helvetica
CI|CIV|Côte d’Ivoire|Costa d’Avorio|Costa do Marfim|Ivory Coast
CK|COK|Cook Islands|Cookinseln|Îles Cook|Islas Cook|Isole Cook|Ilhas Cook
CL|CHL|Chile|Chili|Cile
CM|CMR|Cameroon|Kamerun|Cameroun|Camerún|Camerun|Camarões
CN|CHN|China|Chine|Cina|中国|People's Republic of China|PRC|P.R. China
CO|COL|Colombia|Kolumbien|Colombie|Colômbia
CR|CRI|Costa Rica
CU|CUB|Cuba|Kuba
CV|CPV|Cape Verde|Cabo Verde|Cap-Vert|Capo Verde
CW|CUW|Curaçao|Curazao|Kòrsou
CX|CXR|Christmas Island|Weihnachtsinsel|Île Christmas|Isla de Navidad|Isola Christmas|Ilha Christm\
as
CY|CYP|Cyprus|Zypern|Chypre|Chipre|Cipro|Κύπρος|Kıbrıs
CZ|CZE|Czechia|Tschechien|Tchéquie|Chequia|Cechia|Tchéquia|Česko|Czech Republic|Tschechische Repub\
lik
DE|DDR|DEU|Germany|Deutschland|Allemagne|Alemania|Germania|Alemanha|Federal Republic of Germany|BR\
D
DJ|DJI|Djibouti|Dschibuti|Yibuti|Gibuti|Djibuti
DK|DNK|Denmark|Dänemark|Danemark|Dinamarca|Danimarca|Danmark
DM|DMA|Dominica|Dominique
DO|DOM|Dominican Republic|Dominikanische Republik|République dominicaine|República Dominicana|Repu\
bblica Dominicana|Dominican Rep.
DZ|DZA|Algeria|Algerien|Algérie|Argelia|Argélia|الجزائر
EC|ECU|Ecuador|Équateur|Equador
EE|EST|Estonia|Estland|Estonie|Estônia|Eesti
EG|EGY|Egypt|Ägypten|Égypte|Egipto|Egitto|Egito|مصر
EH|ESH|Western Sahara|Westsahara|Sahara occidental|Sáhara Occidental|Sahara Occidentale|Saara Ocid\
ental|الصحراء الغربية
ER|ERI|Eritrea|Érythrée|Eritreia|ኤርትራ
ES|ESP|Spain|Spanien|Espagne|España|Spagna|Espanha
ET|ETH|Ethiopia|Äthiopien|Éthiopie|Etiopía|Etiopia|Etiópia|ኢትዮጵያ
FI|FIN|Finland|Finnland|Finlande|Finlandia|Finlândia|Suomi
FJ|FJI|Fiji|Fidschi|Fidji|Fiyi|Figi
FK|FLK|Falkland Islands|Falklandinseln|Îles Malouines|Islas Malvinas|Isole Falkland|Ilhas Malvinas
FM|FSM|Micronesia|Mikronesien|Micronésie|Micronésia
FO|FRO|Faroe Islands|Färöer|Îles Féroé|Islas Feroe|Isole Fær Øer|Ilhas Faroé|Føroyar
FR|FRA|FXX|France|Frankreich|Francia|França
GA|GAB|Gabon|Gabun|Gabón|Gabão
GB|GBR|United Kingdom|Vereinigtes Königreich|Royaume-Uni|Reino Unido|Regno Unito|UK|U.K.|Great Bri\
tain|England|Scotland|Wales|Northern Ireland|United Kingdom of Great Britain and Northern Ireland|\
Großbritannien|Grande-Bretagne|Gran Bretaña|Gran Bretagna
GD|GRD|Grenada|Grenade|Granada
GE|GEO|Georgia|Georgien|Géorgie|Geórgia|საქართველო
GF|GUF|French Guiana|Französisch-Guayana|Guyane française|Guayana Francesa|Guyana Francese|Guiana \
Francesa
GG|GGY|Guernsey|Guernesey
GH|GHA|Ghana|Gana|Gaana
GI|GIB|Gibraltar|Gibilterra
GL|GRL|Greenland|Grönland|Groenland|Groenlandia|Groenlândia|Kalaallit Nunaat
GM|GMB|Gambia|Gambie|Gâmbia
GN|GIN|Guinea|Guinée|Guiné
GP|GLP|Guadeloupe|Guadalupe|Guadalupa
GQ|GNQ|Equatorial Guinea|Äquatorialguinea|Guinée équatoriale|Guinea Ecuatorial|Guinea Equatoriale|\
Guiné Equatorial
GR|GRC|Greece|Griechenland|Grèce|Grecia|Grécia|Ελλάδα
GS|SGS|South Georgia & South Sandwich Islands|Südgeorgien und die Südlichen Sandwichinseln|Géorgie\
 du Sud-et-les Îles Sandwich du Sud|Islas Georgia del Sur y Sandwich del Sur|Georgia del Sud e San\
dwich Australi|Ilhas Geórgia do Sul e Sandwich do Sul
GT|GTM|Guatemala
GU|GUM|Guam
GW|GNB|Guinea-Bissau|Guinée-Bissau|Guinea-Bisáu|Guiné-Bissau
GY|GUY|Guyana|Guiana
HK|HKG|Hong Kong SAR China|Sonderverwaltungsregion Hongkong|R.A.S. chinoise de Hong Kong|RAE de Ho\
ng Kong (China)|RAS di Hong Kong|Hong Kong, RAE da China|中國香港特別行政區|Hong Kong
HM|HMD|Heard & McDonald Islands|Heard und McDonaldinseln|Îles Heard-et-MacDonald|Islas Heard y McD\
onald|Isole Heard e McDonald|Ilhas Heard e McDonald
HN|HND|Honduras
HR|HRV|Croatia|Kroatien|Croatie|Croacia|Croazia|Croácia|Hrvatska
HT|HTI|Haiti|Haïti|Haití
HU|HUN|Hungary|Ungarn|Hongrie|Hungría|Ungheria|Hungria|Magyarország
ID|IDN|Indonesia|Indonesien|Indonésie|Indonésia
IE|IRL|Ireland|Irland|Irlande|Irlanda|Éire|Republic of Ireland
IL|ISR|Israel|Israël|Israele|ישראל
IM|IMN|Isle of Man|Île de Man|Isla de Man|Isola di Man|Ilha de Man
IN|IND|India|Indien|Inde|Índia|भारत
IO|IOT|British Indian Ocean Territory|Britisches Territorium im Indischen Ozean|Territoire britann\
ique de l’océan Indien|Territorio Británico del Océano Índico|Territorio Britannico dell’Oceano In\
diano|Território Britânico do Oceano Índico
IQ|IRQ|Iraq|Irak|Iraque|العراق
IR|IRN|Iran|Irán|Irã|ایران|Iran, Islamic Republic of
IS|ISL|Iceland|Island|Islande|Islandia|Islanda|Islândia|Ísland
IT|ITA|Italy|Italien|Italie|Italia|Itália
JE|JEY|Jersey
JM|JAM|Jamaica|Jamaika|Jamaïque|Giamaica
JO|JOR|Jordan|Jordanien|Jordanie|Jordania|Giordania|Jordânia|الأردن
JP|JPN|Japan|Japon|Japón|Giappone|Japão|日本
KE|KEN|Kenya|Kenia|Quênia
KG|KGZ|Kyrgyzstan|Kirgisistan|Kirghizstan|Kirguistán|Kirghizistan|Quirguistão|Кыргызстан|Киргизия
KH|KHM|Cambodia|Kambodscha|Cambodge|Camboya|Cambogia|Camboja|កម្ពុជា
KI|KIR|Kiribati|Quiribati
KM|COM|Comoros|Komoren|Comores|Comoras|Comore|جزر القمر
KN|KNA|St. Kitts & Nevis|St. Kitts und Nevis|Saint-Christophe-et-Niévès|San Cristóbal y Nieves|Sai\
nt Kitts e Nevis|São Cristóvão e Névis
KP|PRK|North Korea|Nordkorea|Corée du Nord|Corea del Norte|Corea del Nord|Coreia do Norte|북한|Kor\
ea, Democratic People's Republic of
KR|KOR|South Korea|Südkorea|Corée du Sud|Corea del Sur|Corea del Sud|Coreia do Sul|대한민국|Korea|\
Republic of Korea|Korea, Republic of
KW|KWT|Kuwait|Koweït|الكويت
KY|CYM|Cayman Islands|Kaimaninseln|Îles Caïmans|Islas Caimán|Isole Cayman|Ilhas Cayman
KZ|KAZ|Kazakhstan|Kasachstan|Kazajistán|Kazakistan|Cazaquistão|Казахстан|Қазақстан
LA|LAO|Laos|ລາວ|Lao People's Democratic Republic
LB|LBN|Lebanon|Libanon|Liban|Líbano|Libano|لبنان
LC|LCA|St. Lucia|Sainte-Lucie|Santa Lucía|Saint Lucia|Santa Lúcia
LI|LIE|Liechtenstein|Liächteschtäi
LK|LKA|Sri Lanka|ශ්‍රී ලංකාව
LR|LBR|Liberia|Libéria
LS|LSO|Lesotho|Lesoto
LT|LTU|Lithuania|Litauen|Lituanie|Lituania|Lituânia|Lietuva
LU|LUX|Luxembourg|Luxemburg|Luxemburgo|Lussemburgo|Lëtzebuerg
LV|LVA|Latvia|Lettland|Lettonie|Letonia|Lettonia|Letônia|Latvija
LY|LBY|Libya|Libyen|Libye|Libia|Líbia|ليبيا
MA|MAR|Morocco|Marokko|Maroc|Marruecos|Marocco|Marrocos|المغرب
MC|MCO|Monaco|Mónaco|Mônaco
MD|MDA|Moldova|Republik Moldau|Moldavie|Moldavia|Moldávia|Republica Moldova|Moldova, Republic of|R\
epublic of Moldova
ME|MNE|Montenegro|Monténégro|Crna Gora
MF|MAF|St. Martin|Saint-Martin|San Martín|Saint Martin|São Martinho
MG|MDG|Madagascar|Madagaskar|Madagasikara
MH|MHL|Marshall Islands|Marshallinseln|Îles Marshall|Islas Marshall|Isole Marshall|Ilhas Marshall
MK|MKD|North Macedonia|Nordmazedonien|Macédoine du Nord|Macedonia del Norte|Macedonia del Nord|Mac\
edônia do Norte|Северна Македонија|Maqedonia e Veriut|Macedonia
ML|MLI|Mali
MM|BUR|MMR|Myanmar (Burma)|Myanmar|Myanmar (Birmanie)|Myanmar (Birmania)|Mianmar (Birmânia)|မြန်မာ\
|Burma
MN|MNG|Mongolia|Mongolei|Mongolie|Mongólia|Монгол
MO|MAC|Macao SAR China|Sonderverwaltungsregion Macau|R.A.S. chinoise de Macao|RAE de Macao (China)\
|RAS di Macao|Macau, RAE da China|中國澳門特別行政區|Macau|Macao
MP|MNP|Northern Mariana Islands|Nördliche Marianen|Îles Mariannes du Nord|Islas Marianas del Norte\
|Isole Marianne Settentrionali|Ilhas Marianas do Norte
MQ|MTQ|Martinique|Martinica
MR|MRT|Mauritania|Mauretanien|Mauritanie|Mauritânia|موريتانيا
MS|MSR|Montserrat
MT|MLT|Malta|Malte
MU|MUS|Mauritius|Maurice|Mauricio|Maurício
MV|MDV|Maldives|Malediven|Maldivas|Maldive|ދިވެހި ރާއްޖެ
MW|MWI|Malawi|Malaui
MX|MEX|Mexico|Mexiko|Mexique|México|Messico
MY|MYS|Malaysia|Malaisie|Malasia|Malásia
MZ|MOZ|Mozambique|Mosambik|Mozambico|Moçambique
NA|NAM|Namibia|Namibie|Namíbia
NC|NCL|New Caledonia|Neukaledonien|Nouvelle-Calédonie|Nueva Caledonia|Nuova Caledonia|Nova Caledôn\
ia
NE|NER|Niger|Níger
NF|NFK|Norfolk Island|Norfolkinsel|Île Norfolk|Isla Norfolk|Isola Norfolk|Ilha Norfolk
NG|NGA|Nigeria|Nigéria
NI|NIC|Nicaragua|Nicarágua
NL|NLD|Netherlands|Niederlande|Pays-Bas|Países Bajos|Paesi Bassi|Países Baixos|Nederland|Holland|T\
he Netherlands
NO|NOR|Norway|Norwegen|Norvège|Noruega|Norvegia|Norge|Noreg
NP|NPL|Nepal|Népal|नेपाल
NR|NRU|Nauru
NU|NIU|Niue
NZ|NZL|New Zealand|Neuseeland|Nouvelle-Zélande|Nueva Zelanda|Nuova Zelanda|Nova Zelândia|Aotearoa
OM|OMN|Oman|Omán|Omã|عُمان
PA|PAN|Panama|Panamá
PE|PER|Peru|Pérou|Perú|Perù
PF|PYF|French Polynesia|Französisch-Polynesien|Polynésie française|Polinesia Francesa|Polinesia Fr\
ancese|Polinésia Francesa
PG|PNG|Papua New Guinea|Papua-Neuguinea|Papouasie-Nouvelle-Guinée|Papúa Nueva Guinea|Papua Nuova G\
uinea|Papua-Nova Guiné|Papua Niugini
PH|PHL|Philippines|Philippinen|Filipinas|Filippine|Pilipinas
PK|PAK|Pakistan|Pakistán|Paquistão|پاکستان
PL|POL|Poland|Polen|Pologne|Polonia|Polônia|Polska
PM|SPM|St. Pierre & Miquelon|St. Pierre und Miquelon|Saint-Pierre-et-Miquelon|San Pedro y Miquelón\
|Saint-Pierre e Miquelon|São Pedro e Miquelão
PN|PCN|Pitcairn Islands|Pitcairninseln|Îles Pitcairn|Islas Pitcairn|Isole Pitcairn|Ilhas Pitcairn
PR|PRI|Puerto Rico|Porto Rico|Portorico
PS|PSE|Palestinian Territories|Palästinensische Autonomiegebiete|Territoires palestiniens|Territor\
ios Palestinos|Territori Palestinesi|Territórios palestinos|الأراضي الفلسطينية|Palestine|State of \
Palestine
PT|PRT|Portugal|Portogallo
PW|PLW|Palau|Palaos
PY|PRY|Paraguay|Paraguai
QA|QAT|Qatar|Katar|Catar|قطر
RE|REU|Réunion|La Réunion|Reunión|Riunione|Reunião
RO|ROU|Romania|Rumänien|Roumanie|Rumanía|Romênia|România
RS|SRB|Serbia|Serbien|Serbie|Sérvia|Србија|Srbija
RU|RUS|Russia|Russland|Russie|Rusia|Rússia|Россия|Russian Federation
RW|RWA|Rwanda|Ruanda|U Rwanda
SA|SAU|Saudi Arabia|Saudi-Arabien|Arabie saoudite|Arabia Saudí|Arabia Saudita|Arábia Saudita|الممل\
كة العربية السعودية
SB|SLB|Solomon Islands|Salomonen|Îles Salomon|Islas Salomón|Isole Salomone|Ilhas Salomão
SC|SYC|Seychelles|Seychellen|Seicheles
SD|SDN|Sudan|Soudan|Sudán|Sudão|السودان
SE|SWE|Sweden|Schweden|Suède|Suecia|Svezia|Suécia|Sverige
SG|SGP|Singapore|Singapur|Singapour|Singapura|新加坡
SH|SHN|St. Helena|Sainte-Hélène|Santa Elena|Sant’Elena|Santa Helena
SI|SVN|Slovenia|Slowenien|Slovénie|Eslovenia|Eslovênia|Slovenija
SJ|SJM|Svalbard & Jan Mayen|Spitzbergen und Jan Mayen|Svalbard et Jan Mayen|Svalbard y Jan Mayen|S\
valbard e Jan Mayen|Svalbard og Jan Mayen
SK|SVK|Slovakia|Slowakei|Slovaquie|Eslovaquia|Slovacchia|Eslováquia|Slovensko
SL|SLE|Sierra Leone|Sierra Leona|Serra Leoa
SM|SMR|San Marino|Saint-Marin
SN|SEN|Senegal|Sénégal|Senegaal
SO|SOM|Somalia|Somalie|Somália|Soomaaliya|الصومال
SR|SUR|Suriname|Surinam
SS|SSD|South Sudan|Südsudan|Soudan du Sud|Sudán del Sur|Sud Sudan|Sudão do Sul
ST|STP|São Tomé & Príncipe|São Tomé und Príncipe|Sao Tomé-et-Principe|Santo Tomé y Príncipe|São To\
mé e Príncipe
SV|SLV|El Salvador|Salvador
SX|SXM|Sint Maarten|Saint-Martin (partie néerlandaise)
SY|SYR|Syria|Syrien|Syrie|Siria|Síria|سوريا|Syrian Arab Republic
SZ|SWZ|Eswatini|Esuatini|Essuatíni|Swaziland
TC|TCA|Turks & Caicos Islands|Turks- und Caicosinseln|Îles Turques-et-Caïques|Islas Turcas y Caico\
s|Isole Turks e Caicos|Ilhas Turcas e Caicos
TD|TCD|Chad|Tschad|Tchad|Ciad|Chade
TF|ATF|French Southern Territories|Französische Süd- und Antarktisgebiete|Terres australes françai\
ses|Territorios Australes Franceses|Terre Australi Francesi|Territórios Franceses do Sul
TG|TGO|Togo
TH|THA|Thailand|Thaïlande|Tailandia|Thailandia|Tailândia|ไทย
TJ|TJK|Tajikistan|Tadschikistan|Tadjikistan|Tayikistán|Tagikistan|Tadjiquistão|Тоҷикистон
TK|TKL|Tokelau
TL|TLS|TMP|Timor-Leste|Timor oriental|Timor Est
TM|TKM|Turkmenistan|Turkménistan|Turkmenistán|Turcomenistão|Türkmenistan
TN|TUN|Tunisia|Tunesien|Tunisie|Túnez|Tunísia|تونس
TO|TON|Tonga
TR|TUR|Türkiye|Türkei|Turquie|Turquía|Turchia|Turquia|Turkey|Turkiye
TT|TTO|Trinidad & Tobago|Trinidad und Tobago|Trinité-et-Tobago|Trinidad y Tobago|Trinidad e Tobago
TV|TUV|Tuvalu
TW|TWN|Taiwan|Taïwan|Taiwán|台灣|Taiwan, Province of China|台湾|臺灣
TZ|TZA|Tanzania|Tansania|Tanzanie|Tanzânia|Tanzania, United Republic of
UA|UKR|Ukraine|Ucrania|Ucraina|Ucrânia|Україна|Украина
UG|UGA|Uganda|Ouganda
UM|UMI|U.S. Outlying Islands|Amerikanische Überseeinseln|Îles mineures éloignées des États-Unis|Is\
las menores alejadas de EE. UU.|Isole Minori Esterne degli Stati Uniti|Ilhas Menores Distantes dos\
 EUA
US|USA|United States|Vereinigte Staaten|États-Unis|Estados Unidos|Stati Uniti|United States of Ame\
rica|U.S.|U.S.A.|America|EUA|EE. UU.|EE.UU.|Estados Unidos de América
UY|URY|Uruguay|Uruguai
UZ|UZB|Uzbekistan|Usbekistan|Ouzbékistan|Uzbekistán|Uzbequistão|Oʻzbekiston
VA|VAT|Vatican City|Vatikanstadt|État de la Cité du Vatican|Ciudad del Vaticano|Città del Vaticano\
|Cidade do Vaticano|Holy See|Vatican
VC|VCT|St. Vincent & Grenadines|St. Vincent und die Grenadinen|Saint-Vincent-et-les Grenadines|San\
 Vicente y las Granadinas|Saint Vincent e Grenadine|São Vicente e Granadinas
VE|VEN|Venezuela|Venezuela, Bolivarian Republic of
VG|VGB|British Virgin Islands|Britische Jungferninseln|Îles Vierges britanniques|Islas Vírgenes Br\
itánicas|Isole Vergini Britanniche|Ilhas Virgens Britânicas
VI|VIR|U.S. Virgin Islands|Amerikanische Jungferninseln|Îles Vierges des États-Unis|Islas Vírgenes\
 de EE. UU.|Isole Vergini Americane|Ilhas Virgens Americanas
VN|VNM|Vietnam|Viêt Nam|Vietnã|Việt Nam|Viet Nam
VU|VUT|Vanuatu
WF|WLF|Wallis & Futuna|Wallis und Futuna|Wallis-et-Futuna|Wallis y Futuna|Wallis e Futuna
WS|WSM|Samoa
XK|XKK|Kosovo|Kosovë
YE|YEM|YMD|Yemen|Jemen|Yémen|Iêmen|اليمن
YT|MYT|Mayotte
ZA|ZAF|South Africa|Südafrika|Afrique du Sud|Sudáfrica|Sudafrica|África do Sul|iNingizimu Afrika|R\
SA
ZM|ZMB|Zambia|Sambia|Zambie|Zâmbia
ZW|ZWE|Zimbabwe|Simbabwe|Zimbabue|Zimbábue
"""


def country_code(text: str) -> str:
    """Return the ISO 3166 alpha-2 code of a country's name or code; empty when it is none."""
    return _codes().get(_key(text), "")


def _key(text: str) -> str:
    return fold(text).replace("&", "and").removeprefix("the ")


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Return the code of every name and code, in the form of `_key`."""
    lines = [line.split("|") for line in _NAMES.splitlines()]
    return {_key(name): code for code, *names in lines for name in (code, *names)}
