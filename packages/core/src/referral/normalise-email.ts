/**
 * An address in the form in which two spellings of one mailbox are equal: lower case, without a plus tag, and for Gmail
 * without dots. `null` for text that is no address. For comparing only, never for sending.
 */
export function normaliseEmail(email: string | null): string | null {
  const match = /^([^@\s]+)@([^@\s]+\.[^@\s]+)$/.exec((email ?? '').trim().toLowerCase());
  if (!match) return null;
  const [, mailbox = '', host = ''] = match;
  const plain = mailbox.replace(/\+.*$/, '');
  const gmail = host === 'gmail.com' || host === 'googlemail.com';
  return `${gmail ? plain.replaceAll('.', '') : plain}@${gmail ? 'gmail.com' : host}`;
}
