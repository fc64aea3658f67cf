"""A classification tree as a second opinion. The one file that knows scikit-learn, and only when it is called."""

from __future__ import annotations

import numpy as np

from analysis.discovery.boxes import Box, Floats, whole_box
from analysis.errors import ExperimentError

_MOST_LEAVES = 6
_SMALLEST_LEAF = 0.02
_MISSING = 'needs packages that are not installed: pip install -c constraints.txt -e ".[evidence]"'


def leaves_of_tree(points: Floats, holds: Floats, density: float) -> list[Box]:
    """Return the leaves of a tree in which the condition holds often enough, else the one in which it does most.

    Raises
    ------
    ExperimentError
        If scikit-learn is not installed.
    """
    try:
        from sklearn.tree import DecisionTreeRegressor  # noqa: PLC0415 - an extra, and slow to import
    except ImportError:
        raise ExperimentError(f"discover --method cart {_MISSING}") from None

    fitted = DecisionTreeRegressor(max_leaf_nodes=_MOST_LEAVES, min_samples_leaf=_SMALLEST_LEAF, random_state=0)
    tree = fitted.fit(points, holds).tree_
    leaves: list[tuple[float, int, Box]] = []

    def descend(node: int, box: Box) -> None:
        if tree.children_left[node] < 0:
            leaves.append((float(tree.value[node].ravel()[0]), int(tree.n_node_samples[node]), box))
            return
        factor, at = int(tree.feature[node]), float(tree.threshold[node])
        left = min(at, float(box.high[factor]))
        descend(int(tree.children_left[node]), box.with_end(factor, "below", left))
        right = max(float(np.nextafter(at, np.inf)), float(box.low[factor]))
        descend(int(tree.children_right[node]), box.with_end(factor, "above", right))

    descend(0, whole_box(points.shape[1]))
    dense = [leaf for leaf in leaves if leaf[0] >= density] or [max(leaves, key=lambda leaf: leaf[:2])]
    return [leaf[2] for leaf in sorted(dense, key=lambda leaf: -leaf[0] * leaf[1])]
