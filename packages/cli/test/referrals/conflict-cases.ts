import type { CONFLICT_TABLE, Program } from '@holdfast/core';
import { expect } from 'vitest';
import type { ReferralCase } from './a-case.ts';
import { aProgram } from './a-program.ts';
import type { Seen } from './look.ts';
import type { Stage } from './stage.ts';

/** One row of the table, played on a CRM: what is there, what happens, and what must have come of it. */
interface ConflictCase {
  readonly given: ReferralCase;
  readonly programs?: readonly Program[];
  /** The day on which it begins; 0 when left out. */
  readonly from?: number;
  readonly play: (stage: Stage) => Promise<void>;
  readonly seen: Omit<Seen, 'signals'>;
}

type Title = (typeof CONFLICT_TABLE)[number]['case'];

interface Explained {
  readonly timeline: readonly { readonly what: string; readonly reason: string; readonly text: string }[];
}

/** A newcomer whom two customers lead to the house, by notes in the CRM ten days apart; the first one's protection is over by then. */
const TWO: ReferralCase = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0, by: 'ada' } } };
const shortProtection = (more: Parameters<typeof aProgram>[0] = {}) =>
  aProgram({ ...more, policy: { protectionDays: 5, ...more.policy } });

async function sellAfterTwo({ goTo, pull, hands }: Stage): Promise<void> {
  goTo(10);
  hands.addPerson({ id: 'nora', of: 'newco', since: 10, by: 'bea' });
  goTo(11);
  await pull();
  await sell({ goTo, pull, hands });
}

/** Opens a sale to the newcomer on a day, wins it ten days later, and reads both. */
async function sell({ goTo, pull, hands }: Pick<Stage, 'goTo' | 'pull' | 'hands'>, opened = 20): Promise<void> {
  goTo(opened);
  hands.openSale({ id: 'deal', of: 'newco', opened });
  goTo(opened + 1);
  await pull();
  goTo(opened + 10);
  hands.closeSale('deal', 'won', opened + 10);
  goTo(opened + 11);
  await pull();
}

/** As a referrer or anybody with access to the CRM may read it. */
const MOVED_ON = 'Your introduction has moved on.';
const WAITING = 'Your introduction is waiting.';
const NOT_TAKEN_UP = 'This introduction could not be taken up.';
const ENDED = 'This introduction has ended.';

