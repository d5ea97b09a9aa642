import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountDomain } from './account-domain.ts';
import { isNextInSeries, mailSeries } from './mail-series.ts';
import { foldName, similarity } from './name-similarity.ts';
import { normalisePhone } from './normalise-phone.ts';

describe('telephone numbers', () => {
  it('spellings of one number are equal (ITU-T E.164; numbers kept free for fiction by Ofcom and NANPA)', () => {
    const london = '+442079460018';
    for (const it of ['+44 20 7946 0018', '0044-20-7946-0018', '+44 (0)20 7946 0018', 'tel:+44 20 7946 0018 ext. 3'])
      expect(normalisePhone(it)).toBe(london);
    for (const it of ['020 7946 0018', '(020) 79460018 x12', '+44 020 7946 0018', '0044 (0) 20 7946 0018'])
      expect(normalisePhone(it, '44')).toBe(london);
    for (const it of ['(212) 555-0123', '1-212-555-0123', '+1 212.555.0123', '011 1 212 555 0123'])
      expect(normalisePhone(it, '1')).toBe('+12125550123');
    expect(normalisePhone('8 912 345-67-89', '7')).toBe('+79123456789');
    // Italy dials the 0 from abroad too
    expect(normalisePhone('06 6982 1234', '39')).toBe('+390669821234');
  });

  it('without a country a national number matches only itself, from nine digits; other text is no number', () => {
    expect(normalisePhone('020 7946 0018')).toBe('02079460018');
    expect(normalisePhone('7946 0018')).toBeNull();
    expect(normalisePhone('123 456 789')).toBe('123456789');
    expect(normalisePhone('+1234567')).toBeNull();
    expect(normalisePhone('+12345678')).toBe('+12345678');
    expect(normalisePhone('+1234567890123456')).toBeNull();
    for (const it of [null, '', 'call me', '1-800-FLOWERS', 'n/a']) expect(normalisePhone(it)).toBeNull();
  });

  it('property: normalising again changes nothing', () => {
    const text = fc.stringMatching(/^[+]?[0-9 ()./-]{0,20}$/);
    fc.assert(
      fc.property(text, fc.constantFrom(null, '49', '1', '39'), (it, code) => {
        const once = normalisePhone(it, null);
        if (once?.startsWith('+')) expect(normalisePhone(once, null)).toBe(once);
        const international = normalisePhone(it, code);
        if (international !== null && code !== null) expect(normalisePhone(international, null)).toBe(international);
      }),
      { numRuns: 200 },
    );
  });
});

describe('domains of accounts', () => {
  it('the registered one, from sites, hosts and addresses; three labels under second levels of countries', () => {
    for (const it of ['acme.co.uk', 'https://www.shop.acme.co.uk/a?b#c', 'ann@mail.Acme.co.uk', 'acme.co.uk.'])
      expect(accountDomain(it)).toBe('acme.co.uk');
    expect(accountDomain('http://a.b.acme.example:8080')).toBe('acme.example');
    expect(accountDomain('grün.example')).toBe('grün.example');
  });

  it('none for what strangers share, and for text that is no domain', () => {
    for (const it of ['a@gmail.com', 'yahoo.com.br', 'x.github.io', 'a@mailinator.com', 'b@duck.com', 'www.gmx.at'])
      expect(accountDomain(it)).toBeNull();
    for (const it of [null, '', 'acme', 'co.uk', '10.0.0.1', 'a b.example', 'acme..example'])
      expect(accountDomain(it)).toBeNull();
    expect(accountDomain('notgmail.com')).toBe('notgmail.com');
  });
});

describe('likeness', () => {
  it("Levenshtein's textbook distances: kitten and sitting 3, saturday and sunday 3", () => {
    expect(similarity('kitten', 'sitting')).toBeCloseTo(1 - 3 / 7, 12);
    expect(similarity('saturday', 'sunday')).toBeCloseTo(1 - 3 / 8, 12);
    expect(similarity('', '')).toBe(1);
    expect(similarity('', 'abc')).toBe(0);
  });

  it('property: the same both ways, 1 only for equals, never outside 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const alike = similarity(a, b);
        expect(alike).toBe(similarity(b, a));
        expect(alike === 1).toBe(a === b);
        expect(alike).toBeGreaterThanOrEqual(0);
        expect(alike).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('names without order, marks and punctuation; numbers in addresses', () => {
    expect(foldName('  MÜLLER-Löw, Dr. Zoë ')).toBe('dr low muller zoe');
    expect(foldName('—')).toBe('');
    expect(mailSeries('lead07@x.example')).toEqual({ stem: 'lead@x.example', number: 7 });
    expect(mailSeries('lead1234567890@x.example')).toBeNull();
    expect(mailSeries('42@x.example')).toBeNull();
    const place = (number: number) => ({ stem: 's', number });
    expect([0, 1, 5, 6].map((it) => isNextInSeries(place(10), place(10 + it), 5))).toEqual([false, true, true, false]);
  });
});
