import { expect, it } from 'vitest';
import { aLink, aReferralBook, aSale, aSeller, claimOn, IDA, OTTO } from './a-referral-book.ts';

const PARTIES = [...IDA, ...OTTO, aSeller(1), aLink(1, 2, 10)];
const stands = (stage: string, closing: number) => aSale(2, { stage }, 20, closing);

it.each([
  ['seen open in between', [stands('open', 60)]],
  ['not seen in between', []],
])(
  'bug: an opportunity that was lost, opened again and won gave a reward for a claim that stayed lost (%s)',
  async (_, open) => {
    const book = await aReferralBook();
    const steps: (string | undefined)[] = [];
    const pull = async (on: number, ...records: Parameters<typeof book.follow>[1][]) => {
      await book.follow(on, ...records);
      steps.push(book.stateOf(claimOn(2)));
    };
    await pull(21, ...PARTIES, stands('open', 40));
    await pull(31, stands('lost', 30));
    await pull(35, ...open);
    await pull(61, stands('won', 60));
    expect(steps).toEqual(['opportunity', 'lost', open.length > 0 ? 'reopened' : 'lost', 'won']);
    expect(book.rewards()).toEqual(['payable accepted 10000']);
    const before = (await book.journal()).length;
    await book.follow(61);
    expect((await book.journal()).length).toBe(before);
    expect(book.engine.state.sales.get('opportunity:2')?.openedAt).toBe(Date.parse('2026-01-21T00:00:00Z'));
  },
);
