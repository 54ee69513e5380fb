"""Makes golden.json and tiny.safetensors. Needs numpy, scipy, safetensors (made with numpy 2.4, scipy 1.17, safetensors 0.8).

Run: python make_golden.py   (in this folder)
"""

import hashlib
import json
import struct

import numpy as np
from safetensors.numpy import save_file
from scipy import stats

rng = np.random.default_rng(20260101)
golden = {}


def floats(values):
    return [float(v) for v in values]


# Two-sample Kolmogorov-Smirnov, exact p-values; last pair has ties.
golden["ks"] = []
for n, m, shift in [(20, 30, 0.0), (40, 25, 0.5), (150, 90, 0.3), (7, 3, 2.0)]:
    a, b = rng.normal(size=n).round(6), rng.normal(shift, size=m).round(6)
    result = stats.ks_2samp(a, b, method="exact")
    golden["ks"].append({"a": floats(a), "b": floats(b), "statistic": result.statistic, "p": result.pvalue})
golden["kolmogorov"] = [{"lambda": x, "p": float(stats.kstwobign.sf(x))} for x in [0.3, 0.5, 0.8, 1.0, 1.36, 2.0, 3.0]]

# Homogeneity chi-square.
golden["chiSquare"] = []
for a, b in [([30, 50, 20], [35, 40, 25]), ([100, 5, 60, 9], [40, 30, 22, 31]), ([5, 0, 9], [8, 0, 7])]:
    table = np.array([a, b])
    result = stats.chi2_contingency(table[:, table.sum(axis=0) > 0], correction=False)
    golden["chiSquare"].append({"a": a, "b": b, "statistic": result.statistic, "p": result.pvalue})

# Benjamini-Hochberg.
p = [0.01, 0.2, 0.03, 0.04, 0.5, 0.04, 0.9, 0.001]
golden["benjaminiHochberg"] = {"p": p, "adjusted": floats(stats.false_discovery_control(p))}

# Off-policy estimates, written out.
n = 200
pscore = rng.uniform(0.05, 0.9, n).round(6)
pi_e = rng.uniform(0.0, 1.0, n).round(6)
reward = rng.integers(0, 2, n).astype(float)
q_a, q_pi = rng.uniform(0, 1, n).round(6), rng.uniform(0, 1, n).round(6)
w = pi_e / pscore


def of(terms):
    return {"value": float(terms.mean()), "standardError": float(terms.std(ddof=1) / np.sqrt(n))}


snips = (w * reward).sum() / w.sum()
golden["offPolicy"] = {
    "reward": floats(reward), "pscore": floats(pscore), "piE": floats(pi_e), "qA": floats(q_a), "qPi": floats(q_pi),
    "estimates": {
        "dm": of(q_pi),
        "ips": of(w * reward),
        "snips": of(snips + w * (reward - snips) / w.mean()),
        "cips@2.0": of(np.minimum(w, 2) * reward),
        "dr": of(q_pi + w * (reward - q_a)),
    },
    "effectiveSampleSize": float(w.sum() ** 2 / (w**2).sum()),
    "clippedMassAt2": float(1 - np.minimum(w, 2).sum() / w.sum()),
    "z95": float(stats.norm.ppf(0.975)),
}

# Seeds: SHA-256 over length-prefixed texts, first 53 bits.
golden["seeds"] = []
for parts in [["salt", "event-1", "", "action"], ["sält", "ü", "slot", "component"]]:
    data = b"".join(struct.pack(">i", len(t.encode())) + t.encode() for t in parts)
    digest = hashlib.sha256(data).digest()
    golden["seeds"].append(
        {"parts": parts, "seed": digest[:8].hex(), "uniform": (int.from_bytes(digest[:8], "big") >> 11) / 2.0**53})

# Ridge with an unpenalised bias: centring by weighted means is an independent way to the same minimum.
x = rng.normal(size=(40, 5)).astype(np.float32)
x[:, 4] = (rng.uniform(size=40) < 0.3).astype(np.float32)
y = (x @ np.array([1.0, -2.0, 0.5, 0.0, 3.0]) + 0.7 + rng.normal(scale=0.3, size=40)).round(6)
rw = rng.uniform(0.2, 2.0, 40).round(6)
x64 = x.astype(np.float64)
xm, ym = np.average(x64, axis=0, weights=rw), np.average(y, weights=rw)
xc, yc = x64 - xm, y - ym
beta = np.linalg.solve(xc.T @ (rw[:, None] * xc) + 2.5 * np.eye(5), xc.T @ (rw * yc))
golden["ridge"] = {
    "x": [floats(r) for r in x64], "y": floats(y), "rowWeights": floats(rw), "lambda": 2.5,
    "weights": floats(beta), "bias": float(ym - xm @ beta)}

# Exploration rules on scores with a tie, written out.
s = np.array([0.2, 0.9, 0.9, -0.4, 0.5])
e = np.exp((s - s.max()) / 0.25)
gap = np.where(s == s.max(), 0.0, 1 / (5 + 10 * (s.max() - s) / 2))
golden["exploration"] = {
    "scores": floats(s),
    "uniform": floats(np.full(5, 0.2)),
    "epsilonGreedy": floats(0.3 / 5 + 0.7 * np.array([0, 0.5, 0.5, 0, 0])),
    "softmax": floats(e / e.sum()),
    "squareCb": floats(np.where(s == s.max(), (1 - gap.sum()) / 2, gap)),
}

with open("golden.json", "w") as out:
    json.dump(golden, out, indent=1)
    out.write("\n")

save_file(
    {
        "b": np.array([[1.5, -2.25, 3.0], [0.0, 1e-20, -1e20]], dtype=np.float32),
        "a": np.array([1.0 / 3.0, 2.0], dtype=np.float64),
        "count": np.array([7, -9], dtype=np.int64),
        "empty": np.zeros((0, 4), dtype=np.float32),
    },
    "tiny.safetensors",
    metadata={"origin": "safetensors for Python", "note": "ü \" \\"},
)
