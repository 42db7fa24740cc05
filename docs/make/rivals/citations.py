"""The works whose theories are set against each other here, and how far each has been read."""

from salesim.rules.sources import Source

CITATIONS = {
    "steenburgh-2008": Source(
        "Steenburgh 2008, Effort or timing: the effect of lump-sum bonuses, Quantitative Marketing and "
        "Economics 6:235. Bonuses bring mainly more effort, in durable office products.",
        standing="verified",
    ),
    "larkin-2014": Source(
        "Larkin 2014, The cost of high-powered incentives, Journal of Labor Economics 32:199. Deals bunch "
        "and prices fall where closing pays the rep, at a cost of 6-8% of revenue, in enterprise software.",
        standing="verified",
    ),
    "oyer-1998": Source(
        "Oyer 1998, Fiscal year ends and nonlinear incentive contracts, Quarterly Journal of Economics "
        "113:149. Sales rise at the end of the fiscal year and fall at its start. Sign only.",
        standing="verified",
    ),
    "frenzen-2010": Source(
        "Frenzen, Hansen, Krafft, Mantrala & Schmidt 2010, Delegation of pricing authority to the sales "
        "force, International Journal of Research in Marketing 27:58. Delegation pays more where markets "
        "are uncertain and reps know customers better; it falls with reps' risk aversion. Sign only.",
        standing="verified",
    ),
    "lal-1986": Source(
        "Lal 1986, Delegating pricing responsibility to the salesforce, Marketing Science 5:159. "
        "Delegation pays where reps know better what customers would pay. Theory.",
        standing="reported",
    ),
    "lo-2016": Source(
        "Lo, Dessein, Ghosh & Lafontaine 2016, Price delegation and performance pay, Journal of Law, "
        "Economics, and Organization 32:508. Less authority where the environment is uncertain, more for "
        "experienced reps. Sign only.",
        standing="verified",
    ),
}
