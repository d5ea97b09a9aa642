import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawnIntroduction, LAYOUT_ROOM, layoutGraph } from './layout-graph.ts';

const lines = (...pairs: readonly string[]): DrawnIntroduction[] =>
  pairs.map((pair, at) => ({ referrerId: pair[0]!, referredId: pair[1]!, at, state: 'won' }));

describe('layout of the referral graph', () => {
  it('by hand: a referrer stands in the middle of those it introduced, the larger branch above', () => {
    const { chains, more } = layoutGraph(lines('ac', 'ab', 'bd', 'be'));
    expect(more).toEqual({ chains: 0, parties: 0 });
    expect(chains).toHaveLength(1);
    expect(chains[0]).toMatchObject({ rootId: 'a', parties: 5, steps: 2, rows: 3 });
    expect(chains[0]?.places).toEqual([
      { kind: 'party', id: 'a', layer: 0, row: 1.25, below: 4 },
      { kind: 'party', id: 'b', layer: 1, row: 0.5, below: 2 },
      { kind: 'party', id: 'c', layer: 1, row: 2, below: 0 },
      { kind: 'party', id: 'd', layer: 2, row: 0, below: 0 },
      { kind: 'party', id: 'e', layer: 2, row: 1, below: 0 },
    ]);
  });

  it('the largest chain first; what has no room is summed up: and 2 more, and 1 chain of 2 parties', () => {
    const room = { ...LAYOUT_ROOM, chains: 2, referredOfOne: 1 };
    const { chains, more } = layoutGraph(lines('uv', 'ab', 'ac', 'ad', 'xy', 'yz'), room);
    expect(chains.map((it) => [it.rootId, it.parties])).toEqual([
      ['a', 4],
      ['x', 3],
    ]);
    expect(chains[0]?.places).toContainEqual({ kind: 'more', referrerId: 'a', layer: 1, row: 1, count: 2 });
    expect(more).toEqual({ chains: 1, parties: 2 });
  });

  it('beyond the last step the rest of a chain is one place: and 3 more', () => {
    const { chains } = layoutGraph(lines('ab', 'bc', 'cd', 'de', 'ef'), { ...LAYOUT_ROOM, steps: 2 });
    expect(chains[0]?.places.at(-1)).toEqual({ kind: 'more', referrerId: 'c', layer: 3, row: 0, count: 3 });
    expect(chains[0]?.steps).toBe(5);
  });

  it('a chain of 9 parties with room for 4: step by step, the rest is counted under whoever introduced it', () => {
    const room = { ...LAYOUT_ROOM, partiesOfChain: 4 };
    const { chains } = layoutGraph(lines('ab', 'ac', 'bd', 'be', 'cf', 'dg', 'gh', 'gi'), room);
    const drawn = chains[0]?.places.map((it) => (it.kind === 'party' ? it.id : `${it.referrerId}+${it.count}`));
    // b leads to 5 parties, c to 1; of b's the branch of d is the largest
    expect(drawn).toEqual(['a', 'b', 'c', 'd', 'b+1', 'c+1', 'd+3']);
  });

  it('a second introduction of the same party is a line beside the picture; a circle is cut at its latest line', () => {
    const { chains } = layoutGraph(lines('ab', 'ac', 'bc', 'ca'));
    expect(chains).toHaveLength(1);
    expect(chains[0]?.lines.map((it) => [it.from + it.to, it.kind])).toEqual([
      ['ab', 'first'],
      ['ac', 'first'],
      ['bc', 'also'],
      ['ca', 'also'],
    ]);
  });

  it('whatever the graph: no two places on one spot, everybody drawn or counted, the same in any order of the rows', () => {
    const party = fc.nat(25).map((it) => String.fromCharCode(97 + it));
    const introduction = fc.record({ referrerId: party, referredId: party, at: fc.nat(9), state: fc.constant('won') });
    const room = { chains: 2, referredOfOne: 2, steps: 2, partiesOfChain: 5 };
    fc.assert(
      fc.property(fc.array(introduction, { maxLength: 60 }), (introductions) => {
        const layout = layoutGraph(introductions, room);
        const parties = new Set(introductions.flatMap((it) => [it.referrerId, it.referredId]));
        let counted = layout.more.parties;
        for (const { places, rows } of layout.chains) {
          expect(new Set(places.map((it) => `${it.layer}/${it.row}`)).size).toBe(places.length);
          expect(places.every((it) => it.row >= 0 && it.row < rows)).toBe(true);
          for (const it of places) counted += it.kind === 'party' ? 1 : it.count;
        }
        expect(counted).toBe(parties.size);
        expect(layoutGraph([...introductions].reverse(), room)).toEqual(layout);
      }),
    );
  });
});
