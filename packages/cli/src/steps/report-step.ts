import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatInstant } from '@holdfast/core';
import type { ScoredBook } from '@holdfast/workflows';
import type { Pulled } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';
import { count, money } from '../text/format.ts';
import type { BookHistory } from './book-history.ts';
import type { BookPicture } from './book-picture.ts';
import { introductions } from './introductions.ts';
import { keptFigures } from './kept-figures.ts';
import { reportReferrals } from './report-referrals.ts';

export interface ReportChoice {
  readonly file: string;
  /** Whether contacts may be named. */
  readonly names: boolean;
  readonly picture: BookPicture;
  /** From the pass that scored the book. */
  readonly history: BookHistory;
}

/** Accounts at risk on the page. */
const SHOWN = 12;

/** Renders the page of a scored book into a file that only its owner can read; answers its absolute path. */
export async function writeReport(
  session: Session,
  book: ScoredBook,
  pulled: Pulled,
  { file, names, picture, history }: ReportChoice,
): Promise<string> {
  session.io.progress('Drawing the report');
  const { renderPage } = await import('../report/page.ts');
  const { report } = book;
  const { firstYear, ...drawn } = picture;
  const { profile } = session.config;
  const currency = profile?.currency ?? '';
  const atRisk = report.bands.find(({ band }) => band === 'at_risk');
  const html = renderPage({
    org: { name: pulled.org.name, crm: session.module.title, edition: pulled.org.edition },
    asOf: formatInstant(book.asOf),
    currency,
    tiles: [
      { label: 'In the book', value: count(report.inBook), note: `${count(report.outsideBook)} accounts outside it` },
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
        note: `of ${count(report.inBook - report.leftOut)} looked at`,
      },
      firstYear,
    ],
    ...drawn,
    ...keptFigures(session.workspace),
    survival: history.survival,
    atRisk: report.topAtRisk.slice(0, SHOWN).map((line) => ({
      name: line.name,
      band: line.band,
      healthScore: line.healthScore ?? 0,
      atRisk: line.atRiskInYear ?? { minor: 0, currency },
      reasons: line.reasons.split('\n').filter((reason) => /^[+-] /.test(reason)),
      nextStep: line.nextStep,
      confidence: line.confidence,
    })),
    coverage: report.coverage.map(({ title, known, of }) => ({ title, share: of === 0 ? 0 : known / of })),
    referrals: await reportReferrals(session, book.engine, history, { pulled, names }),
    introductions: await introductions(session.store, book.referrals.referrals, { contacts: names, most: 30 }),
    calls: pulled.calls,
    notes: report.notes,
  });
  writeFileSync(file, html, { mode: 0o600 });
  return resolve(file);
}
