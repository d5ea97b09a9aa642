import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildReport, formatInstant } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { count, money, words } from '../text/format.ts';
import { introductions } from './introductions.ts';

/** Renders the page of a scored book into a file that only its owner can read; answers its absolute path. */
export async function writeReport(
  session: Session,
  book: ScoredBook,
  pulled: Pulled,
  { file, names }: { readonly file: string; readonly names: boolean },
): Promise<string> {
  session.io.progress('Drawing the report');
  const { renderPage } = await import('../report/page.ts');
  const currency = session.config.profile?.currency ?? '';
  const customers = book.roles.customer ?? 0;
  const outside = Object.values(book.roles).reduce((sum, n) => sum + n, 0) - customers;
  const report = buildReport({
    asOf: book.asOf,
    currency,
    lines: book.lines,
    outsideBook: outside,
    leftOut: book.leftOut,
    referrals: book.referrals,
    top: 12,
  });
  const atRisk = report.bands.find(({ band }) => band === 'at_risk');
  const html = renderPage({
    org: { name: pulled.org.name, crm: session.module.title, edition: pulled.org.edition },
    asOf: formatInstant(book.asOf),
    currency,
    tiles: [
      { label: 'In the book', value: count(customers), note: `${count(outside)} accounts outside it` },
      {
        label: 'Recurring a year',
        value: report.recurring ? money(report.recurring) : 'not known',
        note: `${count(report.withoutValue)} accounts without a known value`,
      },
      {
        label: `At risk in ${report.horizonDays} days`,
        value: report.atRisk ? money(report.atRisk) : 'not known',
        note: report.atRiskInterval
          ? `${money(report.atRiskInterval[0])} to ${money(report.atRiskInterval[1])} by luck alone`
          : 'model estimate',
      },
      {
        label: 'Accounts at risk',
        value: count(atRisk?.accounts ?? 0),
        note: `of ${count(book.lines.length)} looked at`,
      },
    ],
    portfolio: book.lines.flatMap(({ name, healthScore, band, recurring }) =>
      healthScore === null || recurring === null ? [] : [{ name, healthScore, band, value: recurring }],
    ),
    atRisk: report.topAtRisk.map((line) => ({
      name: line.name,
      band: line.band,
      healthScore: line.healthScore ?? 0,
      atRisk: line.atRiskInYear ?? { minor: 0, currency },
      reasons: line.reasons.split('\n').filter((reason) => /^[+-] /.test(reason)),
      nextStep: line.nextStep,
      confidence: 'low',
    })),
    coverage: report.coverage.map(({ title, known, of }) => ({ title, share: of === 0 ? 0 : known / of })),
    referrals: Object.entries(report.referrals).map(([state, n]) => ({ state: words(state), count: n })),
    introductions: await introductions(session.store, book.referrals.referrals, { contacts: names, most: 30 }),
    calls: pulled.calls,
    notes: report.notes,
  });
  writeFileSync(file, html, { mode: 0o600 });
  return resolve(file);
}
