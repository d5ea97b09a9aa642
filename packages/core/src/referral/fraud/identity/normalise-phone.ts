/** Countries whose numbers keep the leading 0 after the country's code (ITU-T E.164, national dialling plans of Italy and San Marino). */
const KEEPS_ZERO: ReadonlySet<string> = new Set(['39', '378']);

/**
 * A telephone number in the form in which two spellings are equal: `+` and the digits of ITU-T E.164 (8 to 15).
 * `callingCode` is that of the country where the record is kept (`'49'`); without it a national number stays as its
 * digits (9 or more), which match only the same spelling. Extensions are cut off. `null` for text that is no number.
 * For comparing only, never for dialling.
 */
export function normalisePhone(text: string | null, callingCode: string | null = null): string | null {
  const plain = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^tel:/, '')
    .replace(/[\s,]*(?:;ext=|ext\.?|extension|#|x)\s*\d+$/, '');
  if (!/^[+\d\s().\-/]+$/.test(plain)) return null;
  const abroad = /^\+|^00/.test(plain.trim()) || (callingCode === '1' && plain.startsWith('011'));
  return abroad ? international(plain, callingCode) : national(plain.replace(/\D/g, ''), callingCode);
}

function international(text: string, callingCode: string | null): string | null {
  const digits = text
    .replace('(0)', '')
    .replace(/\D/g, '')
    .replace(/^(00|011)/, '');
  const extraZero = callingCode !== null && !KEEPS_ZERO.has(callingCode) && digits.startsWith(`${callingCode}0`);
  return sized(extraZero ? `${callingCode}${digits.slice(callingCode.length + 1)}` : digits, 8, '+');
}

function national(digits: string, callingCode: string | null): string | null {
  if (callingCode === null) return sized(digits, 9, '');
  return sized(`${callingCode}${withoutTrunk(digits, callingCode)}`, 8, '+');
}

/** The digit that is dialled only within the country: 1 in North America, 8 in Russia and Kazakhstan, 0 in most others. */
function withoutTrunk(digits: string, callingCode: string): string {
  if (KEEPS_ZERO.has(callingCode)) return digits;
  if (callingCode === '1' || callingCode === '7') return digits.length === 11 ? digits.slice(1) : digits;
  return digits.replace(/^0/, '');
}

function sized(digits: string, fewest: number, prefix: '+' | ''): string | null {
  return digits.length >= fewest && digits.length <= 15 ? `${prefix}${digits}` : null;
}
