import { type CalendarDay, dayFromNumber } from '../../model/dates.ts';
import { type FitControl, type FitRefusal, refuseFit } from '../../stats/fit.ts';
import { type FittedContraction, fitContraction } from '../posterior/fit-contraction.ts';
import { fitRetention } from '../posterior/fit-retention.ts';
import type { FittedRetention } from '../posterior/fitted-retention.ts';
import type { Scorecard } from '../scorecard.ts';
import type { DecisionRows } from '../training/decision-rows.ts';
import type { AccuracyCard, CardOmission, LeadLine } from './accuracy-card.ts';
import { cardCalibration } from './card-calibration.ts';
import { contenderFigures } from './contender-figures.ts';
import { contestChallenger } from './contest-challenger.ts';
import { contradictedPoints } from './contradicted-points.ts';
import { judge } from './judge.ts';
import { leadLine } from './lead-line.ts';
import { type OwnerLine, ownerCalibration, ownerLines } from './owner-calibration.ts';
import { type Rolled, rollForward } from './roll.ts';
import { redAndGreen, topTenth } from './top-tenth.ts';

/** What a backtest needs beside the rows: what was seen of the past, and what was left out of it. */
export interface BacktestScope {
  readonly on: CalendarDay;
  readonly leadDays: number;
  readonly pending: number;
  readonly leftOut: readonly CardOmission[];
  readonly byGraceDays: AccuracyCard['outcomes']['byGraceDays'];
  /** Why losses are believed to be missing from the records; `null`: they are not. */
  readonly lossesMissing: string | null;
  /** The same decisions seen from further away, nearest first. */
  readonly leads?: readonly { readonly leadDays: number; readonly rows: DecisionRows }[];
  readonly notes?: readonly string[];
  /** Let the additive challenger compete; default true. */
  readonly challenge?: boolean;
  readonly horizonDays?: number;
  readonly control?: FitControl;
}

/** A backtest: the card that may be shown, what is private, and the model fitted on all that is known. */
export interface Backtest {
  readonly fitted: true;
  readonly card: AccuracyCard;
  /** For the private file: indexes into the rows' accounts, and owners. */
  readonly redButKept: readonly number[];
  readonly greenButLost: readonly number[];
  readonly owners: readonly OwnerLine[];
  /** Fitted on every row: what the next scores may use. */
  readonly model: FittedRetention;
  /** The second model, of kept accounts that got smaller; `null`: no decision tells. */
  readonly contraction: FittedContraction | null;
}

/**
 * Holds a score against what really happened: walks forward through time, predicts each quarter from what was known
 * before it, and compares with the base rate, recency, days to the decision, the points as they stand and the score of
 * the quarter before. `null` figures mean that they cannot be told; the verdict says what is missing.
 */
export function backtest(rows: DecisionRows, card: Scorecard, scope: BacktestScope): Backtest | FitRefusal {
  const { on, control, horizonDays } = scope;
  const options = { fittedOn: on, ...(control && { control }), ...(horizonDays !== undefined && { horizonDays }) };
  const rolled = rollForward(rows, card, options);
  if (!rolled.fitted) return rolled;
  const model = fitRetention(rows, card, options);
  if (!model.fitted) return model;
  const contraction = fitContraction(rows, card, options);
  if (contraction && 'fitted' in contraction) return contraction;
  if (control?.signal?.aborted) return refuseFit('cancelled', 'The backtest was cancelled.');
  const { fitted: _, ...kept } = model;
  const { redButKept, greenButLost } = redAndGreen(rows, rolled.predictions.score, rolled.judged);
  const owners = ownerLines(rows, rolled.predictions.score, rolled.judged);
  return {
    fitted: true,
    card: buildCard(rows, card, scope, rolled, kept, { redButKept, greenButLost, owners }),
    ...{ redButKept, greenButLost, owners, model: kept, contraction },
  };
}

