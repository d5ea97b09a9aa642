# python3 logistic.py FOLDER ROWS COLUMNS REPEATS: times scikit-learn's logistic regression without penalty (lbfgs, tol 1e-4, its
# defaults) on raw doubles, in process, after one warm-up; prints one JSON object with the log-likelihood at its coefficients.
import json
import os
import resource
import statistics
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

warnings.filterwarnings("ignore", category=FutureWarning)
folder, rows, columns, repeats = sys.argv[1], *(int(word) for word in sys.argv[2:5])
x = np.fromfile(os.path.join(folder, "x.bin"), "<f8").reshape(rows, columns)
y = np.fromfile(os.path.join(folder, "y.bin"), "<f8")


def fit():
    start = time.perf_counter()
    model = LogisticRegression(penalty="none").fit(x, y)
    return time.perf_counter() - start, model


first, _ = fit()
seconds = statistics.median(fit()[0] for _ in range(repeats))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
model = fit()[1]
eta = x @ model.coef_[0] + model.intercept_[0]
print(json.dumps({
    "version": sklearn.__version__,
    "first": first,
    "seconds": seconds,
    "peakMB": peak,
    "logLikelihood": float(np.sum(y * eta - np.logaddexp(0, eta))),
    "iterations": int(model.n_iter_[0]),
}))
