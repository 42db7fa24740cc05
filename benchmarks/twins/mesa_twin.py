"""The core of the model as it is usually written with Mesa.

Agents with methods, AgentSets, `self.random`, `Model.step` and a DataCollector of the firm's
series: what somebody who knows Mesa and the model's equations would write, neither slowed down nor
put into arrays. It knows nothing of salesim; its numbers are passed in.
"""

from __future__ import annotations

import math
from types import SimpleNamespace

import mesa

YEAR = 52
SERIES = (
    "needs",
    "opened",
    "quoted",
    "won",
    "lost",
    "no_decision",
    "lapsed",
    "units",
    "revenue",
    "variable_pay",
    "contribution",
)


def clamp(value, low, high):
    return max(low, min(value, high))


class Rep(mesa.Agent):
    """A seat in the sales force and who holds it."""

    def __init__(self, model):
        super().__init__(model)
        p = model.p
        fit, gauss = p.hiring_fit, self.random.gauss
        talent = fit * (p.selection + 0.5 * gauss()) + math.sqrt(1 - fit * fit) * gauss()
        self.ability = math.exp(p.ability_spread * talent)
        suits = clamp(p.task_fit + fit * (1 - p.task_fit) + p.task_fit_spread * gauss(), 0, 1)
        ceiling = self.ability / (self.ability + p.half_ability) * (1 - p.task_weight * (1 - suits))
        self.skill = self.settled_skill(ceiling)
        self.understanding, self.buy_in = p.understanding, p.buy_in
        self.adoption = p.first_adoption
        self.accounts = []
        self.credited = 0.0
        self.credited_this_week = 0.0

    def settled_skill(self, ceiling):
        """Where learning from deals and coaching balances forgetting."""
        p = self.model.p
        hours = (p.hours_per_week * p.coaching_share / p.reps) ** 2
        coached = p.most_learned * hours / (hours + p.half_hours**2)
        learned = math.exp(p.aptitude * (self.ability - 1)) * (p.practice * p.usual_deals + coached)
        learned = clamp(learned, 0, 1)
        return ceiling * learned / (learned + 1 - 0.5 ** (1 / p.half_life))

    def plan_week(self):
        """Choose how hard to work, and divide the hours over accounts and service."""
        p = self.model.p
        planned = self.quota / YEAR / (1 + p.over_assignment)
        reward = p.commission_rate * self.run_rate / (p.usual_worth * planned)
        self.intensity = clamp(reward ** (1 / p.cost_curvature), p.lowest, p.highest)
        hours = p.hours_per_week * p.selling_time_share
        share = clamp(p.service_norm * math.exp(p.crowding * (1 - reward)), 0, 0.9)
        each = hours * share / len(self.accounts)
        self.service = each / (each + p.half_service)
        self.divide(hours * (1 - share))

    def divide(self, hours):
        """Hours go where habit, comfort, pay and conviction draw them."""
        p = self.model.p
        alignment = self.understanding * self.buy_in
        used = p.account_information * self.adoption
        habit, error = 1 - p.habit_reset * used, p.potential_error * (1 - used)
        rate = math.log(p.commission_rate)
        pulls = [customer.pull(alignment, habit, error, rate) for customer in self.accounts]
        per_pull = hours / sum(pulls)
        for customer, pull in zip(self.accounts, pulls, strict=True):
            customer.hours = per_pull * pull

    def quote(self, customer):
        """The price that is best for the rep, within authority."""
        p = self.model.p
        argued = clamp(self.skill * (1 - p.task_share * (1 - self.understanding)), 0, 1)
        seen = p.self_evident + (1 - p.self_evident) * argued
        score = customer.score(self, seen)
        believed = score + customer.sensitivity * seen * self.guess(customer)
        wanted = self.best_price(believed, customer.sensitivity, customer.expected_price())
        return score, clamp(wanted, p.list_price * (1 - p.discount_authority), p.list_price)

    def guess(self, customer):
        """How far the rep misjudges the value of the deal: a noisy look, drawn to the average."""
        p = self.model.p
        usual = p.value + p.value_of_fit * customer.fit
        prior = p.value_spread**2 + p.deal_value_spread**2
        error = p.head_office_error * (1 - p.rep_information_advantage)
        seen = customer.value - usual + error * self.random.gauss()
        return max(usual + prior / (prior + error * error) * seen, 0) - customer.value

    def best_price(self, score, sensitivity, reference):
        """The best price where one above the reference hurts more."""
        p = self.model.p
        cost = self.felt_cost()
        below = smooth_optimum(score, sensitivity, cost)
        if below <= reference:
            return below
        lost = p.loss_aversion * sensitivity
        return max(smooth_optimum(score + lost * reference, sensitivity + lost, cost), reference)

    def felt_cost(self):
        """Cost as pay and conviction let the rep feel it."""
        p = self.model.p
        norm = p.professional_norm
        norm += p.norm_of_participation * p.pricing_participation * (1 - norm)
        margins = p.margin_weight / self.model.planned_margin
        in_pay = margins / (1 - p.margin_weight + margins)
        return p.unit_cost * (in_pay + (1 - in_pay) * norm * self.understanding * self.buy_in)

    def book(self, size, price):
        """Credit for a sale: revenue, and margin scaled so that on plan both count alike."""
        p = self.model.p
        margin = (price - p.unit_cost) / self.model.planned_margin
        credit = size * ((1 - p.margin_weight) * price + p.margin_weight * margin)
        self.credited += credit
        self.credited_this_week += credit

    def close_week(self):
        """See what the week brought, and be paid when the period ends."""
        p = self.model.p
        memory = p.run_rate_memory
        self.run_rate = memory * self.run_rate + (1 - memory) * self.credited_this_week
        self.credited_this_week = 0.0
        if self.model.period_ends:
            self.model.variable_pay += max(p.commission_rate * self.credited, 0)
            self.credited = 0.0


