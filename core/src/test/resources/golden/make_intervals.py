"""Makes intervals.json: intervals and estimators by formulas written independently of core (numpy 2.4, scipy 1.17).

The likelihood bounds come from the textbook form: for a mean m, the multiplier that solves sum y / (1 + lambda y) = 0 gives the
log-likelihood ratio sum log(1 + lambda y), y = x - m; the bound is where it reaches the threshold.
"""
import json

import numpy as np
from scipy import optimize

rng = np.random.default_rng(20261121)


def loglr(x, m):
    y = x - m
    lo, hi = -1 / y.max(), -1 / y.min()
    edge = 1e-13 * (hi - lo)
    lam = optimize.brentq(lambda l: (y / (1 + l * y)).sum(), lo + edge, hi - edge, xtol=1e-16, rtol=1e-15)
    return np.log1p(lam * y).sum()


def upper(x, threshold):
    return optimize.brentq(lambda m: loglr(x, m) - threshold, x.mean(), x.max() - 1e-9 * (x.max() - x.mean()), rtol=1e-14)


cases = []
for x, lowest, highest, threshold in [
    (rng.normal(size=40), -4.0, 5.0, 1.9207),
    ((rng.uniform(size=200) < 0.02) * 3.5, 0.0, 3.5, 2.1),
    (rng.exponential(size=60) * (rng.uniform(size=60) < 0.3), -1.0, 9.0, 3.7),
    (np.zeros(50), 0.0, 2.0, 1.9207),
]:
    high = upper(np.append(x, highest), threshold)
    flipped = np.append(-x, -lowest)
    low = -upper(flipped, threshold) if flipped.max() > flipped.min() else lowest
    cases.append({"values": x.tolist(), "lowest": lowest, "highest": highest, "threshold": threshold, "lower": float(low), "upper": float(high)})

n = 300
w = rng.gamma(0.7, 1.4, n)
q_a, q_pi = rng.uniform(0.1, 0.6, n), rng.uniform(0.2, 0.5, n)
r = (rng.uniform(size=n) < 0.2 + 0.5 * q_a).astype(float)
# mtr: weighted least squares by lstsq on rows scaled with sqrt(w).
design = np.stack([np.ones(n), q_a], 1) * np.sqrt(w)[:, None]
constant, slope = np.linalg.lstsq(design, r * np.sqrt(w), rcond=None)[0]
p = np.minimum(1, 0.9 / np.maximum(1, w))
out = {
    "likelihood": cases,
    "regressed": {
        "reward": r.tolist(), "pscore": p.tolist(), "piE": (w * p).clip(0, 1).tolist(), "qA": q_a.tolist(), "qPi": q_pi.tolist(),
        "value": float((constant + slope * q_pi).mean()),
    },
    "bernstein": {
        "values": cases[0]["values"], "width": 9.0, "alpha": 0.05,
        "half": float(np.sqrt(2 * np.var(cases[0]["values"], ddof=1) * np.log(4 / 0.05) / 40) + 7 * 9.0 * np.log(4 / 0.05) / (3 * 39)),
    },
}
with open("intervals.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
