import type { CostFigure, RetentionEconomics } from '@holdfast/core';
import { columns } from '../text/columns.ts';
import { money } from '../text/format.ts';

/** Winning against keeping by the company's own costs, each with its interval and what it rests on. */
export function economicsText(economics: RetentionEconomics, currency: string): readonly string[] {
  const { replacementCost, costToServe, costPerSave, ratio } = economics;
  const amount = (minor: number) => money({ minor: Math.round(minor), currency });
  const times = (value: number) => value.toFixed(1);
  return [
    'Winning against keeping, from your own costs (90 % intervals; only a marginal cost says where the next sum belongs):',
    ...columns([
      ['to replace an account', ...cells(replacementCost, amount)],
      ['to serve an account', ...cells(costToServe, amount)],
      ['to save an account', ...cells(costPerSave, amount)],
      ['replacing over saving', ...cells(ratio, times)],
    ]),
  ];
}

function cells({ value, reason, interval, kind, basis }: CostFigure, say: (value: number) => string): string[] {
  if (value === null) return ['not known', reason];
  const range =
    interval === null
      ? ''
      : interval[1] === null
        ? `${say(interval[0])} or more`
        : `${say(interval[0])} to ${say(interval[1])}`;
  return [say(value), range, `${kind}, ${basis}`];
}