const CASES = {
  'Two referrers, both inside the tracking window, equal evidence': {
    given: TWO,
    programs: [shortProtection()],
    play: sellAfterTwo,
    seen: {
      claims: { 'friends/ada>newco': 'won sourced', 'friends/bea>newco': 'won influenced' },
      decided: {
        'friends/ada>newco': 'sourced, 100 % first_of_equals',
        'friends/bea>newco': 'influenced, 0 % beaten',
      },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: '1 active', bea: 'active' },
      records: { 'friends/ada>newco': `won sourced: ${MOVED_ON}`, 'friends/bea>newco': `won influenced: ${MOVED_ON}` },
    },
  },
  'Two referrers, both inside the tracking window, unequal evidence': {
    given: { accounts: { newco: {} } },
    async play(stage) {
      const { goTo, pull, hands, referrals, code } = stage;
      code('bea', 'AAAAAAAA');
      goTo(1);
      await referrals('submit', undefined, { advocate: 'bea', party: 'newco', code: 'AAAAAAAA' });
      goTo(40);
      hands.addPerson({ id: 'ned', of: 'newco', since: 40, by: 'ada' });
      goTo(41);
      await pull();
      await sell(stage, 45);
      const strength = async (claim: string) =>
        (await referrals<Explained>('explain', claim)).timeline.find(({ what }) => what.startsWith('introduced'))?.what;
      expect(await strength('friends/ada>newco')).toBe('introduced (recorded)');
      expect(await strength('friends/bea>newco')).toBe('introduced (code)');
    },
    seen: {
      claims: { 'friends/ada>newco': 'won sourced', 'friends/bea>newco': 'won influenced' },
      decided: {
        'friends/ada>newco': 'sourced, 100 % best_evidence',
        'friends/bea>newco': 'influenced, 0 % beaten',
      },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: '1 active', bea: 'active' },
      records: { 'friends/ada>newco': `won sourced: ${MOVED_ON}`, 'friends/bea>newco': `won influenced: ${MOVED_ON}` },
    },
  },
  'A referral and a paid ad or affiliate': {
    given: {
      accounts: { newco: {}, othco: {} },
      people: { ned: { of: 'newco', since: 0, by: 'ada' }, otto: { of: 'othco', since: 0, by: 'bea' } },
    },
    async play({ goTo, pull, hands, referrals }) {
      goTo(20);
      hands.openSale({ id: 'deal', of: 'newco', opened: 20, source: 'Advertisement' });
      hands.openSale({ id: 'other', of: 'othco', opened: 20, source: 'Advertisement' });
      goTo(21);
      await pull();
      // the affiliate network reports a sale as its own, before it is won
      await referrals('elsewhere', 'other', { why: 'The affiliate network was paid.', by: 'seller' });
      goTo(30);
      hands.closeSale('deal', 'won', 30);
      hands.closeSale('other', 'won', 30);
      goTo(31);
      await pull();
    },
    seen: {
      claims: { 'friends/ada>newco': 'won sourced', 'friends/bea>othco': 'won influenced' },
      decided: {
        'friends/ada>newco': 'sourced, 100 % best_evidence',
        'friends/bea>othco': 'influenced, 0 % already_credited',
      },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', other: 'won influenced', ada: '1 active', bea: 'active' },
      records: {
        'friends/ada>newco': `won sourced: ${MOVED_ON}`,
        'friends/bea>othco': `won influenced: ${MOVED_ON}`,
      },
    },
  },
  "A referral and a salesperson's own open opportunity": {
    given: { accounts: { newco: {} }, sales: { deal: { of: 'newco', opened: 2 } } },
    from: 3,
    async play({ goTo, pull, hands, referrals }) {
      goTo(10);
      hands.addPerson({ id: 'ned', of: 'newco', since: 10, by: 'ada' });
      goTo(11);
      await pull();
      goTo(30);
      hands.closeSale('deal', 'won', 30);
      goTo(31);
      await pull();
      const { timeline } = await referrals<Explained>('explain', 'friends/ada>newco');
      expect(timeline.map(({ what, reason }) => `${what} ${reason}`)).toContain(
        'note_influence: submitted -> influenced open_opportunity',
      );
    },
    seen: {
      claims: { 'friends/ada>newco': 'won influenced' },
      decided: { 'friends/ada>newco': 'influenced, 0 % open_opportunity' },
      rewards: [],
      written: { deal: 'won influenced', ada: 'active' },
      records: { 'friends/ada>newco': `won influenced: ${MOVED_ON}` },
    },
  },
  'A second claim during protection': {
    given: {
      accounts: { newco: {}, calco: { type: 'customer', since: -700 }, deeco: { type: 'customer', since: -700 } },
      people: { cal: { of: 'calco', since: -700 }, dee: { of: 'deeco', since: -700 }, dan: { of: 'newco', since: 0 } },
    },
    async play(stage) {
      const { goTo, pull, hands, referrals, refused, code } = stage;
      code('ada', 'AAAAAAAA');
      goTo(1);
      await referrals('submit', undefined, { advocate: 'ada', party: 'newco', code: 'AAAAAAAA' });
      // weaker: a duplicate, with the day on which the first one's protection ends (30 days from 6 January)
      goTo(5);
      expect(await refused('submit', undefined, { advocate: 'bea', party: 'newco' })).toMatchObject({
        code: 'earlier_claim_protected',
        message: expect.stringContaining('Protected until 2026-02-05 by friends/ada>newco.'),
      });
      // stronger, of a later introduction: it waits; of an earlier one: it contests
      goTo(10);
      hands.addPerson({ id: 'carl', of: 'newco', since: 10, by: 'cal' });
      goTo(11);
      await pull();
      expect((await stage.look()).claims).toMatchObject({ 'friends/cal>newco': 'queued' });
      goTo(12);
      hands.note('dan', 'dee');
      goTo(13);
      await pull();
      expect((await stage.look()).claims).toMatchObject({ 'friends/dee>newco': 'contested' });
      await sell(stage, 15);
    },
    seen: {
      claims: {
        'friends/ada>newco': 'won influenced',
        'friends/bea>newco': 'duplicate none',
        'friends/cal>newco': 'queued influenced',
        'friends/dee>newco': 'won sourced',
      },
      decided: {
        'friends/dee>newco': 'sourced, 100 % best_evidence',
        'friends/ada>newco': 'influenced, 0 % beaten',
        'friends/cal>newco': 'influenced, 0 % waits_behind_claim',
        'friends/bea>newco': 'none, 0 % earlier_claim_protected',
      },
      rewards: ['deeco USD 100000 payable'],
      written: { deal: 'won sourced', dee: '1 active', ada: 'active', bea: 'active', cal: 'active' },
      records: {
        'friends/dee>newco': `won sourced: ${MOVED_ON}`,
        'friends/ada>newco': `won influenced: ${MOVED_ON}`,
        'friends/cal>newco': `queued influenced: ${WAITING}`,
        'friends/bea>newco': `duplicate none: ${NOT_TAKEN_UP}`,
      },
    },
  },
  'A claim lapses without progress': {
    given: { accounts: { newco: {} } },
    async play(stage) {
      const { goTo, pull, hands, referrals, code } = stage;
      code('ada', 'AAAAAAAA');
      goTo(1);
      await referrals('submit', undefined, { advocate: 'ada', party: 'newco', code: 'AAAAAAAA' });
      goTo(10);
      hands.addPerson({ id: 'nora', of: 'newco', since: 10, by: 'bea' });
      goTo(11);
      await pull();
      expect((await stage.look()).claims).toEqual({ 'friends/ada>newco': 'accepted', 'friends/bea>newco': 'queued' });
      goTo(40);
      await pull();
      expect((await stage.look()).claims).toEqual({ 'friends/ada>newco': 'expired', 'friends/bea>newco': 'accepted' });
      // 30 days from 6 January
      const { timeline } = await referrals<{ readonly timeline: readonly { readonly at: number; what: string }[] }>(
        'explain',
        'friends/bea>newco',
      );
      const promoted = timeline.find(({ what }) => what === 'promote: queued -> accepted');
      expect(new Date(promoted?.at ?? 0).toISOString().slice(0, 10)).toBe('2026-02-05');
      await sell(stage, 45);
    },
    seen: {
      claims: { 'friends/ada>newco': 'expired none', 'friends/bea>newco': 'won sourced' },
      decided: { 'friends/bea>newco': 'sourced, 100 % best_evidence', 'friends/ada>newco': 'none, 0 % lapsed' },
      rewards: ['beaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: 'active', bea: '1 active' },
      records: { 'friends/bea>newco': `won sourced: ${MOVED_ON}`, 'friends/ada>newco': `expired none: ${ENDED}` },
    },
  },
  'Two programs match': {
    given: TWO,
    programs: [aProgram(), aProgram({ id: 'partners', name: 'Partners', priority: 5 })],
    play: (stage) => sell(stage),
    seen: {
      claims: { 'partners/ada>newco': 'won sourced', 'friends/ada>newco': 'opportunity none' },
      decided: {
        'partners/ada>newco': 'sourced, 100 % best_evidence',
        'friends/ada>newco': 'none, 0 % other_program',
      },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: '1 active' },
      records: {
        'partners/ada>newco': `won sourced: ${MOVED_ON}`,
        'friends/ada>newco': `opportunity none: ${MOVED_ON}`,
      },
    },
  },
  'The referrer has left or is suspended at the conversion': {
    given: { accounts: { newco: {}, othco: {} }, people: TWO.people ?? {} },
    async play(stage) {
      const { goTo, pull, hands, referrals } = stage;
      await sell(stage);
      goTo(32);
      hands.addPerson({ id: 'otto', of: 'othco', since: 32, by: 'ada' });
      goTo(33);
      await pull();
      await referrals('participant', 'ada', { status: 'left', by: 'seller' });
      goTo(40);
      hands.openSale({ id: 'later', of: 'othco', opened: 40 });
      hands.openSale({ id: 'more', of: 'newco', opened: 40 });
      goTo(41);
      await pull();
      goTo(50);
      hands.closeSale('later', 'won', 50);
      hands.closeSale('more', 'won', 50);
      goTo(51);
      await pull();
    },
    seen: {
      claims: { 'friends/ada>newco': 'won sourced', 'friends/ada>othco': 'opportunity none' },
      decided: {
        // of the later one; what was decided on the first stands
        'friends/ada>newco': 'none, 0 % left_before_conversion',
        'friends/ada>othco': 'none, 0 % left_before_conversion',
      },
      rewards: ['adaco USD 100000 payable'],
      written: { deal: 'won sourced', later: 'opportunity none', ada: '1 left' },
      records: {
        'friends/ada>newco': `won sourced: ${MOVED_ON}`,
        'friends/ada>othco': `opportunity none: ${MOVED_ON}`,
      },
    },
  },
  'Two accounts or contacts are merged in the CRM': {
    given: {
      accounts: { newco: {}, newtoo: {} },
      people: { ned: { of: 'newco', since: 0, by: 'ada' }, nora: { of: 'newtoo', since: -5, by: 'bea' } },
    },
    programs: [aProgram({ holdingDays: 60 })],
    async play(stage) {
      const { goTo, pull, hands, referrals } = stage;
      await sell(stage);
      expect(await stage.look()).toMatchObject({
        claims: { 'friends/ada>newco': 'won sourced', 'friends/bea>newtoo': 'accepted' },
        rewards: ['adaco USD 100000 held'],
      });
      goTo(40);
      hands.merge('accounts', 'newco', 'newtoo');
      goTo(41);
      await pull();
      const { timeline } = await referrals<Explained>('explain', 'friends/bea>newco');
      expect(timeline.map(({ what }) => what)).toContain('merge: accepted');
    },
    seen: {
      claims: { 'friends/ada>newco': 'won influenced', 'friends/bea>newco': 'won sourced' },
      decided: {
        'friends/bea>newco': 'sourced, 100 % first_of_equals',
        'friends/ada>newco': 'influenced, 0 % beaten',
      },
      rewards: ['adaco USD 100000 canceled', 'beaco USD 100000 held'],
      written: { deal: 'won sourced', ada: 'active', bea: '1 active' },
      records: { 'friends/bea>newco': `won sourced: ${MOVED_ON}`, 'friends/ada>newco': `won influenced: ${MOVED_ON}` },
    },
  },
  'A person decides otherwise': {
    given: TWO,
    programs: [shortProtection({ holdingDays: 60 })],
    async play(stage) {
      await sellAfterTwo(stage);
      const { referrals, refused } = stage;
      const otherwise = { to: 'friends/bea>newco', why: 'Both say so.', by: 'seller' };
      expect(await refused('decide', 'deal', { ...otherwise, role: 'clerk' })).toMatchObject({ code: 'not_permitted' });
      await referrals('decide', 'deal', { ...otherwise, role: 'manager' });
      const { timeline } = await referrals<Explained>('explain', 'friends/ada>newco');
      expect(timeline.map(({ what }) => what).filter((it) => it.startsWith('decision'))).toEqual([
        'decision 1 on deal: sourced, 100 %',
        'decision 2 on deal: influenced, 0 %',
      ]);
    },
    seen: {
      claims: { 'friends/ada>newco': 'won influenced', 'friends/bea>newco': 'won sourced' },
      decided: {
        'friends/bea>newco': 'sourced, 100 % overridden',
        'friends/ada>newco': 'influenced, 0 % overridden',
      },
      rewards: ['adaco USD 100000 canceled', 'beaco USD 100000 held'],
      written: { deal: 'won sourced', ada: 'active', bea: '1 active' },
      records: { 'friends/bea>newco': `won sourced: ${MOVED_ON}`, 'friends/ada>newco': `won influenced: ${MOVED_ON}` },
    },
  },
  'A dispute is opened': {
    given: TWO,
    programs: [shortProtection({ holdingDays: 5 })],
    async play(stage) {
      await sellAfterTwo(stage);
      const { goTo, pull, referrals } = stage;
      await referrals('dispute', 'deal', { to: 'friends/bea>newco', why: 'We met first.', by: 'seller' });
      goTo(40);
      await pull();
      // earned and its holding period over, but the dispute keeps it
      expect((await stage.look()).rewards).toEqual(['adaco USD 100000 held dispute_open']);
      await referrals('rule', 'deal', { to: 'friends/bea>newco', why: 'Seen.', by: 'seller' });
      goTo(55);
      await pull();
      // for 30 days the ruling may be appealed
      expect((await stage.look()).rewards).toContain('beaco USD 100000 held dispute_open');
      goTo(75);
      await pull();
    },
    seen: {
      claims: { 'friends/ada>newco': 'won influenced', 'friends/bea>newco': 'won sourced' },
      decided: { 'friends/bea>newco': 'sourced, 100 % ruled', 'friends/ada>newco': 'influenced, 0 % ruled' },
      rewards: ['adaco USD 100000 canceled', 'beaco USD 100000 payable'],
      written: { deal: 'won sourced', ada: 'active', bea: '1 active' },
      records: { 'friends/bea>newco': `won sourced: ${MOVED_ON}`, 'friends/ada>newco': `won influenced: ${MOVED_ON}` },
    },
  },
} as const satisfies Readonly<Record<Title, ConflictCase>>;

/** Every row of the table has its case: one that is added without does not compile. */
export const CONFLICT_CASES: Readonly<Record<Title, ConflictCase>> = CASES;
