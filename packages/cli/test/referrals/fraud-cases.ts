import type { Program } from '@holdfast/core';
import { expect } from 'vitest';
import { type CasePerson, dayOf, type ReferralCase } from './a-case.ts';
import { aProgram } from './a-program.ts';
import type { Seen } from './look.ts';
import type { Stage } from './stage.ts';

/** One check, met on a CRM: what is there, what happens, the signal, and what came of claim, reward and fields. */
interface FraudCase {
  readonly given: ReferralCase;
  readonly programs?: readonly Program[];
  readonly from?: number;
  readonly play: (stage: Stage) => Promise<void>;
  readonly seen: Omit<Seen, 'decided'>;
}

/** As a referrer or anybody with access to the CRM may read it. */
const TAKEN_UP = 'Thank you: your introduction was taken up.';
const BEING_LOOKED_AT = 'Your introduction is being looked at.';
const NOT_TAKEN_UP = 'This introduction could not be taken up.';
const FOLLOW_UP = 'Please follow up on your open introductions first.';
const MOVED_ON = 'Your introduction has moved on.';

/** A newcomer whom ada led to the house; `ned` is who she introduced. */
const newcomer = (ned: Partial<CasePerson> = {}, more: ReferralCase = {}): ReferralCase => ({
  ...more,
  accounts: { newco: {}, ...more.accounts },
  people: { ned: { of: 'newco', since: 0, by: 'ada', ...ned }, ...more.people },
});

/** Opens a sale to an account on a day, wins it ten days later, and reads both. */
async function sell({ goTo, pull, hands }: Stage, opened = 20, sale = 'deal', of = 'newco'): Promise<void> {
  goTo(opened);
  hands.openSale({ id: sale, of, opened });
  goTo(opened + 1);
  await pull();
  goTo(opened + 10);
  hands.closeSale(sale, 'won', opened + 10);
  goTo(opened + 11);
  await pull();
}

const CLAIM = 'friends/ada>newco';
/** A network address for documentation (RFC 5737). */
const OFFICE = '203.0.113.7';
const SOLD = { claims: { [CLAIM]: 'won sourced' }, written: { deal: 'won sourced', ada: '1 active' } };
const RECORDED = { records: { [CLAIM]: `won sourced: ${MOVED_ON}` } };

/** The claim is refused: nobody is credited with the sale, and the sale says nothing of it. */
const refused = (...checks: readonly string[]) => ({
  claims: { [CLAIM]: 'rejected none' },
  signals: { [CLAIM]: checks },
  rewards: [],
  written: { ada: 'active' },
  records: { [CLAIM]: `rejected none: ${NOT_TAKEN_UP}` },
});

/** A person is to look at the claim first: the sale goes on and nobody is credited with it until then. */
const reviewed = (check: string) => ({
  claims: { [CLAIM]: 'under_review none' },
  signals: { [CLAIM]: [check] },
  rewards: [],
  written: { ada: 'active' },
  records: { [CLAIM]: `under_review none: ${BEING_LOOKED_AT}` },
});

/** Only told: claim, reward and fields are those of any other sale. */
const flagged = (check: string) => ({
  ...{ ...SOLD, ...RECORDED, rewards: ['adaco USD 100000 payable'] },
  signals: { [CLAIM]: [check] },
});

/** The sale is credited; only what is paid for it waits. */
const rewarded = (check: string, reward: string) => ({
  ...{ ...SOLD, ...RECORDED, rewards: [reward] },
  signals: { [CLAIM]: [check] },
});

const five = (said: string) =>
  Object.fromEntries(['c1', 'c2', 'c3', 'c4', 'c5'].map((of) => [`friends/ada>${of}`, said]));

const firstTwo = (said: string) => ({ 'friends/ada>c1': said, 'friends/ada>c2': said });

