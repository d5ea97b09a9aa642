import { resolveClaimId } from '@holdfast/core';
import type { ReferralDesk } from '../referrals/referral-desk.ts';
import type { Order } from './referrals-order.ts';

/** What was typed by an id that is another's by now: records were merged, or a claim went over to an account. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** Options that name a record or a claim. */
const NAMING = ['advocate', 'party', 'note', 'to'] as const;

/** The order by the ids that records and claims have now, as the engine resolves them, and which of the typed ones changed. */
export async function resolveOrder(
  desk: ReferralDesk,
  { about, option, isSet }: Order,
): Promise<{ readonly order: Order; readonly renamed: readonly Renamed[] }> {
  const typed = [about, ...NAMING.map(option)].filter((it) => it !== undefined);
  const now = new Map(await Promise.all(typed.map(async (it) => [it, await idNow(desk, it)] as const)));
  const current = (id: string) => now.get(id) ?? id;
  const order: Order = {
    ...{ about: current(about), isSet },
    option: (name) => {
      const given = option(name);
      return given !== undefined && NAMING.some((it) => it === name) ? current(given) : given;
    },
  };
  return { order, renamed: [...now].flatMap(([from, to]) => (from === to ? [] : [{ from, to }])) };
}

/** A claim is `program/advocate>party`, a record `object:id`; a reward's key and a word such as `nobody` stay. */
async function idNow({ state, session: { store } }: ReferralDesk, id: string): Promise<string> {
  if (id.includes('>')) return resolveClaimId(state, id);
  return /^[^\s/]+:[^\s/]+$/.test(id) ? store.resolve(id) : id;
}

/** What was renamed, for the answer: a line each, and a list beside what else the answer holds. */
export function sayRenamed<Answer extends { readonly json: unknown; readonly text: string }>(
  answer: Answer,
  renamed: readonly Renamed[],
): Answer {
  if (renamed.length === 0) return answer;
  const lines = renamed.map(({ from, to }) => `${from} goes by ${to} now.`);
  return { ...answer, json: { ...(answer.json as object), renamed }, text: [...lines, answer.text].join('\n') };
}
