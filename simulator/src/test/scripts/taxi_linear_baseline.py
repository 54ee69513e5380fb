"""Outside figures for BaselineTest: linear regression of ride minutes on zone pair (one-hot) and distance, by SciPy's LSQR.

Input: m1.csv, m2.csv, m3.csv with one line `1000 * pickup zone + drop-off zone, distance, minutes` for each ride of 1 to 60
minutes of January, February and March 2021. Made with SciPy 1.17.1, NumPy, Python 3.11.

tol=1e-6 is what scikit-learn's LinearRegression uses: 7.7587 on February, 7.4639 on March (it stops after 27 iterations).
tol=1e-12 is the converged solution:                   7.4808 on February, 7.4684 on March.
"""
import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import LinearOperator, lsqr

months = [np.loadtxt(f"m{i}.csv", delimiter=",") for i in (1, 2, 3)]


def features(rides, index):
    columns = np.array([index.get(pair, -1) for pair in rides[:, 0]])
    seen = columns >= 0
    rows = np.arange(len(rides))
    return sp.csr_matrix(
        (
            np.concatenate([np.ones(seen.sum()), rides[:, 1]]),
            (np.concatenate([rows[seen], rows]), np.concatenate([columns[seen], np.full(len(rides), len(index))])),
        ),
        shape=(len(rides), len(index) + 1),
    )


for tol in (1e-6, 1e-12):
    for train, validate in ((0, 1), (1, 2)):
        index = {pair: i for i, pair in enumerate(np.unique(months[train][:, 0]))}
        x, y = features(months[train], index), months[train][:, 2]
        offset = np.asarray(x.mean(axis=0)).ravel()
        centred = LinearOperator(
            x.shape,
            matvec=lambda w: x @ w.ravel() - offset @ w.ravel(),
            rmatvec=lambda r: x.T @ r.ravel() - offset * r.sum(),
        )
        weights, _, iterations = lsqr(centred, y - y.mean(), atol=tol, btol=tol)[:3]
        predicted = features(months[validate], index) @ weights + y.mean() - offset @ weights
        rmse = np.sqrt(np.mean((predicted - months[validate][:, 2]) ** 2))
        print(f"tol={tol} train={train + 1} validate={validate + 1} iterations={iterations} rmse={rmse:.4f}")
