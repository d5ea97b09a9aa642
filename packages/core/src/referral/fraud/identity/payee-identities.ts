import type { PayeeVaultEntry } from '../../privacy/payee-vault.ts';
import type { HashedIdentity } from '../fraud-context.ts';

/** What is hashed of a participant's address, in the form in which addresses are compared. */
export function emailIdentity(email: string, digest: (text: string) => string): HashedIdentity {
  return { kind: 'email', hash: digest(`identity:email:${email}`) };
}

/**
 * Digests of where a payee is paid and of their tax number: the journal holds these, the vault the rest. Blanks, dots,
 * dashes and capitals do not count. Their address is left out: whoever keeps an account's books may be a participant.
 */
export function payeeIdentities(
  { payout, taxId }: Pick<PayeeVaultEntry, 'payout' | 'taxId'>,
  digest: (text: string) => string,
): readonly HashedIdentity[] {
  const all = { payout, tax: taxId };
  return (['payout', 'tax'] as const).flatMap((kind) => {
    const plain = all[kind]?.replace(/[\s.-]/g, '').toUpperCase() ?? '';
    return plain === '' ? [] : [{ kind, hash: digest(`identity:${kind}:${plain}`) }];
  });
}
