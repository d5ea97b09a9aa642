import type { FaultKind, FaultPlan } from './faults.ts';
import { hashedRandom } from './seeded-random.ts';

/** Share of requests, 0 to 1, that suffer each kind of fault. Shares add up; what is left over goes well. */
export type FaultRates = Readonly<Partial<Record<FaultKind, number>>>;

/**
 * A plan that draws each request's fate from the seed and the request's number alone: two runs that send the same
 * requests in the same order suffer the same faults. A request after `calmAfter` requests suffers none, so that a run
 * can be seen to settle.
 */
export function seededFaults(seed: number, rates: FaultRates, calmAfter = Number.POSITIVE_INFINITY): FaultPlan {
  const kinds = Object.entries(rates) as [FaultKind, number][];
  return {
    next(request) {
      if (request.number > calmAfter) return undefined;
      let left = hashedRandom(seed, request.number);
      for (const [kind, share] of kinds) {
        if (left < share) return kind;
        left -= share;
      }
      return undefined;
    },
  };
}

/** A plan that asks several plans in turn and takes the first fault. Every plan sees every request. */
export function firstFault(...plans: readonly FaultPlan[]): FaultPlan {
  return {
    next(request) {
      const answers = plans.map((plan) => plan.next(request));
      return answers.find((answer) => answer !== undefined);
    },
  };
}
