"""Where numbers come from: the works that declarations name; `assumed` names none."""

ASSUMED = "assumed"

SOURCES = {
    "albers-2010": (
        "Albers, Mantrala & Sridhar 2010, Personal selling elasticities: a meta-analysis, Journal of "
        "Marketing Research 47:840. Mean elasticity 0.34."
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
        "Bridge Group 2017, SaaS AE metrics report: contracts of 25-38 thousand USD a year, cycles of "
        "60-72 days."
    ),
    "bruno-2012": (
        "Bruno, Che & Dutta 2012, Role of reference price on price and quantity, Journal of Marketing "
        "Research 49:640. Losses weigh more than gains; size recalled."
    ),
    "cespedes-2014": (
        "Cespedes 2014, Aligning Strategy and Sales, Harvard Business Review Press: reps in similar "
        "territories differ by 300%, from which a log sd of ability of 0.40 is derived."
    ),
    "cespedes-2021": (
        "Cespedes 2021, Sales hiring: more than nine months to full productivity."
    ),
    "cespedes-lee-2017": (
        "Cespedes & Lee 2017, Your sales training is probably lackluster, Harvard Business Review: "
        "1,459 USD per rep and year."
    ),
    "cso-insights-2016": (
        "CSO Insights 2016, Sales Performance Optimization: of forecast deals 46.6% won, 29.6% lost, "
        "23.8% without decision."
    ),
    "cso-insights-2018": (
        "CSO Insights 2018, Sales Performance Optimization: 54% of reps at quota while firms make 94% "
        "of plan."
    ),
    "depaul-turnover": (
        "DePaul University, Center for Sales Leadership, survey of 127 organisations: turnover 26-28% "
        "a year, three to four months to fill a seat; field reps 5.4 months (Cespedes 2021)."
    ),
    "dixon-adamson-2011": (
        "Dixon & Adamson 2011, The Challenger Sale: loyalty follows the sales experience; "
        "practitioner claim, size assumed."
    ),
    "frenzen-2010": (
        "Frenzen, Hansen, Krafft, Mantrala & Schmidt 2010, Delegation of pricing authority to the "
        "sales force, International Journal of Research in Marketing 27:58. Sign only."
    ),
    "homburg-2011-stereotypes": (
        "Homburg, Wieseke, Lukas & Mikolon 2011, When salespeople develop negative headquarters "
        "stereotypes, Journal of the Academy of Marketing Science 39:664. Sign only."
    ),
    "homburg-2012": (
        "Homburg, Jensen & Hahn 2012, How to organize pricing?, Journal of Marketing 76(5):49. Shared "
        "pricing helps delegation; size assumed."
    ),
    "joseph-kalwani-1998": (
        "Joseph & Kalwani 1998, The role of bonus pay in salesforce compensation plans, Industrial "
        "Marketing Management 27:147. 72% of firms pay bonuses; size assumed."
    ),
    "larkin-2014": (
        "Larkin 2014, The cost of high-powered incentives, Journal of Labor Economics 32:199. Deals "
        "and discounts bunch at the end of quarters."
    ),
    "lazear-2015-bosses": (
        "Lazear, Shaw & Stanton 2015, The value of bosses, Journal of Labor Economics 33:823. Bosses "
        "differ by more than 11% of team output between the 10th and 90th percentile, by teaching."
    ),
    "lazear-2015-impatience": (
        "Lazear 2015, The impatient salesperson and the delegation of pricing authority, Research in "
        "Economics 69:63. Discount factor per quarter about 0.90."
    ),
    "marn-rosiello-1992": (
        "Marn & Rosiello 1992, Managing price, gaining profit, Harvard Business Review 70(5). "
        "Contribution margin 29.7% of the price paid."
    ),
    "mittal-2023": (
        "Mittal, Piazza & Malshe 2023, Is your company as strategically aligned as you think it is?, "
        "Harvard Business Review: perceived 82%, actual 23%."
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
    "sackett-2022": (
        "Sackett, Zhang, Berry & Lievens 2022, Revisiting meta-analytic estimates of validity, "
        "Journal of Applied Psychology 107:2040. Unstructured interviews .19, structured .42 "
        "(recalled)."
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
    "speier-venkatesh-2002": (
        "Speier & Venkatesh 2002, The hidden minefields in the adoption of sales force automation, "
        "Journal of Marketing 66(3):98. Liked after training, rejected six months later."
    ),
    "sull-2018": (
        "Sull, Sull & Yoder 2018, No one knows your strategy, MIT Sloan Management Review: about half "
        "of the top team can list three of five priorities."
    ),
    "tannenbaum-2013": (
        "Tannenbaum & Cerasoli 2013, Do team and individual debriefs enhance performance?, Human "
        "Factors 55:231. d = 0.67; effect of a single review assumed."
    ),
    "terho-2015": (
        "Terho, Eggert, Haas & Ulaga 2015, How sales strategy translates into performance, Industrial "
        "Marketing Management 45:12. Strategy works through value-based selling; sign only."
    ),
    "verbeke-2011": (
        "Verbeke, Dietz & Verwaal 2011, Drivers of sales performance, Journal of the Academy of "
        "Marketing Science 39:407. Selling knowledge .28; size in utility assumed."
    ),
    "zoltners-2012": (
        "Zoltners, Sinha & Lorimer 2012, Breaking the sales force incentive addiction, Journal of "
        "Personal Selling & Sales Management 32:171. 40% of pay is variable; selling cost 10% of "
        "sales."
    ),
}