/** By the id of the check. */
export const FRAUD_CASES: Readonly<Record<string, FraudCase>> = {
  self_same_person: {
    given: newcomer({ email: 'ada+new@adaco.example' }),
    play: (stage) => sell(stage),
    // the same mailbox, and so the same domain
    seen: refused('self_same_person block', 'self_same_domain review'),
  },
  self_same_domain: {
    given: newcomer({ email: 'ned@adaco.example' }),
    play: (stage) => sell(stage),
    seen: reviewed('self_same_domain review'),
  },
  historical_domain: {
    given: newcomer(
      {},
      {
        accounts: { oldname: { since: -30, domain: 'newco.example' } },
        people: { nora: { of: 'oldname', since: -30, by: 'ada', email: 'nora@newco.example' } },
      },
    ),
    play: (stage) => sell(stage),
    seen: {
      ...reviewed('historical_domain review'),
      claims: { [CLAIM]: 'under_review none', 'friends/ada>oldname': 'accepted' },
      records: {
        [CLAIM]: `under_review none: ${BEING_LOOKED_AT}`,
        'friends/ada>oldname': `accepted: ${TAKEN_UP}`,
      },
    },
  },
  owner_or_employee: {
    given: newcomer(
      {},
      {
        people: { ada: { of: 'adaco', since: -700, email: 'ada@vendor.example' } },
        owners: { 'ada-sells': 'ada@vendor.example' },
      },
    ),
    play: (stage) => sell(stage),
    // recognition for herself, and no credit to the account
    seen: rewarded('owner_or_employee block_cash', 'ada USD 0 fulfilled'),
  },
  loop: {
    given: newcomer(
      {},
      {
        people: {
          ada: { of: 'adaco', since: -700, by: 'bea' },
          bea: { of: 'beaco', since: -699, by: 'ned' },
        },
      },
    ),
    play: (stage) => sell(stage),
    seen: {
      ...refused('loop block'),
      claims: {
        [CLAIM]: 'rejected none',
        'friends/bea>adaco': 'retained sourced',
        'friends/ned>beaco': 'retained sourced',
      },
      // those who led to ada and to bea, 10 % of 5,000.00 each
      rewards: ['beaco USD 50000 payable', 'newco USD 50000 payable'],
      written: {
        ...{ 'ada-first': 'retained sourced', 'bea-first': 'retained sourced' },
        ...{ ada: 'active', bea: '1 active', ned: '1 active' },
      },
      records: {
        [CLAIM]: `rejected none: ${NOT_TAKEN_UP}`,
        'friends/bea>adaco': `retained sourced: ${MOVED_ON}`,
        'friends/ned>beaco': `retained sourced: ${MOVED_ON}`,
      },
    },
  },
  same_group: {
    given: newcomer({}, { accounts: { newco: { parent: 'adaco' } } }),
    play: (stage) => sell(stage),
    seen: reviewed('same_group review'),
  },
  risky_email: {
    given: newcomer({ email: 'ned@mailinator.com' }),
    play: (stage) => sell(stage),
    seen: flagged('risky_email flag'),
  },
  similar_identity: {
    given: newcomer(
      { name: 'Quentin Abernathie' },
      {
        people: { ada: { of: 'adaco', since: -700, name: 'Quentin Abernathy' } },
      },
    ),
    play: (stage) => sell(stage),
    seen: flagged('similar_identity flag'),
  },
  velocity: {
    given: {
      accounts: { newco: {}, c1: {}, c2: {}, c3: {}, c4: {}, c5: {} },
      people: Object.fromEntries(
        ['c1', 'c2', 'c3', 'c4', 'c5', 'newco'].map((of) => [
          `${of}-p`,
          { of, since: of === 'newco' ? 0.01 : 0, by: 'ada' },
        ]),
      ),
    },
    play: (stage) => sell(stage),
    // the sixth claim within an hour; the five before it are those of any other day
    seen: {
      ...rewarded('velocity hold', 'adaco USD 100000 held fraud_check'),
      claims: { [CLAIM]: 'won sourced', ...five('accepted') },
      records: { [CLAIM]: `won sourced: ${MOVED_ON}`, ...five(`accepted: ${TAKEN_UP}`) },
    },
  },
  paid_traffic: {
    given: newcomer(),
    async play({ goTo, pull, hands }) {
      goTo(20);
      hands.openSale({ id: 'deal', of: 'newco', opened: 20, source: 'Advertisement' });
      goTo(21);
      await pull();
      goTo(30);
      hands.closeSale('deal', 'won', 30);
      goTo(31);
      await pull();
    },
    seen: flagged('paid_traffic flag'),
  },
  duplicate_participant: {
    given: newcomer(
      {},
      {
        people: {
          ada: { of: 'adaco', since: -700 },
          bea: { of: 'beaco', since: -700, email: 'ada+two@adaco.example' },
          otto: { of: 'othco', since: -3, by: 'bea' },
        },
        accounts: { othco: {} },
      },
    ),
    play: (stage) => sell(stage),
    seen: {
      ...rewarded('duplicate_participant hold', 'adaco USD 100000 held fraud_check'),
      claims: { [CLAIM]: 'won sourced', 'friends/bea>othco': 'accepted' },
      written: { deal: 'won sourced', ada: '1 active', bea: 'active' },
      records: { [CLAIM]: `won sourced: ${MOVED_ON}`, 'friends/bea>othco': `accepted: ${TAKEN_UP}` },
    },
  },
  minimum_customers: {
    given: newcomer(),
    programs: [aProgram({ checkSettings: { limits: { activeCustomers: 2 } } })],
    play: (stage) => sell(stage),
    seen: rewarded('minimum_customers wait', 'adaco USD 100000 pending'),
  },
  amount_above_limit: {
    given: newcomer(),
    programs: [aProgram({ approvalAbove: 99_999 })],
    play: (stage) => sell(stage),
    seen: rewarded('amount_above_limit hold', 'adaco USD 100000 held needs_approval'),
  },
  claim_squatting: {
    given: newcomer({}, { accounts: { c1: {} }, people: { carl: { of: 'c1', since: -3, by: 'ada' } } }),
    programs: [aProgram({ policy: { openClaimsPerParticipant: 1 } })],
    play: (stage) => sell(stage),
    seen: {
      ...refused('claim_squatting block'),
      claims: { [CLAIM]: 'rejected none', 'friends/ada>c1': 'accepted' },
      records: { [CLAIM]: `rejected none: ${FOLLOW_UP}`, 'friends/ada>c1': `accepted: ${TAKEN_UP}` },
    },
  },
  same_device: {
    given: newcomer({ by: undefined }),
    // no CRM keeps it: who submits the claim gives what the form knew
    async play(stage) {
      const facts = stage.file('facts.json', { devices: { referrer: [OFFICE], referred: ['other', OFFICE] } });
      await stage.referrals('submit', undefined, { advocate: 'ada', party: 'newco', facts });
      expect(stage.trace()).not.toContain(OFFICE);
      await sell(stage);
    },
    seen: flagged('same_device flag'),
  },
  refund_rate: {
    given: {
      accounts: { newco: {}, c1: {}, c2: {}, c3: {}, c4: {}, c5: {} },
      people: Object.fromEntries(
        ['newco', 'c1', 'c2', 'c3', 'c4', 'c5'].map((of, since) => [`${of}-p`, { of, since, by: 'ada' }]),
      ),
      sales: Object.fromEntries(
        ['c1', 'c2', 'c3', 'c4', 'c5'].map((of) => [`sale-${of}`, { of, opened: 6, won: 8, amount: 1000 }]),
      ),
    },
    from: 9,
    async play(stage) {
      const { goTo, pull, hands, look } = stage;
      expect((await look()).rewards).toHaveLength(5);
      goTo(12);
      hands.closeSale('sale-c1', 'lost', 12);
      hands.closeSale('sale-c2', 'lost', 12);
      goTo(13);
      await pull();
      await sell(stage);
    },
    // two of six came back: a third, and a quarter is the limit
    seen: {
      claims: { [CLAIM]: 'won sourced', ...five('won sourced'), ...firstTwo('reversed sourced') },
      signals: Object.fromEntries(
        [CLAIM, ...Object.keys(five('')).slice(2)].map((claim) => [claim, ['refund_rate review']]),
      ),
      // what was settled already would stay; these were not
      rewards: [
        ...Array.from({ length: 2 }, () => 'adaco USD 10000 canceled'),
        ...Array.from({ length: 3 }, () => 'adaco USD 10000 review_required fraud_check'),
        'adaco USD 100000 review_required fraud_check',
      ],
      written: {
        ...{ deal: 'won sourced', 'sale-c1': 'reversed none', 'sale-c2': 'reversed none' },
        ...{ 'sale-c3': 'won sourced', 'sale-c4': 'won sourced', 'sale-c5': 'won sourced', ada: '4 active' },
      },
      records: {
        [CLAIM]: `won sourced: ${MOVED_ON}`,
        ...five(`won sourced: ${MOVED_ON}`),
        ...firstTwo(`reversed none: ${MOVED_ON}`),
      },
    },
  },
  back_dated: {
    given: newcomer({ by: undefined }),
    async play(stage) {
      stage.goTo(15);
      const said = { advocate: 'ada', party: 'newco', introduced: dayOf(2) };
      await stage.referrals('submit', undefined, said);
      await sell(stage);
    },
    seen: reviewed('back_dated review'),
  },
  deleted_customer: {
    given: newcomer({ by: undefined }),
    async play(stage) {
      const { goTo, pull, hands, refused: refusal, call, idOf } = stage;
      goTo(5);
      await call('forget', {}, idOf('ned'));
      goTo(10);
      hands.addPerson({ id: 'nick', of: 'newco', since: 10, by: 'ada', email: 'ned@newco.example' });
      goTo(11);
      await pull();
      const failure = await refusal('submit', undefined, { advocate: 'ada', party: 'nick' });
      expect(failure).toMatchObject({ exitCode: 2, code: 'ineligible' });
      expect(failure.message).toMatch(/ Nothing was written\.$/);
      await sell(stage);
    },
    // nothing may be stored of somebody who was erased: no claim, no record, no field
    seen: { claims: {}, signals: {}, rewards: [], written: { ada: 'active' }, records: {} },
  },
};
