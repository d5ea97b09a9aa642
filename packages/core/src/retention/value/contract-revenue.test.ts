import { expect, it } from 'vitest';
import { aContract, anAccount, eur, profile } from '../../../test/records.ts';
import { bookMovements } from '../../metrics/recurring/book-movements.ts';
import { contractRevenue } from './contract-revenue.ts';

const window = { from: '2026-01-01', to: '2026-12-31' };
const of = (...contracts: Parameters<typeof aContract>[0][]) =>
  contractRevenue({ account: anAccount(), contracts: contracts.map((it) => aContract(it)) }, profile, window);

it('a contract of 1,200 a year that ends and one of 900 that follows: 100 a month, then 75, by hand', () => {
  const result = of(
    { startsOn: '2025-04-01', endsOn: '2026-03-31', annual: eur(1200) },
    { id: 'contract:2', startsOn: '2026-04-01', endsOn: '2027-03-31', annual: eur(900) },
  );
  expect(result).toMatchObject({ reason: null, revenue: { m0: 10_000, m1: 7_500 }, pendingSince: null });
  if (result.reason === null) expect(bookMovements([result.revenue]).netted.contraction).toBe(2_500);
});

it('what is not known is a reason and not 0', () => {
  expect(of()).toEqual({ reason: 'no contract' });
  expect(of({ startsOn: '2025-04-01', endsOn: '2026-03-31', annual: null })).toEqual({
    reason: 'a contract without an amount',
  });
  expect(of({ startsOn: '2025-04-01', endsOn: '2026-03-31', annual: { minor: 1, currency: 'XXX' } })).toEqual({
    reason: 'no rate for XXX',
  });
});
