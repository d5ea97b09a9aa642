import { grown } from './grown.ts';

/** Numbers that belong to one edge or one node lie side by side, so that a step of a walk costs one or two cache lines. */
export const STRIDE = 4;
/** Of an edge: its nodes, and the next edge out of `from` and into `to`; -1: none. */
export const [FROM, TO, NEXT_OUT, NEXT_IN] = [0, 1, 2, 3] as const;
/** Of a node: its newest edge out and in, a mark for searches, and the node that referred it first; -1: none. */
export const [FIRST_OUT, FIRST_IN, MARK, REFERRER] = [0, 1, 2, 3] as const;

/** Edges 0, 1, 2... between nodes, listed at both of their ends. */
export interface EdgeTable {
  readonly size: number;
  /** `STRIDE` numbers for each; read again after a change: the array may be replaced. */
  readonly edges: Int32Array;
  readonly nodes: Int32Array;
  /** Which kind of edge it is: a number of the caller's. */
  readonly kind: Int16Array;
  /** Takes up the next node, without edges. */
  plant(node: number): void;
  /** Adds an edge at the head of both lists. */
  add(from: number, to: number, kind: number): void;
  /** Whether there is such an edge; looks through the shorter of the two lists. */
  has(from: number, to: number, kinds: (kind: number) => boolean): boolean;
}

/** A growing list of edges in typed arrays: at most 36 bytes an edge and 32 a node, half of it room to grow. */
export function createEdgeTable(): EdgeTable {
  const table = {
    size: 0,
    edges: new Int32Array(64),
    nodes: new Int32Array(64),
    kind: new Int16Array(16),
    plant(node: number) {
      table.nodes = grown(table.nodes, node * STRIDE + REFERRER);
      table.nodes.set([-1, -1, 0, -1], node * STRIDE);
    },
    add(from: number, to: number, kind: number) {
      const edge = table.size++;
      table.edges = grown(table.edges, edge * STRIDE + NEXT_IN);
      table.kind = grown(table.kind, edge);
      const { edges, nodes } = table;
      edges[edge * STRIDE + FROM] = from;
      edges[edge * STRIDE + TO] = to;
      edges[edge * STRIDE + NEXT_OUT] = nodes[from * STRIDE + FIRST_OUT]!;
      edges[edge * STRIDE + NEXT_IN] = nodes[to * STRIDE + FIRST_IN]!;
      nodes[from * STRIDE + FIRST_OUT] = edge;
      nodes[to * STRIDE + FIRST_IN] = edge;
      table.kind[edge] = kind;
    },
    has(from: number, to: number, kinds: (kind: number) => boolean) {
      const { edges, nodes, kind } = table;
      let [out, into] = [nodes[from * STRIDE + FIRST_OUT]!, nodes[to * STRIDE + FIRST_IN]!];
      while (out >= 0 && into >= 0) {
        if (edges[out * STRIDE + TO] === to && kinds(kind[out]!)) return true;
        if (edges[into * STRIDE + FROM] === from && kinds(kind[into]!)) return true;
        out = edges[out * STRIDE + NEXT_OUT]!;
        into = edges[into * STRIDE + NEXT_IN]!;
      }
      return false;
    },
  };
  return table;
}
