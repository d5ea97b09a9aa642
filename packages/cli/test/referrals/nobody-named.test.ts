import { afterEach, expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage | null = null;
afterEach(async () => stage?.close());

test('a sale whose source says referral names nobody: the list says what to do', async () => {
  stage = await openStage('hubspot', { accounts: { newco: {} }, people: { ned: { of: 'newco', since: 0 } } });
  stage.goTo(10);
  stage.hands.openSale({ id: 'deal', of: 'newco', opened: 10, source: 'Referral' });
  stage.goTo(11);
  await stage.pull();
  const { text } = await stage.call('referrals', {}, 'list');
  expect(text).toMatch(/^Where nobody is named: .* `holdfast referrals submit --advocate ID --party ID`\.$/m);
});
