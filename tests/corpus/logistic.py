"""Logistic regression over features that hold or don't, and how reliable its probabilities are."""
import collections
import hashlib
import math

FOLDS = 10
BANDS = (0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(weights.get(f, 0) for f in features)))


def fit(rows, rounds=300, ridge=0.005, least=5):
    """Weights by feature, from (features, whether it is right, weight of the example), by Nesterov's descent.
    A feature of fewer than `least` examples gets none."""
    counts = collections.Counter(f for features, _, _ in rows for f in features)
    rows = [([f for f in features if counts[f] >= least], right, weight) for features, right, weight in rows]
    total = sum(w for _, _, w in rows)
    step = 4 / max(len(features) for features, _, _ in rows)
    weights, ahead = {}, {}
    for n in range(rounds):
        slope = {}
        for features, right, weight in rows:
            error = (right - probability(ahead, features)) * weight / total
            for f in features:
                slope[f] = slope.get(f, 0) + error
        before, weights = weights, {
            f: ahead.get(f, 0) + step * (value - (0 if f == "bias" else ridge * ahead.get(f, 0)))
            for f, value in slope.items()}
        ahead = {f: w + n / (n + 3) * (w - before.get(f, 0)) for f, w in weights.items()}
    return weights


def cross_validate(rows):
    """(probability, whether it is right, weight) of (group, features, right, weight), each by the weights
    of the folds that don't hold its group."""
    fold = [int(hashlib.md5(group.encode()).hexdigest(), 16) % FOLDS for group, *_ in rows]
    scored = [None] * len(rows)
    for k in range(FOLDS):
        weights = fit([r[1:] for r, f in zip(rows, fold) if f != k])
        for i, (_, features, right, weight) in enumerate(rows):
            if fold[i] == k:
                scored[i] = (probability(weights, features), right, weight)
    return scored


def print_reliability(scored, what):
    print(f"{len(scored)} {what}, {sum(right for _, right, _ in scored)} right; cross-validated:")
    print(f"confidence  {what}  mean  right")
    for low, high in zip(BANDS, BANDS[1:] + (1.01,)):
        part = [s for s in scored if low <= s[0] < high]
        if part:
            total = sum(w for _, _, w in part)
            print(f"{low:.1f} to {min(high, 1):.1f}  {len(part):6}  {sum(p * w for p, _, w in part) / total:.2f}  "
                  f"{sum(y * w for _, y, w in part) / total:.2f}")
    total = sum(w for _, _, w in scored)
    print(f"Brier score {sum(w * (p - y) ** 2 for p, y, w in scored) / total:.3f}")


def calibrate(rows, what, table, write):
    """Prints how reliable the confidence is, cross-validated, and the weights; writes them into the table if asked."""
    print_reliability(cross_validate(rows), what)
    weights = fit([row[1:] for row in rows])
    if write:
        write_table(table, weights)
    for name, value in sorted(weights.items(), key=lambda x: x[1]):
        print(f"  {name:20} {value:6.2f}  {sum(name in row[1] for row in rows)}")


def write_table(path, weights):
    """Replaces the weights of a table of feature and weight; its comments, head and thresholds stay."""
    kept = [line for line in path.read_text().splitlines() if line.startswith(("#", "feature\t", "threshold"))]
    body = [f"{name}\t{value:.2f}" for name, value in sorted(weights.items(), key=lambda x: (x[0] != "bias", x[0]))]
    path.write_text("\n".join(kept + body) + "\n")
