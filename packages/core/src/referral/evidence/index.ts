export { isSharedDomain } from '../fraud/identity/mail-domains.ts';
export { type AddressKeys, addressKeys, nameKey } from './address-keys.ts';
export * from './evidence-policy.ts';
export { findIntroductions, searchIntroductions } from './find-introductions.ts';
export * from './found-introduction.ts';
export type * from './introduction-source.ts';
export { readSubject, type SubjectHints } from './read-subject.ts';
export { hiddenAddress, type StatedParty, statedParty, withoutClearText } from './stated-party.ts';
export { touchesOf } from './touches-of.ts';