def smooth_optimum(score, sensitivity, cost):
    """The price that maximises win chance times margin: Lambert's W by Newton's method."""
    x = score - sensitivity * cost - 1
    w = x - math.log(x) if x > 1 else math.exp(x) / (1 + math.exp(x))
    for _ in range(4):
        w *= (1 + x - math.log(w)) / (1 + w)
    return cost + (1 + w) / sensitivity


class Customer(mesa.Agent):
    """An account, and at most one open opportunity."""

    def __init__(self, model, number):
        super().__init__(model)
        p = model.p
        gauss, random = self.random.gauss, self.random.random
        self.district = number // p.district_accounts
        self.units = p.deal_units * math.exp(p.account_spread * gauss())
        self.deviation = p.value_spread * gauss()
        kind = random()
        factor = 1.0
        if kind < p.price_buyers:
            factor = p.sensitivity_of_price_buyers
        elif kind < p.price_buyers + p.value_buyers:
            factor = p.sensitivity_of_value_buyers
        self.sensitivity = p.price_coefficient * factor
        usual = p.target_fit if random() < p.target_share else p.other_fit
        self.fit = clamp(usual + p.fit_spread * gauss(), 0, 1)
        is_target = self.fit >= 0.5 * (p.target_fit + p.other_fit)
        self.trust = p.trust_of_targets if is_target else p.trust_of_others
        self.attention = p.hours_per_week * p.selling_time_share * p.reps / p.accounts
        self.reference = model.planned_price
        self.plan_for()
        self.next_need = self.random.expovariate(p.rate)
        self.is_open = False

    def plan_for(self):
        """What the plan expects of the account, and the habits and errors of its rep."""
        p = self.model.p
        error = p.plan_error * (1 - p.voice_effect * p.sales_voice) * self.random.gauss()
        fit = clamp(self.fit + error, 0, 1)
        cost = p.unit_cost + p.cost_to_serve + p.misfit_cost * (1 - fit)
        margin = max(p.value + p.value_of_fit * fit - cost, 1)
        yearly = p.rate * YEAR * self.units
        self.log_plan_value = math.log(max(yearly * margin, 1))
        self.log_sales = math.log(max(yearly * self.model.planned_price, 1))
        self.habit = p.habit_spread * self.random.gauss()
        self.misjudged = self.random.gauss()

    def pull(self, alignment, habit, error, rate):
        """How much the account draws its rep's hours."""
        p = self.model.p
        mistaken = error * self.misjudged
        comfort = p.pull_of_comfort * (1 - alignment) * math.log(max(self.trust, 0.01))
        strategy = p.pull_of_strategy * alignment * (self.log_plan_value + mistaken)
        pay = p.pull_of_pay * (self.log_sales + rate + mistaken)
        weight = math.exp(habit * self.habit + comfort + strategy + pay)
        return p.open_boost * weight if self.is_open else weight

    def step(self):
        """Receive calls, take an opportunity further, and have needs."""
        model = self.model
        p = model.p
        self.attention = self.hours + p.attention_kept * (self.attention - self.hours)
        response = self.attention / (self.attention + p.half_response)
        self.trust = self.trust * model.trust_kept + p.trust_gain * response * (1 - self.trust)
        if self.is_open:
            self.pursue(response)
        while self.next_need < model.week + 1:
            self.next_need += self.random.expovariate(p.rate)
            if not self.is_open:
                self.have_need(response)

    def pursue(self, response):
        """Work moves an opportunity until a price is due; who waits too long gives up."""
        model = self.model
        p = model.p
        self.age += 1
        self.progress += p.pace * (0.5 + self.rep.skill) * response
        if self.progress >= 1:
            model.ready.append(self)
        elif self.age > p.patience:
            self.is_open = False
            model.lapsed += 1

    def have_need(self, response):
        """Call in a rep who is present or trusted, else buy unseen."""
        model = self.model
        p = model.p
        model.needs += 1
        if self.random.random() < 1 - (1 - response) * (1 - p.loyalty * self.trust):
            model.opened += 1
            shock = model.shocks[self.district]
            self.size = self.units * shock * math.exp(p.deal_spread * self.random.gauss())
            deviation = self.deviation + p.deal_value_spread * self.random.gauss()
            self.value = max(p.value + p.value_of_fit * self.fit + deviation, 0)
            self.is_open = True
            self.age = 0
            self.progress = 0.0

    def expected_price(self):
        return self.reference * (1 - self.model.p.entitlement * self.trust)

    def score(self, rep, seen):
        """Everything but price that speaks for the offer, against the best of the alternatives."""
        p = self.model.p
        response = self.attention / (self.attention + p.half_response)
        person = p.effect * math.log(rep.intensity) + p.ability_weight * math.log(rep.ability)
        person += p.service_weight * rep.service + p.skill_weight * rep.skill
        relationship = p.attention_weight * response + p.trust_weight * self.trust + person
        return self.sensitivity * self.value * seen + relationship + p.threshold - self.model.alternatives

    def buy(self):
        """Hear a price, and buy, buy elsewhere or let the matter drop."""
        model = self.model
        p = model.p
        expected = self.expected_price()
        score, price = self.rep.quote(self)
        model.quoted += 1
        self.reference += p.weight_of_quoted * (price - self.reference)
        loss = p.loss_aversion * max(price - expected, 0)
        ours = score - self.sensitivity * (price + loss) + model.alternatives + self.taste()
        rivals, nothing = self.taste(), p.inertia + self.taste()
        self.is_open = False
        if ours >= rivals and ours >= nothing:
            self.accept(price)
        elif rivals >= nothing:
            model.lost += 1
        else:
            model.no_decision += 1

    def taste(self):
        """A standard Gumbel draw."""
        return -math.log(self.random.expovariate(1))

    def accept(self, price):
        """A sale goes into the books, its credit to the rep, and its price into memory."""
        model = self.model
        p = model.p
        model.won += 1
        model.units += self.size
        model.revenue += self.size * price
        model.costs += self.size * (p.unit_cost + p.cost_to_serve + p.misfit_cost * (1 - self.fit))
        self.rep.book(self.size, price)
        further = (p.weight_of_paid - p.weight_of_quoted) / (1 - p.weight_of_quoted)
        self.reference += further * (price - self.reference)


