/** A mailbox with its digits taken out, and the number that they make: `lead07@x.example` is 7 of `lead@x.example`. */
export interface MailSeries {
  readonly stem: string;
  readonly number: number;
}

/**
 * Where an address would stand in a series of addresses made one after the other. No digits count as 0. `null` when
 * nothing but digits is before the @, or too many of them to be a counter (over nine).
 */
export function mailSeries(email: string): MailSeries | null {
  const at = email.lastIndexOf('@');
  const mailbox = email.slice(0, at);
  const digits = mailbox.replace(/\D/g, '');
  const letters = mailbox.replace(/\d/g, '');
  if (at < 1 || !/\p{L}/u.test(letters) || digits.length > 9) return null;
  return { stem: `${letters}${email.slice(at)}`, number: Number(digits) };
}

/** Whether two places in one series are so near that they were probably made together; equal ones are one address. */
export function isNextInSeries(a: MailSeries, b: MailSeries, gap: number): boolean {
  const apart = Math.abs(a.number - b.number);
  return a.stem === b.stem && apart > 0 && apart <= gap;
}
