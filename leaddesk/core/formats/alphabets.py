# SPDX-License-Identifier: MIT
"""The letters of the world's business languages, for telling apart code pages (`encodings`).

The letters are the main exemplar characters of Unicode CLDR and general knowledge of their
frequency, most frequent first. Of the scripts without an alphabet, what names begin with.
"""

from dataclasses import dataclass
from enum import StrEnum


class Script(StrEnum):
    """What the letters of a language are."""

    LATIN = "latin"
    OTHER = "other"
    HAN_JAPANESE = "euc_jp"
    HAN_SIMPLIFIED = "gb2312"
    HAN_TRADITIONAL = "big5"
    HANGUL = "euc_kr"


@dataclass(frozen=True, slots=True)
class Language:
    """Where a language is written, and with what.

    Attributes:
        countries: ISO 3166 alpha-2.
        weight: How often files of leads are in it, against the others.
        letters: Small letters that are not ASCII, the most frequent first. For scripts of
            thousands the most frequent of names.
    """

    code: str
    countries: frozenset[str]
    weight: int
    script: Script
    letters: str


def _language(line: str) -> Language:
    code, countries, weight, script, letters = line.split(maxsplit=4)
    return Language(
        code,
        frozenset(countries.split(",")),
        int(weight),
        Script(script),
        letters.replace(" ", ""),
    )


LANGUAGES = tuple(
    _language(line)
    for line in """\
de DE,AT,CH,LI,LU 20 latin üäößé
fr FR,BE,CH,CA,LU,MC 20 latin éèêçàôîûïëâùœÿüæö
es ES,MX,AR,CO,CL,PE,VE,EC,UY,PY,BO,CR,GT,DO 20 latin ñóíéáúüºª
pt PT,BR,AO,MZ 14 latin ãçéáíóêõúâôàºª
it IT,CH,SM 14 latin èàòùéìî
nl NL,BE 8 latin ëéèïöü
sv SE,FI 6 latin öäåéü
da DK 5 latin øåæéö
no NO 5 latin øåæéóòô
fi FI 4 latin äöåšž
is IS 1 latin íáóðúæöéþý
ca AD 1 latin éóèàíòçïúü
ga IE 1 latin éáíóú
pl PL 10 latin łąężóśćńź
cs CZ 8 latin áéíýřšžěčůúňďťó
sk SK 5 latin áíýéčšžťúôňľďóäŕĺ
hu HU 8 latin éáöóőüíúű
ro RO,MD 6 latin ăîâșțşţ
hr HR,BA,RS,ME 5 latin ćčšžđ
sl SI 4 latin čšžćđ
sq AL,XK 1 latin ëç
et EE 4 latin äõöüšž
lv LV 4 latin āīēņšļžūģčķ
lt LT 4 latin ėšžūčįąęų
tr TR,CY 10 latin ıüşöçğİâ
az AZ 1 latin əıüşöçğİ
vi VN 4 latin ễăđơưâêôạảấầậắếềệịọốồộớờợụủứừựỳáàãéèíìóòõúùýịĩũ
ru RU,BY,KZ,KG 20 other оаеинтсрвлкмдпуяыьгзбчйхжшюцщэфъё
uk UA 8 other оаиніетрвслкудмпязьгбчхцйюєїшжщфґ
bg BG 4 other аоиетнрсвлкдпмузъгбчящцжхшюйфь
sr RS,BA,ME,MK 2 other аоиеннрстлвјкдмупбгзчћцшжњђљхфџѓќѕ
el GR,CY 8 other αοιετσνηυςρπκλμωόίάήέδγύχθφβξώζψϊϋ
he IL 5 other יולאהרבנמשתדקםעחפסטגצןזכךףץ
ar EG,SA,AE,MA,DZ,TN,IQ,JO,LB,KW,QA,OM,BH,LY,SY,YE,SD 8 other ايلمنرودتبسعهحفقكةجشأصطخىزإضذثغظئءؤآ
fa IR,AF 2 other ایرندمهوتبسشکزگفلخجقحپعصطچآغضثذژظ
th TH 5 other านรกเยงมอทลวดตสีุคัป่ะ้ิใ์บพชไหจำขืแูณศซถโธภษผ็ฐฉฏฝฟญ
ja JP 14 euc_jp ンイスラルトアリクマシタジカコサミテロナセレチキフネパバドブニグデハウメッムャュョ\
プオエソノモヤヨワビピヒベペヘボポホガギゲゴザズゼゾダヅァィェォー\
のたいしかとなさきこるまりくらつもみよえあうちはけそにをれおせてめろやゆひふへほわ\
田中山本藤井村木川高佐林小野原石加大松伊西島吉森長渡岡後清近橋口谷美子一郎太健明恵香真由和久真司様氏
zh CN,SG 16 gb2312 王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭\
吕苏卢蒋蔡贾丁魏薛\
叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺\
赖龚文\
伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂华建国小红玉兰梅飞鹏俊安先生女士公司经理市有限
zh-Hant TW,HK,MO 6 big5 陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹\
胡施沈余盧梁趙顏柯翁魏孫戴\
志明家豪俊傑建宏雅婷怡君淑芬美玲惠麗華先生女士小姐公司經理市限
ko KR 12 euc_kr 김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진\
지수현영은미경희선아재준호상동철순\
숙종연석규원형태인도일용환기승병광식혜자옥란나라예린다빈윤채시스리사에마로트르드님씨교부사장회
""".splitlines()
)
"""All languages known here."""
