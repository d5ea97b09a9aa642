import { describe, expect, it } from 'vitest';
import { ASK_POLICY } from './ask-policy.ts';
import { ASK_WORDINGS, wordingFor } from './ask-wording.ts';
import { ASK_REFUSALS } from './may-ask.ts';
import { writeAskText } from './write-ask-text.ts';

const facts = { seller: 'Example', link: 'https://example.com/r', rewarded: true, termsVersion: '3' };
const countries = [...ASK_WORDINGS.flatMap((it) => it.countries), 'JP', null];

describe('texts of an ask', () => {
  it('16 CFR 255.5: the disclosure stands in every text that is passed on, as its last sentence, with the terms version', () => {
    for (const country of countries) {
      const { share, disclosure, termsVersion } = writeAskText('your answer', country, facts);
      expect(disclosure).toBe('I may receive a benefit from Example if this leads to business.');
      expect(share.endsWith(disclosure)).toBe(true);
      expect(termsVersion).toBe('3');
    }
    expect(writeAskText('your answer', 'US', { ...facts, rewarded: false }).disclosure).toContain('nothing');
  });

  it('no text asks for somebody\u2019s address: contact details are named only to say that they are not wanted', () => {
    for (const country of countries) {
      const { request, share } = writeAskText('your answer', country, facts);
      for (const sentence of `${request} ${share}`.split(/(?<=[.?]) /)) {
        expect(sentence).not.toMatch(/e-?mail|phone|enter/i);
        if (/contact details|address/i.test(sentence)) expect(sentence).toContain('send us nobody');
      }
    }
  });

  it('I ZR 208/12: in Germany a few words of their own and no link; where the country is unknown the strictest', () => {
    expect(writeAskText('your answer', 'DE', facts)).toMatchObject({ means: 'introduction' });
    expect(writeAskText('your answer', 'DE', facts).share).not.toContain('example.com');
    expect(writeAskText('your answer', 'GB', facts)).toMatchObject({ means: 'share_link' });
    expect(writeAskText('your answer', 'GB', { ...facts, link: null }).means).toBe('introduction');
    expect([wordingFor(null).means, wordingFor('JP').means, wordingFor('CA').means]).toEqual(
      Array(3).fill('introduction'),
    );
  });

  it('without a link nothing is said of lines to pass on; a code stands before the disclosure', () => {
    for (const country of countries) {
      expect(writeAskText('your answer', country, { ...facts, link: null }).request).not.toMatch(/lines below|pass/);
      const { share } = writeAskText('your answer', country, { ...facts, code: 'HJKMNPRA' });
      expect(share).toMatch(
        / Please mention the code HJKMNPRA when you talk to them\. I may receive a benefit [^.]+\.$/,
      );
    }
  });

  it('GDPR 14: every notice to the prospect says from whom, what and why, and is due within a month', () => {
    for (const country of countries) {
      const { prospectNotice, noticeWithinDays } = writeAskText('your answer', country, facts);
      expect(prospectNotice).toContain('A business contact of yours introduced us');
      expect(noticeWithinDays).toBeLessThanOrEqual(30);
    }
    expect(wordingFor('FR').notice).toContain('deleted');
  });

  it('written as if the customer will read it: no reward, suspicion, score or loss in reasons and requests', () => {
    const reasons = ASK_POLICY.triggers.map((it) => it.reason);
    const requests = ASK_POLICY.triggers.map((it) => writeAskText(it.occasion, 'US', facts).request);
    for (const text of [...reasons, ...requests]) {
      expect(text).not.toMatch(/reward|benefit|bonus|fraud|suspic|score|risk|churn|promoter|advocate/i);
      expect(text.length).toBeLessThan(600);
    }
    expect(requests[0]).toMatch(/^Thank you for what we have agreed on in our contract\. /);
    expect(Object.values(ASK_REFUSALS).every((it) => it.endsWith('.'))).toBe(true);
  });

  it('no country has two wordings', () => {
    const all = ASK_WORDINGS.flatMap((it) => it.countries);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(33);
  });
});
