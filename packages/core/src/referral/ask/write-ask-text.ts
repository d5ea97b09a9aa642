import { type AskWording, wordingFor } from './ask-wording.ts';

/** What every text needs to know of the program. */
export interface AskTextFacts {
  /** Who asks: the company's name. */
  readonly seller: string;
  /** The page that may be passed on; `null`: none, the customer introduces in words of their own. */
  readonly link: string | null;
  /** Whether the customer may get anything for it: then the lines that are passed on say so. */
  readonly rewarded: boolean;
  readonly termsVersion: string;
  /** The customer's code, to be mentioned by whoever follows the recommendation; none when left out. */
  readonly code?: string;
}

/** Texts for a person to send. Nothing is sent by us. */
export interface AskText {
  readonly jurisdiction: string;
  readonly means: AskWording['means'];
  /** For the owner to send to the customer, in their own name. */
  readonly request: string;
  /** For the customer to pass on, the disclosure as its last sentence. */
  readonly share: string;
  readonly disclosure: string;
  /** For the first message to the person who is introduced. */
  readonly prospectNotice: string;
  readonly noticeWithinDays: number;
  readonly termsVersion: string;
}

/**
 * The texts of one ask by the customer's country. They name no person, no amount and no other customer, and never ask for
 * somebody's address: the customer writes, or passes a link on, in their own name.
 *
 * @example
 * writeAskText('the result that we have just reached', 'DE', { seller: 'Example', link: null, rewarded: true, termsVersion: '1' }).means; // 'introduction'
 */
export function writeAskText(occasion: string, country: string | null, facts: AskTextFacts): AskText {
  const { seller, link, rewarded, termsVersion, code } = facts;
  const wording = wordingFor(country);
  const means = link === null ? 'introduction' : wording.means;
  // without a link there are no lines to pass on: the strictest wording asks for words of their own
  const { manner } = means === wording.means ? wording : wordingFor(null);
  const disclosure = rewarded
    ? `I may receive a benefit from ${seller} if this leads to business.`
    : `I receive nothing from ${seller} for this.`;
  const wish =
    means === 'share_link'
      ? 'Do you know somebody who could gain from working with us as well?'
      : 'Do you know somebody who could gain from working with us as well, and would you introduce us?';
  const experience = `We work with ${seller} and thought that it might help you as well.`;
  const more = means === 'share_link' ? [`More about it: ${link}`] : [];
  const mention = code === undefined ? [] : [`Please mention the code ${code} when you talk to them.`];
  const share = [experience, ...more, ...mention, disclosure].join(' ');
  return {
    jurisdiction: wording.jurisdiction,
    means,
    request: `Thank you for ${occasion}. ${wish} ${manner} There is no need to answer if it does not suit you.`,
    share,
    disclosure,
    prospectNotice: wording.notice,
    noticeWithinDays: wording.noticeWithinDays,
    termsVersion,
  };
}
