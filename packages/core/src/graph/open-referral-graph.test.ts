import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../../test/property-runs.ts';
import { openReferralGraph } from './open-referral-graph.ts';

/** 10,000 and more with HOLDFAST_RUNS. */
const numRuns = PROPERTY_RUNS;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly program: string;
}

/** The walk that the rule states: whether `top` leads to `bottom` over the edges. */
function leads(edges: readonly Edge[], top: string, bottom: string): boolean {
  const seen = new Set([top]);
  for (const party of seen) for (const it of edges) if (it.from === party) seen.add(it.to);
  return seen.has(bottom);
}

function expectedAnswer(edges: readonly Edge[], edge: Edge): 'accepted' | 'loop' | 'review' {
  const own = edges.filter((it) => it.program === edge.program);
  if (own.some((it) => it.from === edge.from && it.to === edge.to)) return 'accepted';
  if (leads(own, edge.to, edge.from)) return 'loop';
  return leads(edges, edge.to, edge.from) ? 'review' : 'accepted';
}

const attempts = (parties: number, programs: readonly string[], maxLength: number) => {
  const party = fc.nat(parties - 1).map((it) => `account:${it}`);
  const edge = fc.record({ from: party, to: party, program: fc.constantFrom(...programs) });
  return fc.array(fc.tuple(edge, fc.boolean()), { maxLength });
};