class Firm(mesa.Model):
    """A sales organisation and its market."""

    def __init__(self, numbers, seed=None):
        super().__init__(seed=seed)
        self.p = p = SimpleNamespace(**numbers)
        self.week = 0
        self.planned_price = p.list_price * (1 - p.planned_discount)
        self.planned_margin = (self.planned_price - p.unit_cost) / self.planned_price
        self.trust_kept = p.trust_kept ** (1 / YEAR)
        self.alternatives = math.log(1 + math.exp(p.inertia))
        self.reps = Rep.create_agents(self, p.reps)
        self.customers = Customer.create_agents(self, p.accounts, list(range(p.accounts)))
        self.cut_territories()
        potential = sum(customer.units for customer in self.customers) * p.rate
        usual = potential * math.exp(0.5 * p.deal_spread**2) * YEAR * p.planned_conversion
        self.set_quotas(usual * self.planned_price)
        for rep in self.reps:
            rep.run_rate = rep.quota / YEAR
        self.datacollector = mesa.DataCollector(model_reporters={name: name for name in SERIES})

    def cut_territories(self):
        """Territories are blocks of accounts, some larger than others."""
        weights = [self.random.lognormvariate(0, self.p.size_spread) for _ in self.reps]
        customers = list(self.customers)
        so_far, start = 0.0, 0
        for rep, weight in zip(self.reps, weights, strict=True):
            so_far += weight
            end = round(len(customers) * so_far / sum(weights))
            rep.accounts = customers[start:end]
            for customer in rep.accounts:
                customer.rep = rep
            start = end

    def set_quotas(self, plan):
        """Each territory carries its part of the plan, by what head office thinks it can yield."""
        p = self.p
        weights = [
            sum(customer.units for customer in rep.accounts)
            * self.random.lognormvariate(0, p.territory_error)
            for rep in self.reps
        ]
        for rep, weight in zip(self.reps, weights, strict=True):
            rep.quota = plan * (1 + p.over_assignment) * weight / sum(weights)

    def open_week(self):
        """A new page in the books; good and bad years for the districts."""
        p = self.p
        for name in SERIES:
            setattr(self, name, 0)
        self.costs = 0.0
        self.ready = []
        self.period_ends = (self.week + 1) % p.period_weeks == 0
        if self.week % YEAR == 0:
            self.revenue_of_year = 0.0
            districts = range(p.accounts // p.district_accounts + 1)
            spread = p.yearly_shock
            self.shocks = [self.random.lognormvariate(-0.5 * spread * spread, spread) for _ in districts]

    def step(self):
        self.open_week()
        self.reps.do("plan_week")
        self.customers.do("step")
        for customer in self.ready:
            customer.buy()
        self.reps.do("close_week")
        self.contribution = self.revenue - self.costs - self.variable_pay
        self.revenue_of_year += self.revenue
        self.week += 1
        if self.week % YEAR == 0:
            self.set_quotas(self.revenue_of_year * (1 + self.p.growth))
        self.datacollector.collect(self)


def run(numbers, seed):
    """Live through all weeks; the firm as it then is."""
    firm = Firm(numbers, seed)
    for _ in range(firm.p.weeks):
        firm.step()
    return firm


def outcome(numbers, seed):
    """Totals of all weeks, and the accounts at the end."""
    firm = run(numbers, seed)
    history = firm.datacollector.model_vars
    totals = {name: float(sum(history[name])) for name in SERIES}
    count = len(firm.customers)
    return totals | {
        "mean_price": totals["revenue"] / totals["units"],
        "attention": sum(customer.attention for customer in firm.customers) / count,
        "trust": sum(customer.trust for customer in firm.customers) / count,
    }
