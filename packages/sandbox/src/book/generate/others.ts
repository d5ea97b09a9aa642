import { DAY, workingTime } from '../calendar.ts';
import type { AccountPlan } from './account-plan.ts';
import type { Draft } from './draft.ts';
import { goodsLine, recordOpportunity, sourceOf } from './opportunities.ts';
import { recordTouch } from './touches.ts';

/** The short records of accounts that never bought: a few touches, and for prospects an opportunity open or lost. */
export function liveWithoutBuying(draft: Draft, plan: AccountPlan): void {
  const random = draft.random(`${plan.id}/life`);
  const begin = Math.max(draft.start, plan.createdAt);
  for (let i = random.whole(0, plan.type === 'test' ? 0 : 5); i > 0; i -= 1) {
    recordTouch(draft, plan, random, workingTime(random.between(begin, draft.asOf), random.next()));
  }
  if (plan.type !== 'prospect' || !random.chance(0.7)) return;
  const createdAt = Math.floor(begin + random.next() * 0.8 * (draft.asOf - begin));
  const closesAt = createdAt + Math.floor(random.between(40, 200) * DAY);
  const lines = [goodsLine(plan.size, random)];
  const source = sourceOf(plan, random);
  const row = recordOpportunity(draft, { plan, random, kind: 'new', createdAt, closesAt, won: false, lines, source });
  if (row) plan.firstOpportunity = { row, createdAt, closesAt, won: false };
}