function buildCard(
  rows: DecisionRows,
  card: Scorecard,
  scope: BacktestScope,
  rolled: Rolled,
  model: FittedRetention,
  found: Pick<Backtest, 'redButKept' | 'greenButLost' | 'owners'>,
): AccuracyCard {
  const { predictions } = rolled;
  const latest = rolled.slices.at(-1) ?? null;
  const told = rolled.judged;
  const treated = rows.treated.reduce((sum, it) => sum + it, 0);
  const untreatedRows = told.filter((i) => rows.treated[i] === 0);
  const rolling = contenderFigures(rows, predictions, told);
  const calibration = cardCalibration(rows, predictions.score, told);
  const untreated = treated > 0 ? cardCalibration(rows, predictions.score, untreatedRows) : null;
  const shown = scope.lossesMissing === null;
  return {
    ...{ model: card.model, on: scope.on, evidence: model.evidence, leadDays: scope.leadDays },
    // Accounts that somebody saved are no errors of the score: its chances are judged where nobody acted (rule 9).
    ...judge({ rolling, calibration: untreated ?? calibration, lossesMissing: scope.lossesMissing }),
    outcomes: outcomesOf(rows, scope),
    history: historyOf(rows),
    testSlice: latest && { fromOn: dayFromNumber(latest.fromDay), toOn: dayFromNumber(latest.toDay) },
    // Where losses are missing every figure would be too good: none is given.
    test: shown && latest ? contenderFigures(rows, predictions, latest.test) : [],
    rolling: shown ? rolling : [],
    calibration: shown ? calibration : null,
    untreated: shown ? untreated : null,
    treatedDecisions: treated,
    topTenth: shown ? topTenth(rows, predictions.score, told) : null,
    leads: shown ? leadsOf(rows, card, scope, rolled) : [],
    contradicted: contradictedPoints(model, card),
    owners: shown ? ownerCalibration(found.owners) : null,
    redButKept: found.redButKept.length,
    greenButLost: found.greenButLost.length,
    challenger: shown && scope.challenge !== false ? contestChallenger(rows, rolled, scope.control) : null,
    leftOut: scope.leftOut,
    notes: [...(shown ? pointsBetter(rolling) : []), ...(scope.notes ?? [])],
  };
}

function outcomesOf(rows: DecisionRows, { pending, byGraceDays }: BacktestScope): AccuracyCard['outcomes'] {
  const losses = rows.lost.reduce((sum, it) => sum + it, 0);
  return {
    decisions: rows.count,
    losses,
    contractions: rows.contracted.reduce((sum, it) => sum + it, 0),
    pending,
    baseRate: rows.count > 0 ? losses / rows.count : null,
    byGraceDays,
  };
}

function historyOf({ count, decidesDay }: DecisionRows): AccuracyCard['history'] {
  if (count === 0) return { fromOn: null, toOn: null };
  const first = decidesDay.reduce((least, day) => Math.min(least, day), Infinity);
  const last = decidesDay.reduce((most, day) => Math.max(most, day), -Infinity);
  return { fromOn: dayFromNumber(first), toOn: dayFromNumber(last) };
}

function leadsOf(rows: DecisionRows, card: Scorecard, scope: BacktestScope, rolled: Rolled): readonly LeadLine[] {
  const own = leadLine(scope.leadDays, rows, rolled);
  const others = (scope.leads ?? []).flatMap(({ leadDays, rows: seen }) => {
    const further = rollForward(seen, card, { fittedOn: scope.on });
    return further.fitted ? [leadLine(leadDays, seen, further)] : [];
  });
  return [own, ...others].sort((a, b) => a.leadDays - b.leadDays);
}

/** A card that passes may still hide that the points as they stand would have done. */
function pointsBetter(figures: AccuracyCard['rolling']): readonly string[] {
  const of = (contender: string) => figures.find((it) => it.contender === contender);
  const [score, points] = [of('score'), of('points')];
  if (!score || !points || points.logLoss >= score.logLoss) return [];
  return [
    `The points as they stand did better than the fitted score (log-loss ${points.logLoss.toFixed(4)} against ${score.logLoss.toFixed(4)}): with more outcomes that may turn; until then the fit is no gain.`,
  ];
}
