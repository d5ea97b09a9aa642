import type { Id } from '../model/ids.ts';

/** The two ends of a link: who was referred, and who referred. */
export interface LinkEnds {
  readonly referredId: Id;
  readonly referrerId: Id;
}

/** The key of a link between two people. A CRM keeps none for it: its two ends are what it is known by. */
export function linkKey({ referredId, referrerId }: LinkEnds): string {
  return `${referredId}>${referrerId}`;
}

/** The ends that a key names; `null` for any other text. */
export function linkEnds(key: string): LinkEnds | null {
  const [referredId, referrerId, ...more] = key.split('>');
  return referredId && referrerId && more.length === 0 ? { referredId, referrerId } : null;
}
