import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '@holdfast/sandbox';
import { expect, test } from 'vitest';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { callCommand } from './call-command.ts';
import { hubspotWorld, openBench, salesforceWorld, smallBook, type World } from './world.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);

/** Two customers who each introduced another one: the first has given notice, the third stays. */
function bookOfIntroductions(): { readonly book: Book; readonly names: readonly string[] } {
  const book = smallBook(60);
  const today = daysAgo(0);
  const runs = (id: string) =>
    book.contracts.filter((it) => it.accountId === id && it.status === 'active' && it.endsOn > today);
  const contactOf = (id: string) => book.contacts.find((it) => it.accountId === id)?.id;
  const parties = book.accounts
    .filter(({ id, type }) => type === 'customer' && contactOf(id) && runs(id).length > 0)
    .filter(({ id }) => runs(id).every((it) => it.noticeGivenOn === undefined))
    .slice(0, 4);
  const [leaver, introduced, stayer, other] = parties.map(({ id }) => id);
  const referral = (id: string, from = '', to = '') => ({
    ...{ id, referrerContactId: contactOf(from) ?? '', referredContactId: contactOf(to) ?? '' },
    ...{ evidence: 'association' as const, claimedAt: `${daysAgo(200)}T00:00:00Z` },
  });
  return {
    names: parties.map(({ name }) => name),
    book: {
      ...book,
      contracts: book.contracts.map((it) =>
        it.accountId === leaver && runs(it.accountId).includes(it) ? { ...it, noticeGivenOn: daysAgo(10) } : it,
      ),
      referrals: [referral('referral-1', leaver, introduced), referral('referral-2', stayer, other)],
    },
  };
}

const worlds: readonly (readonly ['hubspot' | 'salesforce', (book: Book) => Promise<World>])[] = [
  ['hubspot', (book) => hubspotWorld({ book })],
  ['salesforce', (book) => salesforceWorld({}, book)],
];

test.each(worlds)(
  '%s: who was introduced by a customer that is leaving is more at risk; by one that stays is not',
  async (crm, open) => {
    const { book, names } = bookOfIntroductions();
    const world = await open(book);
    const bench = openBench(world.env);
    const { folder } = bench;
    const answers = join(folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS[crm]));
    await callCommand('init', { folder, env: world.env, positional: [crm], options: { yes: true, answers } });
    await callCommand('pull', { folder, env: world.env });
    await world.close();
    const drivers = async (name = '') => {
      const { json } = await callCommand('explain', { folder, positional: [name] });
      const { facts, score } = json as {
        readonly facts: { readonly referrerLeaving: number | null };
        readonly score: { readonly drivers: readonly { readonly feature: string; readonly logOdds: number }[] };
      };
      const driver = score.drivers.find((it) => it.feature === 'referrerLeaving');
      return [facts.referrerLeaving, Math.sign(driver?.logOdds ?? 0)];
    };
    expect(await drivers(names[1])).toEqual([1, 1]);
    expect(await drivers(names[3])).toEqual([0, 0]);
    expect(await drivers(names[0])).toEqual([0, 0]);
    bench.remove();
  },
);
