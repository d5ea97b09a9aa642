import { CRM_ERROR_CODES, type CrmError } from '@holdfast/core';

/** Throws with this sentence unless the condition holds. */
export function expect(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** The value, which must be there. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing.`);
  return value;
}

/** Throws unless both are the same data. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  if (!sameData(found, wanted)) throw new Error(`${what}: wanted ${show(wanted)}, found ${show(found)}.`);
}

/** Throws unless `found` holds each of `wanted` once and nothing else, in any order. */
export function expectOnce(found: readonly string[], wanted: readonly string[], what: string): void {
  const twice = found.filter((item, place) => found.indexOf(item) !== place);
  expect(twice.length === 0, `${what}: found more than once: ${show(twice)}.`);
  expectAll(found, wanted, what);
  const strange = found.filter((item) => !wanted.includes(item));
  expect(strange.length === 0, `${what}: found and not wanted: ${show(strange)}.`);
}

/** Throws unless `found` holds each of `wanted`, and whatever else. */
export function expectAll(found: readonly string[], wanted: readonly string[], what: string): void {
  const held = new Set(found);
  const lost = wanted.filter((item) => !held.has(item));
  expect(lost.length === 0, `${what}: ${lost.length} of ${wanted.length} lost: ${show(lost)}.`);
}

/** The `CrmError` that the call must reject with. */
export async function expectCrmError(call: Promise<unknown>, what: string): Promise<CrmError> {
  const error = await rejection(call, what);
  expect(isCrmError(error), `${what}: must reject with a CrmError, not with ${show(String(error))}.`);
  return error;
}

/** Throws unless the call rejects with an `AbortError`, and soon: five seconds on the wall clock. */
export async function expectAbort(call: Promise<unknown>, what: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: still waiting five seconds after the signal.`)), 5000);
  });
  const error = await rejection(Promise.race([call, late]), what).finally(() => clearTimeout(timer));
  const name = error instanceof Error || error instanceof DOMException ? error.name : typeof error;
  expect(name === 'AbortError', `${what}: must reject with an AbortError, not with ${show(String(error))}.`);
}

/** Is it an error of the port, even one made by another copy of core? */
export function isCrmError(error: unknown): error is CrmError {
  return (
    error instanceof Error &&
    error.name === 'CrmError' &&
    CRM_ERROR_CODES.some((code) => 'code' in error && code === error.code)
  );
}

async function rejection(call: Promise<unknown>, what: string): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    return error;
  }
  throw new Error(`${what}: must be refused, and was answered ${show(answer)}.`);
}

/** Are both the same data: nested objects, lists and plain values, without regard to the order of keys? */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a, b] as unknown as [Record<string, unknown>, Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameData(left[key], right[key]))
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 400 ? `${text.slice(0, 400)}...` : text;
}
