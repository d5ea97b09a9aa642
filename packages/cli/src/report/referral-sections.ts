import type { Id, ReferralPages } from '@holdfast/core';
import { funnelSection } from './funnel-section.ts';
import { graphSection } from './graph-section.ts';
import { emptyLine } from './html.ts';
import { ledgerSection } from './ledger-section.ts';
import { returnsSection } from './returns-section.ts';

/** The referral pages with what their parties are called; who has no name here goes by the id. */
export interface ReportReferrals {
  readonly pages: ReferralPages;
  readonly names: ReadonlyMap<Id, string>;
}

/** One part of the page. */
interface Part {
  readonly title: string;
  readonly lead: string;
  readonly body: string;
}

/** The parts on referrals; a book without any has one sentence that says what to do. `newest`: the table of the newest claims. */
export function referralSections({ pages, names }: ReportReferrals, newest: string): readonly Part[] {
  if (pages.claims === 0) {
    const sentence =
      'Nobody was introduced on record yet: `holdfast referrals ask` says whom to ask, and `holdfast referrals submit` takes an introduction down.';
    return [{ title: 'Referrals', lead: '', body: emptyLine(sentence) + newest }];
  }
  const nameOf = (id: Id) => names.get(id) ?? id;
  const titles = new Map(pages.programs.shown.map((it) => [it.programId, it.name]));
  const programName = (id: string) => titles.get(id) ?? id;
  return [
    {
      title: 'Referrals: how far claims came',
      lead: 'A claim counts for every step that it passed, whatever became of it; a step that was skipped counts as passed.',
      body: funnelSection(pages) + newest,
    },
    {
      title: 'Who introduced whom',
      lead: 'Each account stands behind whoever introduced it first; the shape says what became of it. Dotted: a later introduction of the same account.',
      body: graphSection(pages.graph, nameOf),
    },
    { title: 'Rewards in the ledger', lead: '', body: ledgerSection(pages, programName) },
    {
      title: 'What referrals return',
      lead: 'Margins and costs are your own; nothing is assumed for what you have not entered. Work on introductions is not in it.',
      body: returnsSection(pages.returns, programName, nameOf),
    },
  ];
}
