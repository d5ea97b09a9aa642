import type { CoxRows } from './cox-rows.ts';
import type { CoxTerms } from './cox-terms.ts';

/** By place: the sum of the group hazards lived through; an event is spared part of its own group's. `factor`: by group. */
export function computeExposures(rows: CoxRows, terms: CoxTerms, factor?: Float64Array): Float64Array {
  const { groups, start, events, opens, leavesAt } = rows;
  const hazard = new Float64Array(groups);
  for (let g = 0; g < groups; g++) if (events[g]! > 0) hazard[g] = terms.hazard[g]! * (factor ? factor[g]! : 1);
  const late = leavesAt.length > 0;
  const tree = late ? sumTree(hazard) : hazard;
  const exposure = new Float64Array(rows.count);
  let lived = 0;
  let end = groups;
  for (let g = groups - 1; g >= 0; g--) {
    lived += hazard[g]!;
    const spared = events[g]! > 0 ? terms.spared[g]! * (factor ? factor[g]! : 1) : 0;
    for (let place = start[g]!; place < start[g + 1]!; place++) {
      const whole = late ? sumRange(tree, g, Math.min(leavesAt[place]!, end)) : lived;
      exposure[place] = whole - (place < start[g]! + events[g]! ? spared : 0);
    }
    if (!opens[g]) continue;
    lived = 0;
    end = g;
  }
  return exposure;
}

/** Sums over ranges without differences of running sums, in which a large hazard early on would drown a small one later. */
function sumTree(values: Float64Array): Float64Array {
  const size = values.length;
  const tree = new Float64Array(2 * size);
  tree.set(values, size);
  for (let node = size - 1; node > 0; node--) tree[node] = tree[2 * node]! + tree[2 * node + 1]!;
  return tree;
}

/** The sum of entries `from` up to, not including, `to`. */
function sumRange(tree: Float64Array, from: number, to: number): number {
  const size = tree.length / 2;
  let sum = 0;
  for (let left = from + size, right = to + size; left < right; left >>= 1, right >>= 1) {
    if (left & 1) sum += tree[left++]!;
    if (right & 1) sum += tree[--right]!;
  }
  return sum;
}
