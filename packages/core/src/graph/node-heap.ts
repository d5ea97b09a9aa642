/** Nodes by a key, the lowest first. */
export interface NodeHeap {
  readonly size: number;
  clear(): void;
  push(node: number, key: number): void;
  /** The node with the lowest key, taken out; -1: there is none. */
  pop(): number;
}

/** A binary heap that keeps its room from one search to the next. */
export function createNodeHeap(): NodeHeap {
  const nodes: number[] = [];
  const keys: number[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    clear() {
      size = 0;
    },
    push(node, key) {
      let at = size++;
      while (at > 0) {
        const above = (at - 1) >> 1;
        if (keys[above]! <= key) break;
        nodes[at] = nodes[above]!;
        keys[at] = keys[above]!;
        at = above;
      }
      nodes[at] = node;
      keys[at] = key;
    },
    pop() {
      if (size === 0) return -1;
      const first = nodes[0]!;
      const [node, key] = [nodes[--size]!, keys[size]!];
      let at = 0;
      for (let below = 1; below < size; below = 2 * at + 1) {
        if (below + 1 < size && keys[below + 1]! < keys[below]!) below++;
        if (keys[below]! >= key) break;
        nodes[at] = nodes[below]!;
        keys[at] = keys[below]!;
        at = below;
      }
      nodes[at] = node;
      keys[at] = key;
      return first;
    },
  };
}
