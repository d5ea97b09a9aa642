# python3 isotonic.py FOLDER REPEATS: times scikit-learn's isotonic regression and AUC on raw doubles, in process, after one
# warm-up of each; prints one JSON object.
import json
import os
import resource
import statistics
import sys
import time

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score

folder, repeats = sys.argv[1], int(sys.argv[2])
x, y = (np.fromfile(os.path.join(folder, name), "<f8") for name in ("x.bin", "y.bin"))


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fit():
    return IsotonicRegression(out_of_bounds="clip").fit(x, y)


first = timed(fit)
fits = statistics.median(timed(fit) for _ in range(repeats))
fit_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
residuals = float(np.sum((fit().predict(x) - y) ** 2))
auc_first = timed(lambda: roc_auc_score(y, x))
aucs = statistics.median(timed(lambda: roc_auc_score(y, x)) for _ in range(repeats))
print(json.dumps({
    "version": sklearn.__version__,
    "isotonic": {"first": first, "seconds": fits, "peakMB": fit_peak, "value": residuals},
    "auc": {"first": auc_first, "seconds": aucs, "peakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "value": float(roc_auc_score(y, x))},
}))
