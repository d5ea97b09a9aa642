/** An amount of money: whole minor units (cents) and an ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Minor units per major unit where it is not 100 (ISO 4217, 2026). */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Number of decimals of a currency; 2 for any code not listed above. */
export function currencyDecimals(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/**
 * Reads a decimal in major units ("1234.50", 1234.5, "1e3") as money; half a minor unit rounds away from zero.
 * `null` for text that is not a finite number, or an amount too large to be exact.
 */
export function moneyFromDecimal(value: string | number, currency: string): Money | null {
  const text = typeof value === 'number' ? String(value) : value.trim();
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!match || (!match[2] && !match[3])) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const shift = Number(exponent) + currencyDecimals(currency);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const kept = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const next = point < 0 ? '0' : (digits[point] ?? '0');
  const minor = Number(kept) + (next >= '5' ? 1 : 0);
  if (!Number.isSafeInteger(minor)) return null;
  return { minor: minor === 0 ? 0 : sign === '-' ? -minor : minor, currency };
}

/** Writes money as a decimal in major units, exactly: `{ minor: 123450, currency: 'EUR' }` is "1234.50". */
export function moneyToDecimal(money: Money): string {
  const decimals = currencyDecimals(money.currency);
  const digits = String(Math.abs(money.minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return money.minor < 0 ? `-${text}` : text;
}
