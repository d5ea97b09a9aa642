import type { CrmModule, Vocabulary } from '@holdfast/core';
import { describe, expect, test } from 'vitest';
import { applyAnswers } from './answers.ts';
import { keepSaid } from './earlier-config.ts';
import { proposeProfile } from './propose-profile.ts';
import { describeSample } from './sample.ts';

const word = (value: string, label = value) => ({ value, label });
const defaults: CrmModule['profile'] = {
  book: {
    lifecycles: { customer: 'customer', gone: 'other' },
    blank: 'other',
    wonOpportunity: false,
    activeContract: false,
    pilot: [],
  },
  opportunities: { stages: { 'sales/signed': 'won' }, pipelines: { sales: 'new' }, types: {} },
  tickets: { stages: {}, urgent: ['high'] },
  contracts: { statuses: {} },
  orders: { statuses: {} },
  referralSources: ['Referral', 'Friend'],
  unit: 'record',
  rates: {},
  fiscalYearStartMonth: 1,
};
const vocabulary: Vocabulary = {
  lifecycles: [word('customer'), word('vip', 'Very important')],
  pipelines: [word('sales'), word('partners')],
  stages: [
    { ...word('signed'), pipeline: 'sales' },
    { ...word('talks'), pipeline: 'sales', meaning: 'open' },
    { ...word('signed'), pipeline: 'partners', meaning: 'closed' },
  ],
  opportunityTypes: [],
  opportunitySources: [word('Web'), word('Referral')],
  ticketStages: [{ ...word('1'), meaning: 'open' }, { ...word('4'), meaning: 'closed' }, word('9', 'Limbo')],
  contractStatuses: [word('Draft')],
  orderStatuses: [word('Draft')],
};
const org = { id: '7', name: 'Acme', edition: 'Pro', kind: 'production', timeZone: 'UTC', currency: 'EUR' } as const;
const proposal = proposeProfile({ profile: defaults }, { vocabulary, org });

describe('the proposed profile', () => {
  test('takes the meanings that the CRM or its own word tells, only for words in use, and confirms nothing', () => {
    expect(proposal.profile).toMatchObject({
      orgId: '7',
      confirmedAt: null,
      currency: 'EUR',
      book: { lifecycles: { customer: 'customer' } },
      opportunities: { stages: { 'sales/signed': 'won', 'sales/talks': 'open' }, pipelines: { sales: 'new' } },
      tickets: { stages: { '1': 'open', '4': 'closed' } },
      referralSources: ['Referral'],
    });
    expect(proposal.profile.book.lifecycles).not.toHaveProperty('gone');
  });

  test('guesses nothing: whatever has no meaning stays open, a closed stage that is neither won nor lost too', () => {
    expect(proposal.open.map(({ list, value }) => `${list} ${value}`)).toEqual([
      'lifecycles vip',
      'pipelines partners',
      'stages partners/signed',
      'ticketStages 9',
      'contractStatuses Draft',
      'orderStatuses Draft',
    ]);
  });
});

describe('answers', () => {
  test('close the value of their own list only, though another list has the same word', () => {
    const { profile, open } = applyAnswers(proposal, {
      orderStatuses: { Draft: 'open' },
      lifecycles: { vip: 'customer' },
    });
    expect(profile.orders.statuses).toEqual({ Draft: 'open' });
    expect(profile.book.lifecycles).toEqual({ customer: 'customer', vip: 'customer' });
    expect(open.map(({ list, value }) => `${list} ${value}`)).toContain('contractStatuses Draft');
    expect(open.map(({ list }) => list)).not.toContain('orderStatuses');
  });

  test('what is not answered stays as proposed', () => {
    expect(applyAnswers(proposal, {})).toEqual(proposal);
    const { profile } = applyAnswers(proposal, { wonOpportunity: true, pilot: ['a:1'], urgentPriorities: [] });
    expect(profile.book).toMatchObject({ wonOpportunity: true, activeContract: false, pilot: ['a:1'] });
    expect(profile.tickets.urgent).toEqual([]);
  });
});

describe('an earlier profile', () => {
  const earlier = {
    ...applyAnswers(proposal, { lifecycles: { customer: 'partner' }, contractStatuses: { Draft: 'draft' } }).profile,
    confirmedAt: 5,
    fiscalYearStartMonth: 4,
  };

  test('what a person said stands over what is proposed; what is new is added; it must be confirmed anew', () => {
    const { profile, open } = keepSaid(proposal, earlier);
    expect(profile).toMatchObject({
      confirmedAt: null,
      fiscalYearStartMonth: 4,
      contracts: { statuses: { Draft: 'draft' } },
    });
    expect(profile.book.lifecycles).toEqual({ customer: 'partner' });
    expect(profile.opportunities.stages).toEqual(proposal.profile.opportunities.stages);
    expect(open.map(({ list }) => list)).not.toContain('contractStatuses');
    expect(open.map(({ list }) => list)).toContain('orderStatuses');
  });

  test('another org is refused, without one all is as proposed', () => {
    expect(() => keepSaid(proposal, { ...earlier, orgId: '8' })).toThrow(/set up for 8, but .* 7/);
    expect(keepSaid(proposal, undefined)).toEqual(proposal);
  });
});

describe('the proposal in words', () => {
  const empty: Vocabulary = {
    lifecycles: [],
    pipelines: [],
    stages: [],
    opportunityTypes: [],
    opportunitySources: [],
    ticketStages: [],
    contractStatuses: [],
    orderStatuses: [],
  };
  const org = { id: '7', name: 'Acme', edition: '', kind: 'unknown', currency: 'EUR', timeZone: 'UTC' } as const;
  const vocabulary: Vocabulary = {
    ...empty,
    pipelines: [word('71', 'Renewals')],
    stages: [{ ...word('9', 'Notice sent'), pipeline: '71', meaning: 'open' }],
    orderStatuses: [word('Open')],
  };
  const said = describeSample({ org, vocabulary }, proposeProfile({ profile: defaults }, { org, vocabulary }), {
    looked: 0,
    roles: {},
  });

  test('ids of a pipeline or stage are shown by their labels', () => {
    expect(said).toContain('opportunity stage: open = Renewals: Notice sent');
    expect(said).toContain('opportunity pipeline "Renewals" (71): new, renewal, expansion, ignored?');
  });

  test('the answers file to fill in is JSON with a place for each open value', () => {
    expect(JSON.parse(said.slice(said.indexOf('\n{') + 1))).toEqual({
      pipelines: { 71: 'new|renewal|expansion|ignored' },
      orderStatuses: { Open: 'open|shipped|delivered|cancelled' },
    });
  });
});
