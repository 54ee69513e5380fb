"""Writes drift.json: two-sample statistics by SciPy. Run: python3 make_drift_golden.py (SciPy 1.17)."""
import json
import warnings

import numpy as np
from scipy import stats
from scipy.stats import contingency

warnings.simplefilter("ignore")
random = np.random.default_rng(20260301)


def samples():
    yield random.normal(size=30), random.normal(0.4, 1, size=25)
    yield random.normal(size=6), random.normal(size=9)
    yield random.integers(0, 6, 40).astype(float), random.integers(1, 7, 55).astype(float)
    yield np.where(random.random(80) < 0.7, 0.0, random.normal(size=80)), random.normal(size=20)
    yield random.exponential(size=400), random.exponential(1.3, size=250)


pairs = []
for a, b in samples():
    a, b = np.round(a, 6), np.round(b, 6)
    mw = stats.mannwhitneyu(a, b)
    ad = stats.anderson_ksamp([a, b], midrank=True)
    # SciPy gives (A2 - 1) / sigma; sigma as in Scholz and Stephens, equation 4.
    n, m = len(a), len(b)
    size = n + m
    capital_h = 1 / n + 1 / m
    h = sum(1 / i for i in range(1, size))
    g = sum(sum(1 / ((size - i) * j) for j in range(i + 1, size)) for i in range(1, size - 1))
    k = 2
    va = (4 * g - 6) * (k - 1) + (10 - 6 * g) * capital_h
    vb = (2 * g - 4) * k**2 + 8 * h * k + (2 * g - 14 * h - 4) * capital_h - 8 * h + 4 * g - 6
    vc = (6 * h + 2 * g - 2) * k**2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * capital_h + 4 * h
    vd = (2 * h + 6) * k**2 - 4 * h * k
    variance = (va * size**3 + vb * size**2 + vc * size + vd) / ((size - 1) * (size - 2) * (size - 3))
    pairs.append(dict(
        a=a.tolist(), b=b.tolist(), u=mw.statistic, mannWhitneyP=mw.pvalue,
        andersonDarling=ad.statistic * variance**0.5 + 1,
        wasserstein=stats.wasserstein_distance(a, b),
        ksAsymptoticP=stats.ks_2samp(a, b, method="asymp").pvalue))

tables = []
for a, n, b, m in [(3, 10, 9, 12), (0, 5000, 4, 50), (120, 1000, 150, 1000), (50, 50, 1, 40), (7, 70, 8, 80)]:
    fewer = stats.hypergeom.cdf(a, n + m, a + b, n)
    more = stats.hypergeom.sf(a - 1, n + m, a + b, n)
    tables.append(dict(a=a, n=n, b=b, m=m, p=min(1, 2 * (fewer if a * m <= b * n else more))))

rows = [[12, 30, 8, 50], [20, 25, 9, 90]]
g_test = contingency.chi2_contingency(rows, correction=False, lambda_="log-likelihood")
json.dump(dict(pairs=pairs, fisher=tables,
               likelihoodRatio=dict(a=rows[0], b=rows[1], statistic=g_test.statistic, p=g_test.pvalue)),
          open("drift.json", "w"), indent=1)
