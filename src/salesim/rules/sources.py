"""Where numbers come from: the works that declarations name; `assumed` names none."""

ASSUMED = "assumed"

SOURCES = {
    "albers-2010": (
        "Albers, Mantrala & Sridhar 2010, Personal selling elasticities: a meta-analysis, "
        "Journal of Marketing Research 47:840. Mean elasticity 0.34."
    ),
    "alexander-2012": (
        "Alexander Group 2012, first-line sales managers: 8.5 reports on average, 16% of time for "
        "coaching, 28% in best practice."
    ),
    "bijmolt-2005": (
        "Bijmolt, van Heerde & Pieters 2005, New empirical generalizations on the determinants of "
        "price elasticity, Journal of Marketing Research 42:141. Mean -2.62 (consumer goods)."
    ),
    "bridge-group-2017": (
        "Bridge Group 2017, SaaS AE metrics report: contracts of 25-38 thousand USD a year, cycles "
        "of 60-72 days."
    ),
    "cespedes-2014": (
        "Cespedes 2014, Aligning Strategy and Sales, Harvard Business Review Press: reps in similar "
        "territories differ by 300%, from which a log sd of ability of 0.40 is derived."
    ),
    "cespedes-2021": "Cespedes 2021, Sales hiring: more than nine months to full productivity.",
    "cso-insights-2016": (
        "CSO Insights 2016, Sales Performance Optimization: of forecast deals 46.6% won, 29.6% lost, "
        "23.8% without decision."
    ),
    "cso-insights-2018": (
        "CSO Insights 2018, Sales Performance Optimization: 54% of reps at quota while firms make "
        "94% of plan."
    ),
    "depaul-turnover": (
        "DePaul University, Center for Sales Leadership, survey of 127 organisations: turnover "
        "26-28% a year, three to four months to fill a seat; field reps 5.4 months (Cespedes 2021)."
    ),
    "homburg-2011-stereotypes": (
        "Homburg, Wieseke, Lukas & Mikolon 2011, When salespeople develop negative headquarters "
        "stereotypes, Journal of the Academy of Marketing Science 39:664. Sign only."
    ),
    "joseph-kalwani-1998": (
        "Joseph & Kalwani 1998, The role of bonus pay in salesforce compensation plans, Industrial "
        "Marketing Management 27:147. 72% of firms pay bonuses; size assumed."
    ),
    "lazear-2015-bosses": (
        "Lazear, Shaw & Stanton 2015, The value of bosses, Journal of Labor Economics 33:823. Bosses "
        "differ by more than 11% of team output between the 10th and 90th percentile, by teaching."
    ),
    "marn-rosiello-1992": (
        "Marn & Rosiello 1992, Managing price, gaining profit, Harvard Business Review 70(5). "
        "Contribution margin 29.7% of the price paid."
    ),
    "nichols-1962": (
        "Nichols 1962, Listening is good business, Dun's Review: 20% of a message is left after five "
        "levels; 0.725 a level. Methods unknown."
    ),
    "proudfoot-2005": (
        "Proudfoot 2005 and other observations: reps spend a fifth to a half of their time selling."
    ),
    "reichheld-sasser-1990": (
        "Reichheld & Sasser 1990, Zero defections, Harvard Business Review 68(5): half of the "
        "customers lost in five years, 13% a year."
    ),
    "saks-belcourt-2006": (
        "Saks & Belcourt 2006, transfer of training in organizations, Human Resource Management "
        "45:629. 62% applied at once, 44% after six months, 34% after a year; knowledge fades faster."
    ),
    "simester-zhang-2014": (
        "Simester & Zhang 2014, Why do salespeople spend so much time lobbying for low prices?, "
        "Marketing Science 33:796. Hours assumed."
    ),
    "sinha-zoltners-2001": (
        "Sinha & Zoltners 2001, Sales-force decision models, Interfaces 31(3):S8. About three "
        "quarters of next year's sales come without new effort (recalled)."
    ),
    "terho-2015": (
        "Terho, Eggert, Haas & Ulaga 2015, How sales strategy translates into performance, "
        "Industrial Marketing Management 45:12. Strategy works through value-based selling; sign only."
    ),
    "verbeke-2011": (
        "Verbeke, Dietz & Verwaal 2011, Drivers of sales performance, Journal of the Academy of "
        "Marketing Science 39:407. Selling knowledge .28; size in utility assumed."
    ),
    "zoltners-2012": (
        "Zoltners, Sinha & Lorimer 2012, Breaking the sales force incentive addiction, Journal of "
        "Personal Selling & Sales Management 32:171. 40% of pay is variable; selling cost 10% of sales."
    ),
}
