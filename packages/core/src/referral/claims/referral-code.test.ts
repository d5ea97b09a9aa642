import { describe, expect, it } from 'vitest';
import { at } from '../../../test/records.ts';
import { checkCode } from './check-code.ts';
import { CODE_ALPHABET, checkSign, foldCode, isCodeIntact, makeCode, type ReferralCode } from './referral-code.ts';

const signs = [...CODE_ALPHABET];
const withCheck = (body: string) => body + checkSign(body);
/** All codes of three signs and the check sign: 12,167. */
function* shortCodes() {
  for (const a of signs) for (const b of signs) for (const c of signs) yield withCheck(a + b + c);
}
const replaced = (code: string, place: number, sign: string) => code.slice(0, place) + sign + code.slice(place + 1);
const swapped = (code: string, place: number) =>
  code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2);

describe('the alphabet', () => {
  it('has 23 signs, a prime number, and none that looks like another', () => {
    expect(new Set(signs).size).toBe(23);
    for (const alike of ['0OQ', '1IL', '2Z', '5S', '8B', '6G', 'UV'])
      expect([...alike].filter((sign) => signs.includes(sign)).length, alike).toBeLessThanOrEqual(1);
  });
});

describe('the check sign', () => {
  it('hand calculation: C is 1, D is 2; (1 * 5 + 2) * 5 = 35, 35 mod 23 = 12, 23 - 12 = 11, which is P', () => {
    expect(signs.indexOf('P')).toBe(11);
    expect(withCheck('CD')).toBe('CDP');
    expect(isCodeIntact('CDP')).toBe(true);
    expect(() => checkSign('C0')).toThrow(RangeError);
  });

  it('every single substitution in every code of four signs is caught: 1,070,696 of them', () => {
    let tried = 0;
    let missed = 0;
    for (const code of shortCodes())
      for (let place = 0; place < 4; place += 1)
        for (const sign of signs) {
          if (sign === code.charAt(place)) continue;
          tried += 1;
          if (isCodeIntact(replaced(code, place, sign))) missed += 1;
        }
    expect([tried, missed]).toEqual([12_167 * 4 * 22, 0]);
  });

  it('every exchange of two unlike neighbours in every code of four signs is caught', () => {
    let tried = 0;
    let missed = 0;
    for (const code of shortCodes())
      for (let place = 0; place < 3; place += 1) {
        if (code.charAt(place) === code.charAt(place + 1)) continue;
        tried += 1;
        if (isCodeIntact(swapped(code, place))) missed += 1;
      }
    expect(missed).toBe(0);
    // of the three pairs of neighbours one in 23 is alike: 12,167 * 3 * 22 / 23
    expect(tried).toBe(34_914);
  });

  it('full length: every pair of signs at every place, for both slips (the check is a sum, so the rest does not matter)', () => {
    let missed = 0;
    for (let place = 0; place < 7; place += 1)
      for (const one of signs)
        for (const other of signs) {
          if (one === other) continue;
          const code = withCheck(replaced('ACDEFGH', place, one));
          if (isCodeIntact(replaced(code, place, other))) missed += 1;
          if (place === 6) continue;
          const pair = withCheck(replaced(replaced('ACDEFGH', place, one), place + 1, other));
          if (isCodeIntact(swapped(pair, place))) missed += 1;
        }
    for (const sign of signs) {
      const code = withCheck(replaced('ACDEFGH', 6, sign));
      for (const other of signs) if (other !== code.charAt(7) && isCodeIntact(replaced(code, 7, other))) missed += 1;
      if (code.charAt(6) !== code.charAt(7) && isCodeIntact(swapped(code, 6))) missed += 1;
    }
    expect(missed).toBe(0);
  });

  it('is read without regard to case, blanks and hyphens; a sign outside the alphabet never fits', () => {
    expect(foldCode(' cd-p ')).toBe('CDP');
    expect(isCodeIntact('c d-p')).toBe(true);
    expect([isCodeIntact('CDP0'), isCodeIntact(''), isCodeIntact('A')]).toEqual([false, false, false]);
  });
});

describe('making a code', () => {
  it('from the bytes given: bytes from 253 on are passed over, a code that is taken is not made again', () => {
    const bytes = Uint8Array.from([255, 0, 1, 2, 3, 4, 5, 6, 253, 23, 24, 25, 26, 27, 28, 30]);
    const first = makeCode(bytes);
    expect(first?.slice(0, 7)).toBe('ACDEFGH');
    const second = makeCode(bytes, (code) => code === first);
    expect(second?.slice(0, 7)).toBe('ACDEFGJ');
    expect([first, second].every((code) => code !== null && isCodeIntact(code))).toBe(true);
    expect(makeCode(bytes, () => true)).toBeNull();
    expect(makeCode(Uint8Array.from([1, 2, 3]))).toBeNull();
  });
});

describe('a code that was typed in', () => {
  const code: ReferralCode = {
    code: 'CDP',
    programId: 'friends',
    participantId: 'contact:1',
    status: 'active',
    createdAt: at('2026-01-01'),
    expiresAt: at('2026-02-01'),
    maxUses: 2,
    uses: 1,
  };
  const check = (set: Partial<ReferralCode> = {}, typed = 'cdp', on = '2026-01-15', program = 'friends') =>
    checkCode(typed, program, (it) => (it === 'CDP' ? { ...code, ...set } : undefined), at(on));

  it('is found in any spelling; it is valid to its last millisecond', () => {
    expect(check()).toEqual(code);
    expect(checkCode('CDP', 'friends', () => code, at('2026-02-01') - 1)).toEqual(code);
  });

  it.each([
    ['wrong checksum', 'bad_code', check({}, 'CDE')],
    ['unknown', 'code_not_valid', check({}, withCheck('CC'))],
    ['of another program', 'code_not_valid', check({}, 'cdp', '2026-01-15', 'partners')],
    ['withdrawn', 'code_not_valid', check({ status: 'withdrawn' })],
    ['expired at that very instant', 'code_not_valid', check({}, 'cdp', '2026-02-01')],
    ['used up', 'code_not_valid', check({ uses: 2 })],
    ['used before it was made', 'clock_backwards', check({}, 'cdp', '2025-12-31')],
  ])('refused: %s', (_, reason, outcome) => {
    expect(outcome).toMatchObject({ refused: true, reason });
  });
});
