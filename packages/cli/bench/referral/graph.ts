/**
 * Loop checks on referral graphs of 1,000,000 edges: forests, random graphs and the worst that could be thought of, each in
 * a process of its own. Each check is timed alone; where other processes share the cores the worst is what they took. Beside
 * it, the plain walk over ancestors on the same graph. Prints one JSON object.
 */
import { spawnSync } from 'node:child_process';
import { openReferralGraph } from '@holdfast/core';

const EDGES = 1_000_000;
const CHECKS = 20_000;
const WALK_SECONDS = 5;

type Edge = readonly [from: number, to: number];
interface Shape {
  readonly parties: number;
  readonly edges: () => Iterable<Edge>;
}

let state = 1;
/** A whole number below `end`: a linear congruential generator (Numerical Recipes), the same in every run. */
function below(end: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * end);
}

function shuffled(count: number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function* times(count: number, edge: (i: number) => Edge): Iterable<Edge> {
  for (let i = 0; i < count; i++) yield edge(i);
}
const inAnyOrder = (count: number, edge: (i: number) => Edge): Iterable<Edge> => {
  const order = shuffled(count);
  return times(count, (i) => edge(order[i]!));
};
const earlier = (parties: number, rank: Int32Array): Edge => {
  const [a, b] = [below(parties), below(parties)];
  return rank[a]! < rank[b]! ? [a, b] : [b, a];
};

const SHAPES: Readonly<Record<string, Shape>> = {
  'forest: every party referred once': {
    parties: EDGES + 1,
    edges: () => times(EDGES, (i) => [below(i + 1), i + 1]),
  },
  'forest in any order, and a second referrer for one party in twenty': {
    parties: 950_001,
    edges: () =>
      inAnyOrder(EDGES, (i) => (i < 950_000 ? [below(i + 1), i + 1] : [below(500_000), 500_000 + below(450_000)])),
  },
  'random: 1,000,000 parties, edges in any order': {
    parties: EDGES,
    edges: () => {
      const rank = shuffled(EDGES);
      return times(EDGES, () => earlier(EDGES, rank));
    },
  },
  'random: 250,000 parties, edges in any order': {
    parties: 250_000,
    edges: () => {
      const rank = shuffled(250_000);
      return times(EDGES, () => earlier(250_000, rank));
    },
  },
  'attempts either way, many of them loops: 500,000 parties': {
    parties: 500_000,
    edges: () => times(EDGES, () => [below(500_000), below(500_000)]),
  },
  'one chain, from its end to its start': {
    parties: EDGES + 1,
    edges: () => times(EDGES, (i) => [EDGES - i - 1, EDGES - i]),
  },
  'one chain, edges in any order': { parties: EDGES + 1, edges: () => inAnyOrder(EDGES, (i) => [i, i + 1]) },
  'ladder: everybody referred by the two before, edges in any order': {
    parties: EDGES / 2 + 2,
    edges: () => inAnyOrder(EDGES, (i) => [(i + 1) >> 1, (i >> 1) + 2]),
  },
  '100 layers of 1,000, edges in any order': {
    parties: 100_000,
    edges: () => inAnyOrder(EDGES, (i) => [(i % 99) * 1000 + below(1000), ((i % 99) + 1) * 1000 + below(1000)]),
  },
  '101 layers of 100, all edges between neighbours': {
    parties: 10_100,
    edges: () =>
      inAnyOrder(EDGES, (i) => [
        (i % 100) * 100 + (Math.floor(i / 100) % 100),
        ((i % 100) + 1) * 100 + Math.floor(i / 10_000),
      ]),
  },
};

const idOf = (party: number) => `account:${party}`;
const at = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

/** In a process of its own: builds the graph, then times checks of pairs drawn anew. */
function runHere({ parties, edges }: Shape) {
  const graph = openReferralGraph();
  let worstInsert = 0;
  const start = performance.now();
  for (const [from, to] of edges()) {
    const [a, b, begun] = [idOf(from), idOf(to), performance.now()];
    graph.add(a, b, 'main');
    worstInsert = Math.max(worstInsert, performance.now() - begun);
  }
  const seconds = (performance.now() - start) / 1000;
  const built = graph.edges;
  const clock = new Float64Array(CHECKS);
  let loops = 0;
  for (let i = 0; i < CHECKS; i++) {
    const [a, b] = [idOf(below(parties)), idOf(below(parties))];
    const begun = performance.now();
    const answer = graph.add(a, b, 'main');
    clock[i] = (performance.now() - begun) / 1000;
    if (answer === 'loop') loops++;
  }
  clock.sort();
  const figures = {
    edges: built,
    parties: graph.parties,
    loopsAmongChecks: loops,
    p50Ms: at(clock, 0.5) * 1000,
    p99Ms: at(clock, 0.99) * 1000,
    worstMs: at(clock, 1) * 1000,
    buildSeconds: seconds,
    worstInsertMs: worstInsert,
  };
  return { median: at(clock, 0.5), p99: at(clock, 0.99), peakMB: process.resourceUsage().maxRSS / 1024, figures };
}

/** Whether the referred party is among all ancestors of the referrer, each looked at once. */
function closesLoop(graph: ReadonlyMap<string, readonly string[]>, referrer: string, referred: string): boolean {
  const seen = new Set([referrer]);
  for (const party of seen) {
    if (party === referred) return true;
    for (const ancestor of graph.get(party) ?? []) seen.add(ancestor);
  }
  return false;
}

/** The plain walk: the 99th percentile of as many checks as fit into some seconds. */
function walkHere({ parties, edges }: Shape) {
  const graph = new Map<string, string[]>();
  for (const [from, to] of edges()) {
    const known = graph.get(idOf(to));
    if (known) known.push(idOf(from));
    else graph.set(idOf(to), [idOf(from)]);
  }
  const seconds: number[] = [];
  const end = performance.now() + WALK_SECONDS * 1000;
  while (performance.now() < end && seconds.length < CHECKS) {
    const [a, b, begun] = [idOf(below(parties)), idOf(below(parties)), performance.now()];
    closesLoop(graph, a, b);
    seconds.push((performance.now() - begun) / 1000);
  }
  return { p99: at(Float64Array.from(seconds).sort(), 0.99), checks: seconds.length };
}

function runChild<T>(mode: 'ours' | 'walk', shape: string): T {
  const args = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', import.meta.filename];
  const { stdout } = spawnSync(process.execPath, [...args, mode, shape], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout) as T;
}

function bench(): void {
  const rows = Object.keys(SHAPES).map((task) => {
    const ours = runChild<ReturnType<typeof runHere>>('ours', task);
    const walk = runChild<ReturnType<typeof walkHere>>('walk', task);
    return {
      task,
      firstSeconds: ours.figures.buildSeconds,
      medianSeconds: ours.median,
      peakMB: ours.peakMB,
      peer: 'walk over all ancestors, 99th percentile',
      peerSeconds: walk.p99,
      ratio: ours.p99 / walk.p99,
      limit: 'p99 of a check at most 1 ms; worst case printed',
      figures: { ...ours.figures, walkChecks: walk.checks },
    };
  });
  process.stdout.write(`${JSON.stringify({ name: 'referral graph', rows })}\n`);
}

const [, , mode, task] = process.argv;
const shape = task === undefined ? undefined : SHAPES[task];
if (shape) process.stdout.write(JSON.stringify(mode === 'walk' ? walkHere(shape) : runHere(shape)));
else bench();
