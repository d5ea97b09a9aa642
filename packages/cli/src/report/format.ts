import { currencyDecimals, type Money } from '@holdfast/core';

/** Escapes text for HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Money for reading: whole units, thousands apart, the code in front. */
export function money(amount: Money): string {
  const major = amount.minor / 10 ** currencyDecimals(amount.currency);
  return `${amount.currency} ${Math.round(major).toLocaleString('en-US')}`;
}

/** A count with thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}
