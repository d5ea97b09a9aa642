import type { RetentionModel } from '../features/facts.ts';
import type { CalendarDay } from '../model/dates.ts';
import type { CardVerdict } from './backtest/accuracy-card.ts';

/** What the last accuracy card of a model said, and when. */
export interface LastCard {
  readonly verdict: CardVerdict;
  readonly on: CalendarDay;
}

/** The last card of each model; one that was never held against outcomes is left out. */
export type LastCards = { readonly [M in RetentionModel]?: LastCard };

const WORDS: Readonly<Record<CardVerdict, string>> = {
  passes: 'passed',
  'no-signal': 'no signal',
  miscalibrated: 'ranks, but its chances are off',
  'not-enough-outcomes': 'not enough outcomes yet',
  'losses-missing': 'losses missing',
};

/**
 * A card's verdict in a few words.
 *
 * @example
 * verdictText('no-signal'); // 'no signal'
 */
export function verdictText(verdict: CardVerdict): string {
  return WORDS[verdict];
}

/**
 * What became of holding a model against outcomes, as a clause: by the last card where there is one. `proved`: the card
 * that the model in use was made with has passed.
 */
export function cardText(proved: boolean, card: LastCard | null | undefined): string {
  if (!card) return proved ? 'its accuracy card has passed' : 'no accuracy card has passed yet';
  const { on, verdict } = card;
  if (verdict !== 'passes')
    return `${proved ? 'its own accuracy card has passed, but that' : 'the accuracy card'} of ${on} says: ${verdictText(verdict)}`;
  return proved
    ? `its accuracy card has passed, on ${on}`
    : `the accuracy card of ${on} has passed for a model that is not in use yet`;
}
