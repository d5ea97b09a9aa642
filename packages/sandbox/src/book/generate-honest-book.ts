import type { Book } from './book.ts';
import { type BookMerge, type ChangeLog, openChangeLog } from './change-log.ts';
import { planAccounts } from './generate/account-plan.ts';
import { planContacts } from './generate/contact-plan.ts';
import { startDraft } from './generate/draft.ts';
import { honestDraft } from './generate/honest/honest-draft.ts';
import { liveHonestly } from './generate/honest/live-honestly.ts';
import { purgeLeft } from './generate/honest/purge-left.ts';
import { makeOwners } from './generate/owners.ts';
import { checkedAsOf, type GenerateOptions } from './generate-options.ts';
import { type HonestOptions, honestSettings } from './honest-options.ts';
import type { Truth } from './truth.ts';

/** What decides an honest book to the last byte. */
export interface HonestBookOptions extends GenerateOptions {
  readonly honest?: HonestOptions;
}

/** An honest book, what is behind it, and everything that was edited or merged on the way. */
export interface HonestBook {
  readonly book: Book;
  readonly truth: Truth & Required<Pick<Truth, 'decisions'>>;
  readonly log: ChangeLog;
  readonly merges: readonly BookMerge[];
}

/**
 * Makes a book on which a forecast can be held against the best that was possible. Let `asOf` be the end of the first day
 * of a month (`2026-07-02T00:00:00Z`), so that cut-offs fall on the ends of first days, as training rows are seen. Same options, same bytes. Throws RangeError like `generateBook`.
 */
export function generateHonestBook(options: HonestBookOptions): HonestBook {
  const settings = honestSettings(options.honest ?? {});
  const started = startDraft(options.seed, checkedAsOf(options), options.months ?? 36);
  const draft = honestDraft({ ...started, honest: true }, settings);
  for (const plan of planAccounts(draft, options.accounts, makeOwners(draft, options.accounts))) {
    planContacts(draft, plan, []);
    liveHonestly(draft, plan);
  }
  const book = settings.purge ? purgeLeft(draft) : draft.book;
  const truth = { ...draft.truth, decisions: draft.decisions };
  return { book, truth, log: openChangeLog(book, draft.changes), merges: draft.merges };
}
