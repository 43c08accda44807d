"""Heights of blocks one under the other: where a block begins and which block is at a height, in log time."""

from collections.abc import Sequence


class Heights:
    """A Fenwick tree over the heights of blocks, in pixels."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        self._tree = tree = [0.0, *self._heights]
        for node in range(1, len(tree)):
            parent = node + (node & -node)
            if parent < len(tree):
                tree[parent] += tree[node]
        self.total = sum(self._heights)

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, block: int) -> float:
        return self._heights[block]

    def set(self, block: int, height: float) -> float:
        """Give a block its height and return by how much it grew."""
        grown = height - self._heights[block]
        if grown:
            self._heights[block] = height
            self.total += grown
            node = block + 1
            while node < len(self._tree):
                self._tree[node] += grown
                node += node & -node
        return grown

    def top(self, block: int) -> float:
        """Return the sum of the heights before a block."""
        total, node = 0.0, block
        while node:
            total += self._tree[node]
            node -= node & -node
        return total

    def at(self, y: float) -> int:
        """Return the number of the block that covers `y`; the first above all, the last below."""
        node, step = 0, 1 << len(self._heights).bit_length()
        while step:
            beyond = node + step
            if beyond < len(self._tree) and self._tree[beyond] <= y:
                node, y = beyond, y - self._tree[beyond]
            step >>= 1
        return min(node, len(self._heights) - 1)
