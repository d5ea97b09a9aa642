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

/** A chance for reading: whole per cent, and never a certainty that no model has. */
export function chance(share: number): string {
  if (share > 0.99) return 'over 99 %';
  if (share < 0.01) return 'under 1 %';
  return `${Math.round(share * 100)} %`;
}

/** A number with its sign, plus included. */
export function signed(value: number, decimals: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(decimals)}`;
}

/** A word of the model for reading: `under_review` is "under review". */
export function words(name: string): string {
  return name.replaceAll('_', ' ');
}
