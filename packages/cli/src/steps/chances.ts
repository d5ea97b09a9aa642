import type { BookBasis, BookReport, LastCards } from '@holdfast/core';
import { count } from '../text/format.ts';
import { cardsText } from './last-cards.ts';

/** What the chances of loss that a command prints rest on. */
export interface Chances {
  /** Every one is of a model whose accuracy card has passed. */
  readonly proved: boolean;
  readonly basis: BookBasis;
  readonly cards: LastCards;
  /** What a reader must know before believing them; `null` when all are proved. */
  readonly note: string | null;
}

/** Reads off a scored book what its chances rest on. */
export function chancesOf({ basis, cards }: Pick<BookReport, 'basis' | 'cards'>): Chances {
  const open = basis.assumed + basis.learned;
  return { proved: open === 0, basis, cards, note: open === 0 ? null : noteOn(basis, cards) };
}

function noteOn({ assumed, learned, proved }: BookBasis, cards: LastCards): string {
  const whose = proved === 0 ? 'The chances of loss' : `${count(assumed + learned)} of the chances of loss`;
  const learnedFrom = learned === 0 ? '' : ', even where outcomes of this book have moved them';
  return `${whose} are assumptions until an accuracy card has passed${learnedFrom}. Accuracy card: ${cardsText(cards)}.`;
}
