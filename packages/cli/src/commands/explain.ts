import type { AccountSlice, ScoredAccount } from '@holdfast/core';
import type { RunCommand } from '../commands.ts';
import { UserError } from '../failure.ts';
import { money } from '../report/format.ts';
import { withSession } from '../session/session.ts';
import { lastPull, scoreStep } from '../steps/score-step.ts';

/** `holdfast explain ACCOUNT`: every driver with its value, its part in the score, and what is not known. */
export const explain: RunCommand = async (input) =>
  withSession(input, 'explain', async (session) => {
    const [wanted = ''] = input.positional;
    const pulled = lastPull(session);
    const found: { slice: AccountSlice; scored: ScoredAccount }[] = [];
    await scoreStep(session, {
      pulled,
      asOf: pulled.asOf,
      keep: false,
      onScored: (slice, scored) => {
        if (slice.account.id === wanted || slice.account.name === wanted) found.push({ slice, scored });
      },
    });
    const [one] = found;
    if (!one)
      throw new UserError(
        'not-found',
        `No scored account has the id or the exact name "${wanted}": \`holdfast score --json\` lists the largest, scores.json in the runs folder lists all.`,
      );
    if (found.length > 1)
      throw new UserError(
        'ambiguous',
        `${found.length} accounts have that name: use an id, ${found.map(({ slice }) => slice.account.id).join(' or ')}.`,
      );
    const { score, facts } = one.scored;
    return {
      exitCode: 0,
      json: { id: one.slice.account.id, name: one.slice.account.name, score, facts },
      text: explainText(one.slice, score),
    };
  });

const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

function explainText({ account }: AccountSlice, score: ScoredAccount['score']): string {
  const [low, high] = score.interval;
  const width = Math.max(0, ...score.drivers.map(({ title }) => title.length));
  const drivers = score.drivers.map(
    ({ title, value, logOdds, probability }) =>
      `  ${title.padEnd(width)}  ${String(Math.round(value * 100) / 100).padStart(8)}  ${(logOdds >= 0 ? '+' : '') + logOdds.toFixed(2)} log-odds, ${probability >= 0 ? '+' : ''}${(probability * 100).toFixed(1)} points of risk`,
  );
  return [
    `${account.name ?? account.id} (${account.id})`,
    `Score ${score.healthScore ?? 'not given: too little is known'}, ${score.band.replaceAll('_', ' ')}${score.bandSince ? ` since ${score.bandSince}` : ''}; model ${score.modelVersion}.`,
    `Chance of loss within ${score.horizonDays} days: ${percent(score.churnProbability)} (90 % interval ${percent(low)} to ${percent(high)}); confidence ${score.confidence}: the weights are assumptions.`,
    `Revenue at risk in that time: ${score.revenueAtRisk ? money(score.revenueAtRisk) : 'value not known'}.`,
    `Known: ${percent(score.coverage)} of the model's drivers.`,
    `Base ${score.baseLogOdds.toFixed(2)} log-odds, and then:`,
    ...drivers,
    `  = ${score.logOdds.toFixed(2)} log-odds`,
    ...(score.missing.length > 0 ? [`Not known, so neutral: ${score.missing.join(', ')}.`] : []),
    `Next: ${score.nextStep}`,
  ].join('\n');
}
