import { grown } from './grown.ts';

/** Trees over nodes 0, 1, 2... that grow by hanging a root under a node. */
export interface RootedForest {
  /** Takes up the next node as a tree of its own. */
  plant(node: number): void;
  /** Hangs `root` (which has no parent) under `parent`, which is in another tree. */
  hang(root: number, parent: number): void;
  /** Whether `ancestor` lies on the way from the node up to its root; a node is its own ancestor. */
  isAncestor(ancestor: number, node: number): boolean;
}

const NONE = -1;

/**
 * A forest that answers questions about ancestors in logarithmic time (amortised), however deep it is: a chain of a million
 * costs no walk. Source: Sleator and Tarjan 1983 (JCSS 26:362), paths in splay trees, without changes of root.
 */
export function createRootedForest(): RootedForest {
  let up = new Int32Array(16);
  let left = new Int32Array(16);
  let right = new Int32Array(16);

  /** Whether the node is the top of its splay tree: its `up` then leads to another path, or nowhere. */
  const isTop = (node: number): boolean => {
    const above = up[node]!;
    return above === NONE || (left[above] !== node && right[above] !== node);
  };

  function rotate(node: number): void {
    const above = up[node]!;
    const higher = up[above]!;
    if (!isTop(above)) {
      if (left[higher] === above) left[higher] = node;
      else right[higher] = node;
    }
    const fromLeft = left[above] === node;
    const inner = fromLeft ? right[node]! : left[node]!;
    if (fromLeft) {
      left[above] = inner;
      right[node] = above;
    } else {
      right[above] = inner;
      left[node] = above;
    }
    if (inner !== NONE) up[inner] = above;
    up[above] = node;
    up[node] = higher;
  }

  function splay(node: number): void {
    while (!isTop(node)) {
      const above = up[node]!;
      if (!isTop(above)) rotate((left[above] === node) === (left[up[above]!] === above) ? above : node);
      rotate(node);
    }
  }

  /** Makes the way from the root to the node one splay tree with the node on top. */
  function expose(node: number): void {
    let below = NONE;
    for (let at = node; at !== NONE; at = up[at]!) {
      splay(at);
      right[at] = below;
      below = at;
    }
    splay(node);
  }

  return {
    plant(node) {
      up = grown(up, node);
      left = grown(left, node);
      right = grown(right, node);
      up[node] = left[node] = right[node] = NONE;
    },
    hang(root, parent) {
      expose(parent);
      expose(root);
      up[root] = parent;
    },
    isAncestor(ancestor, node) {
      expose(node);
      splay(ancestor);
      // the node topped the one tree that leads nowhere: it has something above it only if the ancestor came from there
      return ancestor === node || up[node] !== NONE;
    },
  };
}
