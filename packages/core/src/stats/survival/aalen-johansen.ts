import { type FitRefusal, refuseFit } from '../fit.ts';
import { buildRiskTable, type RiskTable } from './risk-table.ts';
import { checkSpells, type Spells } from './spells.ts';
import { lastStepAt } from './survival-curve.ts';

/** How one of several competing outcomes builds up, one entry per distinct time. */
export interface Incidence {
  /** Share that has had this outcome by `time`, 0 to 1. */
  readonly share: readonly number[];
  readonly standardError: readonly number[];
}

/** Shares in each state over time: still there, or gone by outcome 1, 2, ...; they add up to 1. */
export interface CompetingIncidence {
  readonly fitted: true;
  readonly rows: number;
  readonly time: readonly number[];
  readonly atRisk: readonly number[];
  readonly survival: readonly number[];
  /** `outcomes[k - 1]` belongs to `event === k`. */
  readonly outcomes: readonly Incidence[];
}

/**
 * The Aalen-Johansen estimate for competing outcomes (`event` 0: censored, k: outcome k): each event time moves S(t-) d_k/n
 * into outcome k. Standard errors are the delta method over the hazard increments with their multinomial covariance; where
 * all rows are watched from the start and none repeats a subject that equals the infinitesimal jackknife. Refused: no rows, no events, values
 * out of range. Sources: Aalen and Johansen 1978, Scand. J. Statist. 5:141; Betensky and Schoenfeld 2001, Biometrics 57:282.
 */
export function fitAalenJohansen(spells: Spells, outcomes: number): CompetingIncidence | FitRefusal {
  const refusal = checkSpells(spells, outcomes);
  if (refusal) return refusal;
  const table = buildRiskTable(spells, outcomes);
  if (!table.events.some((count) => count > 0))
    return refuseFit('no-events', 'No row has an outcome: every share stays at 0 and its error is not known.');
  const survival = new Float64Array(table.time.length);
  let share = 1;
  for (let s = 0; s < survival.length; s++) {
    share = table.events[s]! < table.atRisk[s]! ? share * (1 - table.events[s]! / table.atRisk[s]!) : 0;
    survival[s] = share;
  }
  return {
    fitted: true,
    rows: spells.time.length,
    time: [...table.time],
    atRisk: [...table.atRisk],
    survival: [...survival],
    outcomes: table.byOutcome.map((events) => buildUp(table, survival, events)),
  };
}

/** The share in each outcome at `time`: 0 before the first time, the last step held after the last. */
export function incidenceAt(
  fit: CompetingIncidence,
  time: number,
): readonly { share: number; standardError: number }[] {
  const step = lastStepAt(fit.time, time);
  return fit.outcomes.map(({ share, standardError }) =>
    step < 0 ? { share: 0, standardError: 0 } : { share: share[step]!, standardError: standardError[step]! },
  );
}

/**
 * F(t) as a function of the increments at s has derivative S(s-) - Q for its own outcome and -Q for the others, with
 * Q = (F(t) - F(s)) / (1 - d/n). The sums below are of var(t) expanded in powers of F(t), so that one pass serves all t.
 */
function buildUp(table: RiskTable, survival: Float64Array, own: Float64Array): Incidence {
  const share: number[] = [];
  const standardError: number[] = [];
  let f = 0;
  let [own2, cross0, cross1, all0, all1, all2] = [0, 0, 0, 0, 0, 0];
  for (let s = 0; s < survival.length; s++) {
    const n = table.atRisk[s]!;
    const d = table.events[s]!;
    if (d > 0) {
      const before = s > 0 ? survival[s - 1]! : 1;
      const k = own[s]!;
      f += (before * k) / n;
      own2 += (before * before * k * (n - k)) / n ** 3;
      if (d < n) {
        const cross = (before * k) / n ** 2; // S(s-) V_k. / (1 - d/n)
        const all = d / (n * (n - d)); // V.. / (1 - d/n)^2
        cross0 += cross;
        cross1 += cross * f;
        all0 += all;
        all1 += all * f;
        all2 += all * f * f;
      }
    }
    const variance = own2 - 2 * (f * cross0 - cross1) + f * f * all0 - 2 * f * all1 + all2;
    share.push(f);
    standardError.push(Math.sqrt(Math.max(0, variance)));
  }
  return { share, standardError };
}