describe('referral graph', () => {
  it('rule 10: a loop of any length within one program is refused, oneself too, and nothing is added', () => {
    const graph = openReferralGraph();
    expect(graph.add('a', 'a', 'main')).toBe('loop');
    for (let i = 0; i < 5000; i++) expect(graph.add(`p${i}`, `p${i + 1}`, 'main')).toBe('accepted');
    expect(graph.add('p5000', 'p0', 'main')).toBe('loop');
    expect(graph.add('p2500', 'p2499', 'main')).toBe('loop');
    expect(graph.edges).toBe(5000);
  });

  it('a chain of 100,000 is no deeper than it is long: its end cannot have introduced its start', () => {
    const graph = openReferralGraph();
    for (let i = 0; i < 100_000; i++) graph.add(`${i}`, `${i + 1}`, 'main');
    expect(graph.check('100000', '0', 'main')).toBe('loop');
    expect(graph.check('0', '100000', 'main')).toBe('accepted');
  });

  it('rule 10: a loop that only several programs close together goes to review; passed, it counts from then on', () => {
    const graph = openReferralGraph();
    graph.add('a', 'b', 'main');
    expect(graph.add('b', 'c', 'partners')).toBe('accepted');
    expect(graph.add('c', 'a', 'partners')).toBe('review');
    expect(graph.edges).toBe(2);
    expect(graph.admit('c', 'a', 'partners')).toBe('accepted');
    expect(graph.add('c', 'a', 'partners')).toBe('accepted');
    expect(graph.add('a', 'b', 'partners')).toBe('loop');
    expect(graph.admit('a', 'b', 'partners')).toBe('loop');
    expect(graph.edges).toBe(3);
    expect(graph.ancestors('a', 'partners')).toEqual(['c', 'b']);
    expect(graph.ancestors('a', 'main')).toEqual([]);
  });

  it('chains and ancestors by hand: the first referrer makes the chain, all of them are ancestors', () => {
    const graph = openReferralGraph();
    for (const [from, to] of [
      ['a', 'b'],
      ['b', 'c'],
      ['x', 'c'],
      ['c', 'd'],
    ] as const)
      graph.add(from, to, 'main');
    graph.add('y', 'b', 'partners');
    expect(graph.chainOf('d')).toEqual(['a', 'b', 'c', 'd']);
    expect(graph.chainOf('d', 'main')).toEqual(['a', 'b', 'c', 'd']);
    expect(graph.chainOf('b', 'partners')).toEqual(['y', 'b']);
    expect([...graph.ancestors('d')].sort()).toEqual(['a', 'b', 'c', 'x', 'y']);
    expect([...graph.ancestors('d', 'main')].sort()).toEqual(['a', 'b', 'c', 'x']);
    expect([graph.ancestors('nobody'), graph.chainOf('nobody'), graph.chainOf('d', 'none')]).toEqual([[], [], ['d']]);
  });

  it('answers as the naive walk does, over three programs, with edges that review let pass', () => {
    fc.assert(
      fc.property(attempts(9, ['main', 'partners', 'pilot'], 60), (tries) => {
        const graph = openReferralGraph();
        const edges: Edge[] = [];
        for (const [edge, passes] of tries) {
          const expected = expectedAnswer(edges, edge);
          const [{ from, to, program }, admits] = [edge, passes && expected === 'review'];
          expect(graph.add(from, to, program)).toBe(expected);
          if (admits) expect(graph.admit(from, to, program)).toBe('accepted');
          const isNew = !edges.some((it) => it.from === from && it.to === to && it.program === program);
          if (isNew && (expected === 'accepted' || admits)) edges.push(edge);
        }
        expect(graph.edges).toBe(edges.length);
        for (let i = 0; i < 9; i++) {
          const own = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter(
            (it) => it !== i && leads(edges, `account:${it}`, `account:${i}`),
          );
          expect([...graph.ancestors(`account:${i}`)].sort()).toEqual(own.map((it) => `account:${it}`));
        }
      }),
      { numRuns },
    );
  });

  it('a merge: who led to the loser led to the survivor, whom the loser led to the survivor did; a circle stays known', () => {
    const graph = openReferralGraph();
    for (const [from, to] of [
      ['a', 'b'],
      ['x', 'b'],
      ['b', 'c'],
      ['s', 'd'],
    ] as const)
      graph.add(from, to, 'main');
    graph.merge('b', 's');
    expect(graph.check('c', 'a', 'main')).toBe('loop');
    expect(graph.check('d', 'x', 'main')).toBe('loop');
    expect(graph.check('b', 's', 'main')).toBe('loop');
    expect([graph.parties, graph.edges]).toEqual([5, 4]);
    expect(graph.chainOf('c')).toEqual(['a', 's', 'c']);
    expect([...graph.ancestors('d')].sort()).toEqual(['a', 's', 'x']);
    // a led to s led to c: that c and a are one closes a circle, which is kept
    graph.merge('c', 'a');
    expect(graph.check('s', 'a', 'main')).toBe('accepted');
    expect(graph.check('d', 'a', 'main')).toBe('loop');
    expect(graph.check('d', 'y', 'main')).toBe('accepted');
  });

  it('answers as the naive walk does where parties are merged in between, over two programs', () => {
    const merges = fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.nat(59)), { maxLength: 4 });
    fc.assert(
      fc.property(attempts(9, ['main', 'partners'], 60), merges, (tries, merged) => {
        const graph = openReferralGraph();
        let edges: Edge[] = [];
        const now = new Map<string, string>();
        const stands = (id: string): string => (now.has(id) ? stands(now.get(id)!) : id);
        tries.forEach(([edge, passes], place) => {
          for (const [a, b, when] of merged) {
            const [loser, survivor] = [`account:${a}`, stands(`account:${b}`)];
            if (when !== place || now.has(loser) || survivor === loser) continue;
            graph.merge(loser, survivor);
            now.set(loser, survivor);
            const moved = edges.map((it) => ({ ...it, from: stands(it.from), to: stands(it.to) }));
            edges = [
              ...new Map(moved.filter((it) => it.from !== it.to).map((it) => [JSON.stringify(it), it])).values(),
            ];
          }
          const seen = { ...edge, from: stands(edge.from), to: stands(edge.to) };
          const expected = seen.from === seen.to ? 'loop' : expectedAnswer(edges, seen);
          expect(graph.check(edge.from, edge.to, edge.program)).toBe(expected);
          expect(graph.add(edge.from, edge.to, edge.program)).toBe(expected);
          const admits = passes && expected === 'review';
          if (admits) graph.admit(edge.from, edge.to, edge.program);
          const isNew = !edges.some((it) => it.from === seen.from && it.to === seen.to && it.program === seen.program);
          if (isNew && (expected === 'accepted' || admits)) edges.push(seen);
        });
        expect(graph.edges).toBe(edges.length);
      }),
      { numRuns },
    );
  });

  it('answers as the naive walk does in one program of 40 parties, where searches are long', () => {
    fc.assert(
      fc.property(attempts(40, ['main'], 150), (tries) => {
        const graph = openReferralGraph();
        const edges: Edge[] = [];
        for (const [edge] of tries) {
          const expected = expectedAnswer(edges, edge);
          expect(graph.add(edge.from, edge.to, edge.program)).toBe(expected);
          if (expected === 'accepted') edges.push(edge);
        }
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it('long searches agree with Kahn: what was accepted of 20,000 random edges can be emptied, what was refused not added', () => {
    const graph = openReferralGraph();
    const accepted: [number, number][] = [];
    const refused: [number, number][] = [];
    let state = 7;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * 5000);
    };
    for (let i = 0; i < 20_000; i++) {
      const edge: [number, number] = [next(), next()];
      (graph.add(`${edge[0]}`, `${edge[1]}`, 'main') === 'accepted' ? accepted : refused).push(edge);
    }
    expect(isAcyclic(accepted)).toBe(true);
    expect(refused.length).toBeGreaterThan(1000);
    for (const edge of refused.slice(0, 40)) expect(isAcyclic([...accepted, edge])).toBe(false);
  });
});

/** Kahn's algorithm. */
function isAcyclic(edges: readonly (readonly [number, number])[]): boolean {
  const into = new Map<number, number>();
  const out = new Map<number, number[]>();
  for (const [from, to] of edges) {
    into.set(to, (into.get(to) ?? 0) + 1);
    into.set(from, into.get(from) ?? 0);
    out.set(from, [...(out.get(from) ?? []), to]);
  }
  const free = [...into].filter(([, count]) => count === 0).map(([node]) => node);
  for (const node of free) {
    for (const to of out.get(node) ?? []) {
      into.set(to, into.get(to)! - 1);
      if (into.get(to) === 0) free.push(to);
    }
  }
  return free.length === into.size;
}
