import type { Instant } from '../../model/dates.ts';
import type { Id } from '../../model/ids.ts';

/** A code that carries a claim; it proves nothing by itself. Codes are unique in a program. */
export interface ReferralCode {
  readonly code: string;
  readonly programId: string;
  readonly participantId: Id;
  readonly status: 'active' | 'withdrawn';
  readonly createdAt: Instant;
  /** The first instant at which it is no longer valid; `null`: never expires. */
  readonly expiresAt: Instant | null;
  readonly maxUses: number | null;
  readonly uses: number;
}

/**
 * Twenty-three signs, none of which looks like another: no B or 8, I, L or 1, O, Q or 0, S or 5, U, Z, 6. A prime number
 * of them is what lets one check letter catch every slip of the two commonest kinds.
 */
export const CODE_ALPHABET = 'ACDEFGHJKMNPRTVWXY23479';
/** Letters before the check letter, unless said otherwise: 23 to the seventh power is 3.4 thousand million codes. */
export const CODE_LENGTH = 7;

const SIZE = CODE_ALPHABET.length;
/** Highest multiple of 23 in a byte; bytes from there on are passed over, so that every sign is equally likely. */
const EVEN_BYTES = 256 - (256 % SIZE);
/** A primitive root of 23: the weights of neighbouring places differ, and none is 0. */
const BASE = 5;

/** A code as typed, in one form: upper case, without blanks and hyphens. */
export function foldCode(typed: string): string {
  return typed.replace(/[\s-]+/g, '').toUpperCase();
}

/**
 * Whether the last sign fits the others: the weighted sum modulo 23 is 0 (the pure systems of ISO 7064 work so). Every
 * change of one sign and every exchange of two neighbours is caught. A sign outside the alphabet never fits.
 */
export function isCodeIntact(typed: string): boolean {
  const code = foldCode(typed);
  return code.length >= 2 && weigh(code) === 0;
}

/** The check sign for the signs before it; throws a RangeError on a sign outside the alphabet. */
export function checkSign(body: string): string {
  const sum = weigh(body);
  if (sum === null) throw new RangeError(`Not made of the signs ${CODE_ALPHABET}`);
  return CODE_ALPHABET.charAt((SIZE - ((sum * BASE) % SIZE)) % SIZE);
}

/**
 * The first code in a supply of random bytes that is not `taken`; `null` when the bytes run out (give 16 and more). The
 * bytes come from the caller: this function has no randomness of its own.
 */
export function makeCode(
  bytes: Uint8Array,
  taken: (code: string) => boolean = () => false,
  length: number = CODE_LENGTH,
): string | null {
  const signs = [...bytes].filter((byte) => byte < EVEN_BYTES).map((byte) => CODE_ALPHABET.charAt(byte % SIZE));
  for (let from = 0; from + length <= signs.length; from += length) {
    const body = signs.slice(from, from + length).join('');
    const code = body + checkSign(body);
    if (!taken(code)) return code;
  }
  return null;
}

function weigh(code: string): number | null {
  let sum = 0;
  for (const sign of code) {
    const value = CODE_ALPHABET.indexOf(sign);
    if (value < 0) return null;
    sum = (sum * BASE + value) % SIZE;
  }
  return sum;
}
