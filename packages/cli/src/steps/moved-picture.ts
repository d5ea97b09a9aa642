import { type AccountLine, FEATURES } from '@holdfast/core';
import type { MovedAccount, MovedPicture } from '../report/report-pictures.ts';

/** Points of the score that count as a movement, and accounts that the page names. */
const LEAST_POINTS = 5;
const SHOWN = 12;

/** Collects whose score or band moved since the one on the record, and what moved it where that is known. */
export function movedPicture() {
  const counts = { compared: 0, otherBand: 0, otherScore: 0, otherModel: 0 };
  const evidence = new Map<string, { from: string; to: string; accounts: number }>();
  const largest: MovedAccount[] = [];
  return {
    add: (line: AccountLine): void => {
      const { before, movement } = line;
      if (movement?.modelVersion) counts.otherModel += 1;
      if (movement?.evidence) noteEvidence(evidence, movement.evidence);
      if (before.band === null) return;
      counts.compared += 1;
      const otherBand = before.band !== line.band;
      const points = (line.healthScore ?? 0) - (before.healthScore ?? 0);
      const otherScore = line.healthScore !== null && before.healthScore !== null && Math.abs(points) >= LEAST_POINTS;
      if (otherBand) counts.otherBand += 1;
      if (otherScore) counts.otherScore += 1;
      if (otherBand || otherScore) keepLargest(largest, movedAccount(line));
    },
    finish: (): MovedPicture => ({
      ...counts,
      rows: [...largest].sort((a, b) => pointsOf(a) - pointsOf(b) || a.name.localeCompare(b.name)),
      evidence: [...evidence.values()],
    }),
  };
}

function noteEvidence(
  all: Map<string, { from: string; to: string; accounts: number }>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const sum = all.get(`${from} ${to}`) ?? { from, to, accounts: 0 };
  sum.accounts += 1;
  all.set(`${from} ${to}`, sum);
}

function movedAccount({ name, before, band, healthScore, movement }: AccountLine): MovedAccount {
  return {
    name,
    from: { band: before.band, score: before.healthScore },
    to: { band, score: healthScore },
    split: movement
      ? {
          total: movement.total,
          inputs: movement.inputs,
          model: movement.model,
          time: movement.time,
          drivers: movement.drivers.slice(0, 3).map(({ feature }) => titleOf(feature)),
        }
      : null,
  };
}

const titleOf = (feature: string): string => FEATURES.find(({ id }) => id === feature)?.title ?? feature;

const pointsOf = ({ from, to }: MovedAccount): number => (to.score ?? 0) - (from.score ?? 0);

/** The list never grows beyond what is shown. */
function keepLargest(largest: MovedAccount[], row: MovedAccount): void {
  const size = (it: MovedAccount) => Math.abs(pointsOf(it));
  largest.push(row);
  largest.sort((a, b) => size(b) - size(a) || a.name.localeCompare(b.name));
  if (largest.length > SHOWN) largest.pop();
}
