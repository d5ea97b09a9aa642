import { expect, test } from 'vitest';
import { FEATURES } from './all-features.ts';
import { FEATURES_VERSION, packFacts, unpackFacts } from './pack-facts.ts';

test('packed facts come back as they were; missing ones are missing, 0 is 0', () => {
  const facts = { daysSinceTouch: 12, openUrgentTickets: 0, npsLast: null, usageTrend: -0.25 };
  const back = unpackFacts(FEATURES_VERSION, packFacts(facts));
  expect(back).toMatchObject(facts);
  expect(back.managerView).toBeNull();
  expect(packFacts({})).toHaveLength(FEATURES.length);
});

test('facts that an earlier list of features packed keep their names; what is no feature any more is left out', () => {
  expect(unpackFacts('daysSinceTouch longGone npsLast', [3, 4, Number.NaN])).toEqual({
    daysSinceTouch: 3,
    npsLast: null,
  });
});
