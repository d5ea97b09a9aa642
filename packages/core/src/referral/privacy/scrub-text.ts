import { identityKeys, type PartyIdentity } from '../fraud/identity/identity-keys.ts';
import { normaliseEmail } from '../normalise-email.ts';

const ADDRESS = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/gu;
const NUMBER = /\+?\(?\d[\d\s().\-/]{5,}\d/gu;
const REMOVED = '(removed)';

/**
 * A function that takes a person's names, addresses and numbers out of a text that somebody typed. It takes out rather
 * too much than too little: any word that is one of the names, any number that ends in the same seven digits.
 */
export function textScrubber(party: PartyIdentity): (text: string) => string {
  const emails = new Set(identityKeys(party).emails);
  const endings = new Set(party.phones.map(ending).filter((it) => it.length === 7));
  const names = namePattern(party.names);
  return (text) => {
    const plain = text
      .replaceAll(ADDRESS, (it) => (emails.has(normaliseEmail(it.replace(/[.!?]+$/, '')) ?? '') ? REMOVED : it))
      .replaceAll(NUMBER, (it) => (endings.has(ending(it)) ? REMOVED : it));
    return names ? plain.replaceAll(names, REMOVED) : plain;
  };
}

function ending(text: string): string {
  return text.replace(/\D/g, '').slice(-7);
}

/** Whole words of two letters and more, as written and without marks; `null` without any. */
function namePattern(names: readonly string[]): RegExp | null {
  const written = names.flatMap((it) => [it, it.normalize('NFC'), it.normalize('NFD').replace(/\p{M}/gu, '')]);
  const words = new Set(written.flatMap((it) => it.match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? []));
  const either = [...words].sort((a, b) => b.length - a.length).join('|');
  return either === '' ? null : new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${either})(?![\\p{L}\\p{M}\\p{N}])`, 'giu');
}
