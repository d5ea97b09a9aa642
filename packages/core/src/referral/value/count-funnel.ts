import type { ShareFigure } from '../../metrics/figure.ts';
import type { ReferralState } from '../../model/types.ts';
import { wilson } from '../../stats/calibration/index.ts';
import { lastStep } from '../claims/last-step.ts';
import { cameToNothing } from '../claims/transitions.ts';
import type { ReasonCode } from '../entities/reason-code.ts';
import type { ReferralClaim } from '../entities/referral.ts';

/** The steps of a claim that goes well, in order. `accepted` holds the influenced too. */
export const FUNNEL_STEPS = [
  'submitted',
  'accepted',
  'contacted',
  'qualified',
  'opportunity',
  'won',
  'retained',
] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** How many claims came how far, and where they stand. */
export interface ReferralFunnel {
  readonly steps: readonly {
    readonly step: FunnelStep;
    /** Claims that came at least so far, whatever became of them; a step that was skipped counts as passed. */
    readonly reached: number;
    /** Of those that reached the step before, with a 90 % interval (Wilson). */
    readonly ofPrevious: ShareFigure;
  }[];
  /** Claims by the state in which they are; states without a claim are left out. */
  readonly states: Readonly<Partial<Record<ReferralState, number>>>;
  /** Claims that go no further, by the last step that they reached and why; in the order of steps, the most frequent first. */
  readonly fell: readonly FallenClaims[];
}

export interface FallenClaims {
  readonly after: FunnelStep;
  readonly state: ReferralState;
  /** Of the change that brought them there. */
  readonly reason: ReasonCode;
  readonly count: number;
}

/** Counts claims by how far they came and where they stand. */
export function countFunnel(claims: readonly ReferralClaim[]): ReferralFunnel {
  const furthest = claims.map(furthestStep);
  const reached = FUNNEL_STEPS.map((_, step) => furthest.filter((it) => it >= step).length);
  const states: Partial<Record<ReferralState, number>> = {};
  for (const { state } of claims) states[state] = (states[state] ?? 0) + 1;
  const steps = FUNNEL_STEPS.map((step, i) => ({
    step,
    reached: reached[i]!,
    ofPrevious: share(reached[i]!, i === 0 ? claims.length : reached[i - 1]!),
  }));
  return { steps, states, fell: countFallen(claims, furthest) };
}

function countFallen(claims: readonly ReferralClaim[], furthest: readonly number[]): readonly FallenClaims[] {
  const groups = new Map<string, FallenClaims & { readonly step: number }>();
  claims.forEach((claim, place) => {
    const { state } = claim;
    if (!cameToNothing(state) && state !== 'reversed') return;
    const step = furthest[place]!;
    const reason = lastStep(claim)?.reason ?? 'accepted';
    const name = `${step} ${state} ${reason}`;
    const count = (groups.get(name)?.count ?? 0) + 1;
    groups.set(name, { after: FUNNEL_STEPS[step]!, state, reason, count, step });
  });
  const named = [...groups].sort(([a, one], [b, two]) => {
    return one.step - two.step || two.count - one.count || (a < b ? -1 : 1);
  });
  return named.map(([, { after, state, reason, count }]) => ({ after, state, reason, count }));
}

/** Other states that prove a step: a lost claim had an opportunity, one that was reversed had been won. */
const PROVES: Readonly<Partial<Record<ReferralState, FunnelStep>>> = {
  influenced: 'accepted',
  lost: 'opportunity',
  reopened: 'opportunity',
  reversed: 'won',
};

function furthestStep({ state, history }: ReferralClaim): number {
  const steps = [state, ...history.map((it) => it.to)].map((it) =>
    FUNNEL_STEPS.indexOf((PROVES[it] ?? it) as FunnelStep),
  );
  return Math.max(0, ...steps);
}

function share(part: number, of: number): ShareFigure {
  if (of === 0) return { value: null, n: 0, reason: 'no claim came so far', interval: null };
  const { low, high } = wilson(part, of, 0.9);
  return { value: part / of, n: of, reason: null, interval: [low, high] };
}
