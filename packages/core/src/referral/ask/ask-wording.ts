/** How an introduction may be asked for in a jurisdiction: data that counsel can read and change. No legal advice. */
export interface AskWording {
  readonly jurisdiction: string;
  /** Two-letter countries it is for. */
  readonly countries: readonly string[];
  /** `share_link`: the customer passes a link on. `introduction`: the customer writes a few words of their own. */
  readonly means: 'share_link' | 'introduction';
  /** How the customer is asked to go about it. */
  readonly manner: string;
  /** What the person who is introduced is told at the first contact, and at the latest so many days after. */
  readonly notice: string;
  readonly noticeWithinDays: number;
  /** What the wording rests on. */
  readonly source: string;
}

const RIGHTS =
  'You can ask at any time what we hold about you, have it corrected or deleted, and object to its use; you can also turn to your data protection authority.';
const NOTICE =
  'A business contact of yours introduced us. From that introduction we hold your name and your business contact details, only to answer it.';

/** Countries where the General Data Protection Regulation applies, those with a wording of their own left out. */
const EEA = /* @__PURE__ */ 'BE BG CY CZ DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
);

/** The strictest one: for every country that no other wording names. */
const ANYWHERE: AskWording = {
  jurisdiction: 'anywhere',
  countries: [],
  means: 'introduction',
  manner:
    'A few words of your own to both of us are best, and only to somebody who would want to hear from us. Please send us nobody\u2019s contact details unless they have agreed.',
  notice: `${NOTICE} ${RIGHTS}`,
  noticeWithinDays: 30,
  source: 'the strictest of the wordings below',
};

export const ASK_WORDINGS: readonly AskWording[] = [
  {
    jurisdiction: 'Germany and Austria',
    countries: ['DE', 'AT'],
    means: 'introduction',
    manner:
      'A few words of your own to both of us are best, and only to somebody who has told you that they would like to hear from us. Please send us nobody\u2019s contact details without their consent.',
    notice: `${NOTICE} ${RIGHTS}`,
    noticeWithinDays: 30,
    source:
      'Germany: Act against Unfair Competition, section 7, and Federal Court of Justice 12 September 2013, I ZR 208/12 (recommendation mails that a company sends are its advertising); Austria: Telecommunications Act 2021, section 174; GDPR article 14',
  },
  {
    jurisdiction: 'European Economic Area',
    countries: EEA,
    means: 'share_link',
    manner:
      'You can pass the lines below on in your own name, in a message of your own, to somebody who would want them. Please send us nobody\u2019s contact details unless they have agreed.',
    notice: `${NOTICE} ${RIGHTS}`,
    noticeWithinDays: 30,
    source: 'Directive 2002/58/EC article 13; GDPR article 14',
  },
  {
    jurisdiction: 'United Kingdom',
    countries: ['GB'],
    means: 'share_link',
    manner:
      'You can pass the lines below on in your own name, in a message of your own, and only to somebody who would want them. Please send us nobody\u2019s contact details unless they have agreed.',
    notice: `${NOTICE} ${RIGHTS}`,
    noticeWithinDays: 30,
    source:
      'Privacy and Electronic Communications Regulations 2003, regulation 22, with the guidance of the ICO on refer-a-friend campaigns; UK GDPR article 14; CAP Code (no reward for handing over an address)',
  },
  {
    jurisdiction: 'United States',
    countries: ['US'],
    means: 'share_link',
    manner:
      'You can pass the lines below on in your own words to somebody who would want them. Please keep the last sentence: it has to be there.',
    notice: `${NOTICE} Tell us if you would rather not hear from us, and we will not write again.`,
    noticeWithinDays: 30,
    source: 'Endorsement Guides, 16 CFR 255.5 (material connection); CAN-SPAM Act, 15 USC 7704',
  },
  {
    jurisdiction: 'Canada',
    countries: ['CA'],
    means: 'introduction',
    manner:
      'A few words of your own to both of us are best, to somebody you know in business or in private. Please send us nobody\u2019s contact details unless they have agreed.',
    notice: `${NOTICE} We write this once because of it. Tell us if you would rather not hear from us, and we will not write again.`,
    noticeWithinDays: 30,
    source:
      'Electronic Commerce Protection Regulations SOR/2013-221, section 4 (one message after a referral, by somebody with a relationship to both, who is named in it)',
  },
];

/** The wording for a country; the strictest one where the country is not known or has none of its own. */
export function wordingFor(country: string | null): AskWording {
  return ASK_WORDINGS.find((it) => country !== null && it.countries.includes(country)) ?? ANYWHERE;
}
