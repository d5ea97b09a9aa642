import { count, words } from '../text/format.ts';
import { emptyLine, figureTable, sentences } from './html.ts';
import type { MovedAccount, MovedPicture } from './report-pictures.ts';

/** Whose score moved since the run before, and why: what happened, another model, or the calendar. */
export function movedSection(moved: MovedPicture): string {
  if (moved.compared === 0)
    return emptyLine(
      'No account carries a score of ours in the CRM yet to compare with: this fills once a plan has been applied.',
    );
  const said = `${count(moved.otherScore)} of ${count(moved.compared)} accounts moved by 5 points or more, ${count(moved.otherBand)} into another band.`;
  return sentences([said, ...evidenceLines(moved)]) + table(moved.rows);
}

function evidenceLines({ evidence, otherModel }: MovedPicture): readonly string[] {
  return [
    ...evidence.map(
      ({ from, to, accounts }) =>
        `What the numbers rest on changed from "${from}" to "${to}" for ${count(accounts)} accounts: that is no movement of theirs.`,
    ),
    ...(otherModel > 0 && evidence.length === 0
      ? [`Another model scored ${count(otherModel)} accounts than before; its part stands in a column of its own.`]
      : []),
  ];
}

function table(rows: readonly MovedAccount[]): string {
  const split = rows.some((row) => row.split !== null);
  const head = [
    'account',
    'score',
    'band',
    ...(split ? ['odds of loss', 'what happened', 'model', 'time', 'facts that changed'] : []),
  ];
  return figureTable(
    split
      ? 'The largest movements. Odds of loss against the newest earlier run whose facts were kept: what happened, the model and time, multiplied, give the whole.'
      : 'The largest movements',
    head,
    rows.map((row) => [row.name, scores(row), bands(row), ...(split ? parts(row) : [])]),
    'stacked tight',
  );
}

const scores = ({ from, to }: MovedAccount): string => `${from.score ?? 'none'} → ${to.score ?? 'none'}`;

function bands({ from, to }: MovedAccount): string {
  return from.band === null || from.band === to.band ? words(to.band) : `${words(from.band)} → ${words(to.band)}`;
}

function parts({ split }: MovedAccount): readonly string[] {
  if (split === null) return ['not kept', '', '', '', ''];
  const { total, inputs, model, time, drivers } = split;
  return [total, inputs, model, time].map(factor).concat(drivers.length === 0 ? 'nothing' : drivers.join(', '));
}

/** Log-odds as a factor on the odds: 0 is "x 1.0". */
function factor(logOdds: number): string {
  const times = Math.exp(logOdds);
  if (times < 0.001) return 'under x 0.001';
  if (times < 0.1) return `x ${Number(times.toPrecision(1))}`;
  return `x ${times >= 10 ? times.toFixed(0) : times.toFixed(1)}`;
}
