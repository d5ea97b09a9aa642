import type { HealthBand } from '../../model/types.ts';

export const ASK_TRIGGERS = ['clause_due', 'result_achieved', 'promoter', 'renewal_won', 'own_initiative'] as const;
/** What makes it the right moment to ask for an introduction; `own_initiative`: somebody asked without any of the others. */
export type AskTrigger = (typeof ASK_TRIGGERS)[number];

/** When a trigger counts, and how the reason is put: words that the customer may read. */
export interface AskTriggerRule {
  readonly trigger: AskTrigger;
  /** It counts from its day on, so many days long. A clause counts so many days before it is due, and until it is met. */
  readonly withinDays: number;
  /** For staff, and for the customer should they read it: names no person, reward or suspicion. */
  readonly reason: string;
  /** How the text begins: a half sentence after "Thank you for". */
  readonly occasion: string;
}

/** Whom to ask, when, and how often. Every number is an assumption that a company may change. */
export interface AskPolicy {
  readonly version: string;
  /** The first one that holds for an account is used. */
  readonly triggers: readonly AskTriggerRule[];
  /** Accounts in these bands may be asked; an account at risk or not scored never is, whatever stands here. */
  readonly bands: readonly HealthBand[];
  /** Days between two asks of one person, and of one account. */
  readonly personCoolDownDays: number;
  readonly accountCoolDownDays: number;
  /** After a no, and after silence. */
  readonly declinedCoolDownDays: number;
  readonly ignoredCoolDownDays: number;
  /** An ask without an answer counts as ignored after so many days. */
  readonly answerDays: number;
  /** Asks that one owner has open at a time, the new ones included. */
  readonly asksPerOwner: number;
  /** An answer from this on is a promoter's; up to `detractorTo` the person is not asked. */
  readonly promoterFrom: number;
  readonly detractorTo: number;
  /** Share of accounts that is not asked, to measure by, and the text that the draw is made from. */
  readonly holdOut: { readonly share: number; readonly seed: string };
}

export const ASK_POLICY: AskPolicy = {
  version: 'ask-1',
  triggers: [
    {
      trigger: 'clause_due',
      withinDays: 30,
      reason: 'The agreement provides for an introduction or a reference about now.',
      occasion: 'what we have agreed on in our contract',
    },
    {
      trigger: 'result_achieved',
      withinDays: 30,
      reason: 'A result that was planned together has just been reached.',
      occasion: 'the result that we have just reached together',
    },
    {
      trigger: 'promoter',
      withinDays: 45,
      reason: 'The last survey answer says that they would recommend us.',
      occasion: 'your answer to our survey',
    },
    {
      trigger: 'renewal_won',
      withinDays: 60,
      reason: 'The agreement was renewed a short while ago.',
      occasion: 'going on with us',
    },
  ],
  bands: ['healthy', 'watch'],
  personCoolDownDays: 180,
  accountCoolDownDays: 90,
  declinedCoolDownDays: 365,
  ignoredCoolDownDays: 270,
  answerDays: 30,
  asksPerOwner: 3,
  promoterFrom: 9,
  detractorTo: 6,
  holdOut: { share: 0.1, seed: 'asks' },
};
