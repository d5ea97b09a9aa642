import { afterEach, describe, expect, test } from 'vitest';
import { CRMS, openStage, type Stage } from './stage.ts';

interface Submitted {
  readonly claim: { readonly evidence: string; readonly consent: string; readonly state: string };
  readonly isNew: boolean;
}

describe.each(CRMS)('how a claim comes in, on %s', (crm) => {
  let stage: Stage | null = null;
  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  const given = { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0 } } };
  const submit = async (advocate: string, options: Readonly<Record<string, unknown>>) =>
    (await stage!.referrals<Submitted>('submit', undefined, { advocate, party: 'newco', ...options })).claim;

  test("a partner's lead needs a partner, and is stronger than what a form or an introduction says", async () => {
    stage = await openStage(crm, given);
    const { referrals, refused, trace } = stage;
    await referrals('list');
    const before = trace();
    const failure = await refused('submit', undefined, { advocate: 'ada', party: 'newco', channel: 'partner' });
    expect(failure).toMatchObject({ code: 'ineligible', exitCode: 2 });
    expect(failure.message).toContain('--role partner');
    expect(trace()).toBe(before);
    expect(await submit('bea', { channel: 'form' })).toMatchObject({ evidence: 'free_text', consent: 'own_request' });
    await referrals('participant', 'ada', { status: 'active', role: 'partner' });
    expect(await submit('ada', { channel: 'partner' })).toMatchObject({
      evidence: 'partner_lead',
      consent: 'legitimate_interest',
      state: 'accepted',
    });
  });

  test('a link is a click, a code that came with it counts as the code; the same again is taken once', async () => {
    stage = await openStage(crm, given);
    const { code, referrals } = stage;
    code('bea', 'AAAAAAAA');
    expect(await submit('ada', { channel: 'link' })).toMatchObject({ evidence: 'click' });
    const again = { advocate: 'ada', party: 'newco', channel: 'link' };
    expect(await referrals<Submitted>('submit', undefined, again)).toMatchObject({ isNew: false });
    expect(await submit('bea', { channel: 'link', code: 'AAAAAAAA' })).toMatchObject({ evidence: 'code' });
  });

  test('an unknown way is refused before anything is opened', async () => {
    stage = await openStage(crm, given);
    const failure = await stage.refused('submit', undefined, { advocate: 'ada', party: 'newco', channel: 'pigeon' });
    expect(failure).toMatchObject({ code: 'usage', exitCode: 2 });
    expect(failure.message).toContain('introduction, form, partner, link');
  });
});
