"""Where numbers come from, and how far each can be relied on; `assumed` names no work."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

ASSUMED: Final = "assumed"

# From the firmest to the weakest. A number stands as the weakest part of what it rests on.
Standing = Literal[
    "verified",  # read in the work itself, at least in its abstract
    "reported",  # read in another work that reports it
    "derived",  # computed from published numbers, or taken from within a published range
    "fitted",  # fitted to published findings, within a range
    "recalled",  # cited from memory
    "size assumed",  # the mechanism or its sign is published, the number is not
    "assumed",  # no source
]
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True)
class Source:
    """A published work, what it found, and how far the number it is cited for can be relied on."""

    citation: str
    standing: Standing


SOURCES = {
    "albers-2010": Source(
        "Albers, Mantrala & Sridhar 2010, Personal selling elasticities: a meta-analysis, Journal of "
        "Marketing Research 47:840. Mean elasticity 0.34.",
        standing="reported",
    ),
    "alexander-2012": Source(
        "Alexander Group 2012, first-line sales managers: 8.5 reports on average, 16% of time for "
        "coaching, 28% in best practice.",
        standing="verified",
    ),
    "bijmolt-2005": Source(
        "Bijmolt, van Heerde & Pieters 2005, New empirical generalizations on the determinants of "
        "price elasticity, Journal of Marketing Research 42:141. Mean -2.62 (consumer goods).",
        standing="verified",
    ),
    "bridge-group-2017": Source(
        "Bridge Group 2017, SaaS AE metrics report: contracts of 25-38 thousand USD a year, cycles of "
        "60-72 days.",
        standing="reported",
    ),
    "bruno-2012": Source(
        "Bruno, Che & Dutta 2012, Role of reference price on price and quantity, Journal of Marketing "
        "Research 49:640. Losses weigh more than gains; size recalled.",
        standing="recalled",
    ),
    "cespedes-2014": Source(
        "Cespedes 2014, Aligning Strategy and Sales, Harvard Business Review Press: reps in similar "
        "territories differ by 300%, from which a log sd of ability of 0.40 is derived.",
        standing="derived",
    ),
    "cespedes-2021": Source(
        "Cespedes 2021, Sales hiring: more than nine months to full productivity.",
        standing="reported",
    ),
    "cespedes-lee-2017": Source(
        "Cespedes & Lee 2017, Your sales training is probably lackluster, Harvard Business Review: "
        "1,459 USD per rep and year.",
        standing="verified",
    ),
    "cso-insights-2016": Source(
        "CSO Insights 2016, Sales Performance Optimization: of forecast deals 46.6% won, 29.6% lost, "
        "23.8% without decision.",
        standing="verified",
    ),
    "cso-insights-2018": Source(
        "CSO Insights 2018, Sales Performance Optimization: 54% of reps at quota while firms make 94% "
        "of plan.",
        standing="reported",
    ),
    "depaul-turnover": Source(
        "DePaul University, Center for Sales Leadership, survey of 127 organisations: turnover 26-28% "
        "a year, three to four months to fill a seat; field reps 5.4 months (Cespedes 2021).",
        standing="reported",
    ),
    "dixon-adamson-2011": Source(
        "Dixon & Adamson 2011, The Challenger Sale: loyalty follows the sales experience; "
        "practitioner claim, size assumed.",
        standing="size assumed",
    ),
    "frenzen-2010": Source(
        "Frenzen, Hansen, Krafft, Mantrala & Schmidt 2010, Delegation of pricing authority to the "
        "sales force, International Journal of Research in Marketing 27:58. Sign only.",
        standing="size assumed",
    ),
    "homburg-2011-stereotypes": Source(
        "Homburg, Wieseke, Lukas & Mikolon 2011, When salespeople develop negative headquarters "
        "stereotypes, Journal of the Academy of Marketing Science 39:664. Sign only.",
        standing="size assumed",
    ),
    "homburg-2012": Source(
        "Homburg, Jensen & Hahn 2012, How to organize pricing?, Journal of Marketing 76(5):49. Shared "
        "pricing helps delegation; size assumed.",
        standing="size assumed",
    ),
    "jindal-2025": Source(
        "Jindal, Kim & Newberry 2025, SSRN 4046168 (revised): in a retailer of durable goods, margin "
        "incentives are worth 21% of profit, sales incentives 7%.",
        standing="verified",
    ),
    "joseph-kalwani-1998": Source(
        "Joseph & Kalwani 1998, The role of bonus pay in salesforce compensation plans, Industrial "
        "Marketing Management 27:147. 72% of firms pay bonuses; size assumed.",
        standing="size assumed",
    ),
    "larkin-2014": Source(
        "Larkin 2014, The cost of high-powered incentives, Journal of Labor Economics 32:199. Deals "
        "and discounts bunch at the end of quarters.",
        standing="size assumed",
    ),
    "lazear-2000": Source(
        "Lazear 2000, Performance pay and productivity, American Economic Review 90:1346. From a salary to "
        "pay by the piece each worker did about 22% more.",
        standing="recalled",
    ),
    "lazear-2015-bosses": Source(
        "Lazear, Shaw & Stanton 2015, The value of bosses, Journal of Labor Economics 33:823. Bosses "
        "differ by more than 11% of team output between the 10th and 90th percentile, by teaching.",
        standing="verified",
    ),
    "lazear-2015-impatience": Source(
        "Lazear 2015, The impatient salesperson and the delegation of pricing authority, Research in "
        "Economics 69:63. Discount factor per quarter about 0.90.",
        standing="recalled",
    ),
    "mankins-steele-2005": Source(
        "Mankins & Steele 2005, Turning great strategy into great performance, Harvard Business Review "
        "83(7): 63% of the promise is delivered, by executives' own account; the smaller of the losses "
        "recalled.",
        standing="recalled",
    ),
    "marn-rosiello-1992": Source(
        "Marn & Rosiello 1992, Managing price, gaining profit, Harvard Business Review 70(5). "
        "Contribution margin 29.7% of the price paid.",
        standing="derived",
    ),
    "mittal-2023": Source(
        "Mittal, Piazza & Malshe 2023, Is your company as strategically aligned as you think it is?, "
        "Harvard Business Review: perceived 82%, actual 23%.",
        standing="reported",
    ),
    "nichols-1962": Source(
        "Nichols 1962, Listening is good business, Dun's Review: 20% of a message is left after five "
        "levels; 0.725 a level. Methods unknown.",
        standing="derived",
    ),
    "oyer-1998": Source(
        "Oyer 1998, Quarterly Journal of Economics 113:149. Sales are higher at the end of the fiscal year "
        "and lower at its start; sizes recalled.",
        standing="recalled",
    ),
    "proudfoot-2005": Source(
        "Proudfoot 2005 and other observations: reps spend a fifth to a half of their time selling.",
        standing="reported",
    ),
    "reichheld-sasser-1990": Source(
        "Reichheld & Sasser 1990, Zero defections, Harvard Business Review 68(5): half of the "
        "customers lost in five years, 13% a year.",
        standing="derived",
    ),
    "sackett-2022": Source(
        "Sackett, Zhang, Berry & Lievens 2022, Revisiting meta-analytic estimates of validity, "
        "Journal of Applied Psychology 107:2040. Unstructured interviews .19, structured .42 "
        "(recalled).",
        standing="recalled",
    ),
    "saks-belcourt-2006": Source(
        "Saks & Belcourt 2006, transfer of training in organizations, Human Resource Management "
        "45:629. 62% applied at once, 44% after six months, 34% after a year; knowledge fades faster.",
        standing="verified",
    ),
    "simester-zhang-2014": Source(
        "Simester & Zhang 2014, Why do salespeople spend so much time lobbying for low prices?, "
        "Marketing Science 33:796. Hours assumed.",
        standing="size assumed",
    ),
    "sinha-zoltners-2001": Source(
        "Sinha & Zoltners 2001, Sales-force decision models, Interfaces 31(3):S8. About three "
        "quarters of next year's sales come without new effort (recalled).",
        standing="recalled",
    ),
    "speier-venkatesh-2002": Source(
        "Speier & Venkatesh 2002, The hidden minefields in the adoption of sales force automation, "
        "Journal of Marketing 66(3):98. Liked after training, rejected six months later.",
        standing="size assumed",
    ),
    "steenburgh-2008": Source(
        "Steenburgh 2008, Quantitative Marketing and Economics 6:235. Lump-sum bonuses raise effort and "
        "hardly move orders in time.",
        standing="verified",
    ),
    "stephenson-1979": Source(
        "Stephenson, Cron & Frazier 1979, Journal of Marketing 43(2): of 108 firms those that gave the "
        "widest authority in price had the lowest sales and profit.",
        standing="reported",
    ),
    "sull-2018": Source(
        "Sull, Sull & Yoder 2018, No one knows your strategy, MIT Sloan Management Review: about half "
        "of the top team can list three of five priorities; of that 0.43, 0.82 and 0.72 are left from "
        "level to level, 0.63 on average.",
        standing="reported",
    ),
    "tannenbaum-2013": Source(
        "Tannenbaum & Cerasoli 2013, Do team and individual debriefs enhance performance?, Human "
        "Factors 55:231. d = 0.67; effect of a single review assumed.",
        standing="size assumed",
    ),
    "terho-2015": Source(
        "Terho, Eggert, Haas & Ulaga 2015, How sales strategy translates into performance, Industrial "
        "Marketing Management 45:12. Strategy works through value-based selling; sign only.",
        standing="size assumed",
    ),
    "verbeke-2011": Source(
        "Verbeke, Dietz & Verwaal 2011, Drivers of sales performance, Journal of the Academy of "
        "Marketing Science 39:407. Selling knowledge .28; size in utility assumed.",
        standing="size assumed",
    ),
    "zoltners-2008": Source(
        "Zoltners, Sinha & Lorimer 2008, cited by Chung, Steenburgh & Sudhir 2010: a sales force costs "
        "about 10% of sales.",
        standing="reported",
    ),
    "zoltners-2012": Source(
        "Zoltners, Sinha & Lorimer 2012, Breaking the sales force incentive addiction, Journal of "
        "Personal Selling & Sales Management 32:171. 40% of pay is variable; selling cost 10% of "
        "sales.",
        standing="reported",
    ),
}


def standing_of(source: str) -> Standing:
    """How a number stands that is just what its source says; a KeyError for an unknown source."""
    return ASSUMED if source == ASSUMED else SOURCES[source].standing
