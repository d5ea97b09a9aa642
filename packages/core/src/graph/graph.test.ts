import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closesLoop } from './closes-loop.ts';
import { ultimateParent } from './ultimate-parent.ts';

describe('loops of referrals', () => {
  const graph = new Map([
    ['b', ['a']],
    ['c', ['b']],
    ['d', ['b', 'c']],
  ]);

  it('sees oneself, two and more steps, and lets the rest pass', () => {
    expect(closesLoop(graph, 'a', 'a')).toBe(true);
    expect(closesLoop(graph, 'b', 'a')).toBe(true);
    expect(closesLoop(graph, 'd', 'a')).toBe(true);
    expect(closesLoop(graph, 'a', 'd')).toBe(false);
    expect(closesLoop(graph, 'x', 'a')).toBe(false);
  });

  it('a graph grown through the check never holds a circle', () => {
    const edge = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), (edges) => {
        const grown = new Map<string, string[]>();
        for (const [from, to] of edges.map(([a, b]) => [`${a}`, `${b}`] as const)) {
          if (!closesLoop(grown, from, to)) grown.set(to, [...(grown.get(to) ?? []), from]);
        }
        expect(isAcyclic(grown)).toBe(true);
      }),
    );
  });

  it('ends on a circle that was there before, and on a chain of 100,000', () => {
    expect(
      closesLoop(
        new Map([
          ['a', ['b']],
          ['b', ['a']],
        ]),
        'a',
        'x',
      ),
    ).toBe(false);
    const chain = new Map(Array.from({ length: 100_000 }, (_, i) => [`${i + 1}`, [`${i}`]] as const));
    expect(closesLoop(chain, '100000', '0')).toBe(true);
  });
});

/** Kahn's algorithm: an acyclic graph can be emptied by removing nodes without incoming edges. */
function isAcyclic(graph: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Map([...graph].map(([node, from]) => [node, new Set(from)]));
  for (;;) {
    const free = [...left].flatMap(([node, from]) => ([...from].some((it) => left.has(it)) ? [] : [node]));
    if (free.length === 0) return left.size === 0;
    for (const node of free) left.delete(node);
  }
}

describe('ultimate parent', () => {
  it('climbs to the top, and agrees for all members of a circle', () => {
    const parents = new Map([
      ['c', 'b'],
      ['b', 'a'],
      ['x', 'y'],
      ['y', 'z'],
      ['z', 'y'],
    ]);
    expect(ultimateParent(parents, 'c')).toBe('a');
    expect(ultimateParent(parents, 'a')).toBe('a');
    expect(['x', 'y', 'z'].map((it) => ultimateParent(parents, it))).toEqual(['y', 'y', 'y']);
  });
});
