import type { BookAccount, BookContact } from '../../book.ts';
import { DAY, instantOf } from '../../calendar.ts';
import type { AccountPlan } from '../account-plan.ts';
import { currency } from '../draft.ts';
import { type Edit, enterRow } from './edited-row.ts';
import type { HonestDraft } from './honest-draft.ts';
import type { DoubleRecord } from './honest-records.ts';

/** The account and its people with what was edited on them; two in three who left become prospects again. */
export function recordAccount(draft: HonestDraft, plan: AccountPlan): void {
  const random = draft.random(`${plan.id}/record`);
  const { id, name, domain, industry, place, ownerId, parentId, createdAt } = plan;
  const later = () => Math.floor(createdAt + random.next() * (draft.asOf - createdAt));
  const employees = Math.max(2, Math.round(140 * plan.size ** 1.2));
  const edits: Edit<BookAccount>[] = [];
  if (random.chance(0.2)) edits.push([later(), 'employees', Math.round(employees * random.between(0.7, 1.5))]);
  if (random.chance(0.15)) edits.push([later(), 'ownerId', random.pick(draft.book.owners).id]);
  if (random.chance(0.03)) edits.push([later(), 'name', `${name} Group`]);
  if (plan.leftAt !== undefined && random.chance(0.65))
    edits.push([Math.floor(plan.leftAt + random.between(5, 60) * DAY), 'type', 'prospect']);
  const at = instantOf(createdAt);
  enterRow<BookAccount>(
    draft,
    'accounts',
    createdAt,
    {
      ...{ id, name, type: 'customer', industry, country: place.country, currency, employees },
      ...(domain !== undefined && { domain }),
      ...(parentId !== undefined && { parentId }),
      ...(ownerId !== undefined && { ownerId }),
      ...{ createdAt: at, updatedAt: at },
    },
    edits,
  );
  recordPeople(draft, plan);
}

function recordPeople(draft: HonestDraft, plan: AccountPlan): void {
  const random = draft.random(`${plan.id}/edits`);
  for (const { goneAt: _, createdAt, ...rest } of plan.contacts) {
    const at = instantOf(createdAt);
    const editedAt = Math.floor(createdAt + random.next() * Math.max(0, draft.asOf - createdAt));
    const edits: Edit<BookContact>[] = random.chance(0.2) ? [[editedAt, 'title', 'Director']] : [];
    enterRow<BookContact>(draft, 'contacts', createdAt, { ...rest, createdAt: at, updatedAt: at }, edits);
  }
}

/** One account in `merges` had a second record for some months. */
export function drawDouble(draft: HonestDraft, plan: AccountPlan): DoubleRecord | undefined {
  const random = draft.random(`${plan.id}/double`);
  const begin = Math.max(draft.start, plan.createdAt);
  if (!random.chance(draft.settings.merges) || draft.asOf - begin < 300 * DAY) return undefined;
  const from = Math.floor(begin + random.between(0, 0.5) * (draft.asOf - begin));
  const until = Math.floor(from + random.between(0.2, 0.9) * (draft.asOf - from));
  const double = { id: `${plan.id}-double`, from, until };
  draft.merges.push({ mergedId: double.id, intoId: plan.id, at: instantOf(until) });
  return double;
}
