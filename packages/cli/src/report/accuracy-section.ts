import { evidenceText, FEATURES } from '@holdfast/core';
import { chance, count, escapeHtml } from '../text/format.ts';
import { calibrationChart } from './calibration-chart.ts';
import { emptyLine, factList, figureTable, percent, sentences } from './html.ts';
import type { ReportCard } from './report-card.ts';

type Estimate = { readonly value: number; readonly low: number; readonly high: number };

/** How far the score was right, model by model: counts and figures, no name of an account or a person. */
export function accuracySection(cards: readonly ReportCard[]): string {
  if (cards.length === 0)
    return emptyLine('The score was not yet held against what really happened: run `holdfast backtest`.');
  return cards.map(cardPart).join('');
}

function cardPart(card: ReportCard): string {
  return `<article class="card"><h3>${card.model === 'contract' ? 'Contract accounts' : 'Order-based accounts'}</h3>
<p class="verdict ${card.verdict === 'passes' ? 'good' : 'open'}">${escapeHtml(card.summary)}</p>
${factList(facts(card))}
${contenders(card)}
${calibration(card)}
${contradicted(card)}
${sentences(remarks(card))}</article>`;
}

function facts({ outcomes, evidence, leadDays, history, topTenth }: ReportCard) {
  const { baseRate } = outcomes;
  return [
    { label: 'decisions known', value: count(outcomes.decisions) },
    { label: 'lost', value: `${count(outcomes.losses)}${baseRate === null ? '' : ` (${percent(baseRate)})`}` },
    { label: 'kept but smaller', value: count(outcomes.contractions) },
    { label: 'still pending', value: count(outcomes.pending) },
    { label: 'numbers are', value: evidenceText(evidence, outcomes.decisions) },
    { label: 'seen before the decision', value: `${leadDays} days` },
    {
      label: 'history',
      value: history.fromOn === null ? 'none' : `${history.fromOn.slice(0, 7)} to ${history.toOn?.slice(0, 7) ?? ''}`,
    },
    ...(topTenth?.lossesCaptured == null
      ? []
      : [{ label: 'losses in the top tenth', value: percent(topTenth.lossesCaptured, 0) }]),
    ...(topTenth?.revenueCaptured == null
      ? []
      : [{ label: 'lost revenue in the top tenth', value: percent(topTenth.revenueCaptured, 0) }]),
  ];
}

function contenders({ rolling, test, testSlice }: ReportCard): string {
  const head = ['predicted by', 'log-loss', 'skill', 'Brier skill', 'AUC (90 %)'];
  const rows = (of: ReportCard['test']) =>
    of.map((it) => [
      it.contender,
      it.logLoss.toFixed(3),
      skill(it.logLossSkill),
      skill(it.brierSkill),
      estimate(it.auc, 2),
    ]);
  const size = (of: ReportCard['test']) =>
    of[0] ? `${count(of[0].decisions)} decisions, ${count(of[0].losses)} lost` : '';
  return [
    figureTable(
      `On decisions that it had not seen (${size(rolling)}). Skill: 0 is the base rate, 1 is perfect.`,
      head,
      rows(rolling),
    ),
    testSlice
      ? figureTable(`The latest of them, ${testSlice.fromOn} to ${testSlice.toOn} (${size(test)})`, head, rows(test))
      : '',
  ].join('');
}

function calibration({ calibration: all, untreated, leads: lines }: ReportCard): string {
  const part = (title: string, it: ReportCard['calibration'], beside: string) => {
    if (it === null || it.bins.length === 0) return beside;
    const slope = it.slope ? ` Slope ${estimate(it.slope, 2)}, where 1 is right.` : '';
    return `<h4>${title}</h4><p class="lead">Each dot is about as many decisions, lowest chances left; on the line, what was said is what happened. Bars: 90 % intervals (Wilson).${slope} Mean error ${percent(it.ece)}; luck alone shows ${percent(it.eceWhenPerfect)} at this size.</p><div class="pair"><div>${calibrationChart(it)}</div><div>${beside}</div></div>`;
  };
  return (
    part('What was said, and what happened', all, leads(lines)) +
    part('The same where nobody acted on the score', untreated, '')
  );
}

function leads(lines: ReportCard['leads']): string {
  const rows = lines.map((it) => [
    `${it.leadDays} days`,
    count(it.decisions),
    estimate(it.auc, 2),
    it.lossesCaptured === null ? 'not known' : percent(it.lossesCaptured, 0),
  ]);
  return figureTable(
    'How early it is known',
    ['before the decision', 'decisions', 'AUC (90 %)', 'losses in the top tenth'],
    rows,
  );
}

function contradicted({ contradicted: points }: ReportCard): string {
  const title = (feature: string) => FEATURES.find(({ id }) => id === feature)?.title ?? feature;
  const rows = points.map((it) => [
    title(it.feature),
    it.points.toFixed(2),
    estimate(it.weight, 2),
    chance(it.chanceWrongSign),
  ]);
  return figureTable(
    'Points that the outcomes argue against (log-odds)',
    ['driver', 'points', 'learned (90 %)', 'chance that the sign is wrong'],
    rows,
  );
}

function remarks({
  owners,
  challenger,
  leftOut,
  notes,
  redButKept,
  greenButLost,
  treatedDecisions,
  topTenth,
}: ReportCard): readonly string[] {
  return [
    `${count(redButKept)} stood red and were kept, ${count(greenButLost)} stood green and were lost; who, is in the private file only.`,
    ...(topTenth?.revenueNote ? [topTenth.revenueNote] : []),
    ...(owners
      ? [
          `Of ${count(owners.owners)} account managers ${count(owners.judged)} had ${owners.minDecisions} decisions or more: ${count(owners.moreLosses)} lost more than predicted and ${count(owners.fewerLosses)} fewer. By luck alone one in ten does.`,
        ]
      : []),
    ...(challenger ? [`Challenger: ${challenger.promoted ? 'promoted' : 'not promoted'}. ${challenger.reason}`] : []),
    ...(treatedDecisions > 0 ? [`${count(treatedDecisions)} decisions were acted on.`] : []),
    ...(leftOut.length > 0
      ? [`Left out: ${leftOut.map(({ reason, decisions }) => `${count(decisions)} ${reason}`).join('; ')}.`]
      : []),
    ...notes,
  ];
}

const skill = (value: number | null): string =>
  value === null ? 'not known' : value.toFixed(3).replace(/^-(0\.0+)$/, '$1');

function estimate(it: Estimate | null, decimals: number): string {
  if (it === null) return 'not known';
  return `${it.value.toFixed(decimals)} (${it.low.toFixed(decimals)} to ${it.high.toFixed(decimals)})`;
}
