import { describe, expect, it } from 'vitest';
import { createRandom } from '../../stats/random/index.ts';
import { accountFolds } from './account-folds.ts';
import type { Challenger, ChallengerRows } from './challenger.ts';
import { type ChallengerOptions, fitChallenger } from './fit-challenger.ts';
import { challengerParts, challengerRisks } from './predict-challenger.ts';

/** `accounts` accounts of two decisions each; the first column drives loss, the second does not, gaps in the third do too. */
function book(accounts: number, drive = 1.5, seed = 5): ChallengerRows {
  const random = createRandom(seed);
  const x: number[] = [];
  const lost: number[] = [];
  const cluster: number[] = [];
  for (let account = 0; account < accounts; account++) {
    for (let k = 0; k < 2; k++) {
      const a = random.normal();
      const gap = random.uniform() < 0.2;
      x.push(a, random.normal(), gap ? Number.NaN : random.normal());
      lost.push(random.uniform() < 1 / (1 + Math.exp(0.5 - drive * (gap ? a + 0.7 : a))) ? 1 : 0);
      cluster.push(account);
    }
  }
  return {
    x: Float64Array.from(x),
    lost: Uint8Array.from(lost),
    weight: new Float64Array(lost.length).fill(1),
    cluster: Int32Array.from(cluster),
    names: ['usage', 'noise', 'survey'],
  };
}

function fitted(rows: ChallengerRows, options?: ChallengerOptions): Challenger {
  const model = fitChallenger(rows, options);
  if (!model.fitted) throw new Error(model.message);
  return model;
}

describe('fitChallenger', () => {
  it('drivers and intercept add up to the log-odds of every row to 1e-9', () => {
    const rows = book(1000);
    const model = fitted(rows);
    challengerRisks(model, rows.x).forEach((risk, i) => {
      const parts = challengerParts(model, rows.x.subarray(i * 3, i * 3 + 3));
      const sum = parts.reduce((total, part) => total + part.logOdds, model.intercept);
      expect(Math.abs(sum - Math.log(risk / (1 - risk)))).toBeLessThan(1e-9);
    });
    for (let j = 0; j < 3; j++) {
      const parts = Array.from(
        rows.lost,
        (_, i) => challengerParts(model, rows.x.subarray(i * 3, i * 3 + 3))[j]!.logOdds,
      );
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) / parts.length)).toBeLessThan(1e-9);
    }
    expect(model.drivers.map((driver) => driver.name)).toEqual(['usage', 'noise', 'survey']);
  });

  it("is calibrated on accounts that it never saw: within three standard errors of their losses (the book's own truth)", () => {
    const model = fitted(book(2000));
    const fresh = book(2000, 1.5, 99);
    const risks = challengerRisks(model, fresh.x);
    for (const [low, high] of [
      [0, 0.2],
      [0.2, 0.5],
      [0.5, 0.8],
      [0.8, 1],
    ] as const) {
      const among = [...risks.keys()].filter((i) => risks[i]! >= low && risks[i]! < high);
      const expected = among.reduce((sum, i) => sum + risks[i]!, 0);
      const variance = among.reduce((sum, i) => sum + risks[i]! * (1 - risks[i]!), 0);
      const seen = among.reduce((sum, i) => sum + fresh.lost[i]!, 0);
      // and a tenth for what 4,000 rows cannot tell
      expect(Math.abs(seen - expected)).toBeLessThan(3 * Math.sqrt(variance) + 0.1 * expected);
    }
  });

  it('a book without a signal ends close to its base rate: no risk moves far from it', () => {
    const rows = book(1500, 0);
    const rate = rows.lost.reduce((sum, it) => sum + it, 0) / rows.lost.length;
    const model = fitted(rows);
    expect(model.rounds).toBeLessThan(fitted(book(1500)).rounds);
    for (const risk of challengerRisks(model, rows.x)) expect(Math.abs(risk - rate)).toBeLessThan(0.1);
  });

  it('the same rows and seed give the same bytes, and JSON keeps the model', () => {
    const rows = book(800);
    const once = JSON.stringify(fitted(rows, { minOutcomes: 100 }));
    expect(JSON.stringify(fitted(rows, { minOutcomes: 100 }))).toBe(once);
    expect(challengerRisks(JSON.parse(once), rows.x)).toEqual(
      challengerRisks(fitted(rows, { minOutcomes: 100 }), rows.x),
    );
  });

  it('refuses below 500 accounts of either kind unless told otherwise, and says how many there are', () => {
    const rows = book(300);
    const refusal = fitChallenger(rows);
    expect(refusal).toMatchObject({ fitted: false, problem: 'no-events' });
    expect(refusal).toMatchObject({ message: expect.stringContaining('500') });
    expect(fitChallenger(rows, { minOutcomes: 50 }).fitted).toBe(true);
  });

  it.each([
    ['no rows', { ...book(0) }, 'no-rows'],
    ['one class', { ...book(600), lost: new Uint8Array(1200) }, 'one-class'],
    ['one class once weights of 0 are left out', onlyKept(), 'one-class'],
    ['a column that is the outcome', leaking(), 'separable'],
    ['a name too few', { ...book(10), names: ['usage'] }, 'out-of-range'],
    ['infinity', { ...book(1), x: new Float64Array(6).fill(Number.POSITIVE_INFINITY) }, 'not-finite'],
  ] as const)('refuses %s', (_, rows, problem) => {
    expect(fitChallenger(rows, { minOutcomes: 100 })).toMatchObject({ fitted: false, problem });
  });

  it('progress climbs to 1 over all fits; an aborted signal cancels', () => {
    const shares: number[] = [];
    fitted(book(300), { minOutcomes: 50, control: { onProgress: (share) => shares.push(share) } });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const signal = { aborted: true };
    expect(fitChallenger(book(300), { minOutcomes: 50, control: { signal } })).toMatchObject({ problem: 'cancelled' });
  });
});

describe('accountFolds', () => {
  it('an account lies in one fold, and every fold has its share of the lost', () => {
    const { cluster, lost } = book(500);
    const folds = accountFolds(cluster, lost, 5, 1);
    const foldOf = new Map<number, number>();
    const ever = [0, 0, 0, 0, 0];
    folds.forEach((fold, i) => {
      expect(foldOf.get(cluster[i]!) ?? fold).toBe(fold);
      foldOf.set(cluster[i]!, fold);
    });
    const gone = new Set([...cluster].filter((_, i) => lost[i] === 1));
    for (const account of gone) ever[foldOf.get(account)!]!++;
    expect(Math.max(...ever) - Math.min(...ever)).toBeLessThanOrEqual(1);
  });
});

function onlyKept(): ChallengerRows {
  const rows = book(600);
  return { ...rows, weight: Float64Array.from(rows.lost, (it) => 1 - it) };
}

function leaking(): ChallengerRows {
  const rows = book(600);
  return { ...rows, x: rows.x.map((value, at) => (at % 3 === 1 ? rows.lost[Math.floor(at / 3)]! : value)) };
}
