import type { GroupValue, MonthForecast } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { chance, count, money } from '../text/format.ts';
import { economicsText } from './economics-text.ts';
import { type Foreseen, type LastQuarter, OWNERS_SHOWN } from './forecast-step.ts';

/** The forecast as text: a line a month, the sums within a year, and how the last quarter's forecast did. */
export function forecastText(foreseen: Foreseen): string {
  const { chances, forecast, value, lastQuarter, grossMargin, economics } = foreseen;
  const { currency, borders } = forecast;
  const amount = (minor: number) => money({ minor: Math.round(minor), currency });
  const rows = forecast.months.map((month) => monthCells(month, amount));
  return [
    `Renewals by the month of their decision (committed: chance of loss under ${chance(borders.committedBelow)}; at risk: from ${chance(borders.atRiskFrom)}; borders are assumptions):`,
    ...(chances.note ? [chances.note] : []),
    ...columns(
      [['month', 'renewals', 'due', 'expected', '90 % interval', 'committed', 'likely', 'at risk'], ...rows],
      [1, 2, 3],
    ),
    ...(forecast.overdue.length > 0
      ? [`${count(forecast.overdue.length)} contract accounts whose decision day has passed are in no month.`]
      : []),
    ...(forecast.withoutDecision.length > 0
      ? [`${count(forecast.withoutDecision.length)} contract accounts have no known decision day.`]
      : []),
    ...(grossMargin === null
      ? [
          'Set `grossMargin` (0 to 1) in the profile of holdfast.config.json to see what losses cost: revenue never takes its place.',
        ]
      : [
          groupText(`Gross margin within ${value.horizonDays} days`, value.book, amount),
          ...tenureText(value.tenure, amount),
          ...ownersText(foreseen, amount),
        ]),
    ...(lastQuarter
      ? lastQuarterText(lastQuarter, amount)
      : ['No forecast was made before the last fiscal quarter, so none can be judged yet.']),
    ...(economics ? economicsText(economics, currency) : []),
  ].join('\n');
}

type Amount = (minor: number) => string;

function monthCells({ month, renewals, due, expected, interval, classes }: MonthForecast, amount: Amount): string[] {
  const held = interval ? `${amount(interval[0])} to ${amount(interval[1])}` : '';
  const parts = (['committed', 'likely', 'at risk'] as const).map((name) => count(classes[name].renewals));
  return [month, count(renewals), amount(due), amount(expected), held, ...parts];
}

function groupText(title: string, group: GroupValue, amount: Amount): string {
  const interval = group.lossInterval
    ? ` (90 % interval ${amount(group.lossInterval[0])} to ${amount(group.lossInterval[1])})`
    : '';
  const without =
    group.withoutValue > 0 ? `; ${count(group.withoutValue)} accounts without a known value are in no sum` : '';
  return `${title}: ${amount(group.value)}; expected to be lost ${amount(group.expectedLoss)}${interval}, to shrink by ${amount(group.expectedContraction)}${without}.`;
}

/** Accounts in their first year apart: most losses come early, and their chance rests on less. */
function tenureText(groups: readonly GroupValue[], amount: Amount): readonly string[] {
  const title = { 'first year': 'In their first year', later: 'Later' } as const;
  return (['first year', 'later', null] as const).flatMap((key) => {
    const group = groups.find((it) => it.key === key);
    if (!group) return [];
    return [
      groupText(`  ${key === null ? 'Start not known' : title[key]}, ${count(group.accounts)} accounts`, group, amount),
    ];
  });
}

/** The owners with most to lose: a view of the book, no measure of people. */
function ownersText({ value, ownerNames }: Foreseen, amount: Amount): readonly string[] {
  const rows = value.owners
    .slice(0, OWNERS_SHOWN)
    .map(({ key, accounts, value: margin, expectedLoss, lossInterval }) => [
      key === null ? 'nobody' : (ownerNames[key] ?? key),
      count(accounts),
      amount(margin),
      amount(expectedLoss),
      lossInterval ? `${amount(lossInterval[0])} to ${amount(lossInterval[1])}` : '',
    ]);
  if (rows.length === 0) return [];
  return [
    `Owners by expected loss (${count(rows.length)} of ${count(value.owners.length)}):`,
    ...columns([['owner', 'accounts', 'margin', 'expected loss', '90 % interval'], ...rows], [1, 2, 3]),
  ];
}

function lastQuarterText({ from, to, madeOn, results }: LastQuarter, amount: Amount): readonly string[] {
  const rows = results.map(({ forecast, decided, expectedKept, kept, expected, renewed }) => [
    forecast,
    count(decided),
    expectedKept.toFixed(1),
    count(kept),
    amount(expected),
    amount(renewed),
  ]);
  return [
    `Last quarter (${from} to ${to}), forecast of ${madeOn} against what came:`,
    ...columns([['', 'decided', 'kept expected', 'kept', 'expected', 'renewed'], ...rows], [1, 2, 3, 4, 5]),
  ];
}
