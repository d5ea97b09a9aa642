import type { Clock } from '@holdfast/core';
import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

function clockAt(start: number): Clock & { readonly slept: number[] } {
  let at = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => at,
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
      slept.push(ms);
      at += ms;
    },
  };
}

test('T43 at most five searches in any second', async () => {
  const clock = clockAt(1_000);
  const pace = createPace(clock);
  const times: number[] = [];
  await Promise.all(Array.from({ length: 12 }, () => pace.turn('search').then(() => times.push(clock.now()))));
  expect(times).toEqual([...Array(5).fill(1_000), ...Array(5).fill(2_000), ...Array(2).fill(3_000)]);
});

test('searches and plain calls wait apart, token calls never', async () => {
  const clock = clockAt(0);
  const pace = createPace(clock);
  for (let i = 0; i < 5; i += 1) await pace.turn('search');
  await pace.turn('plain');
  await pace.turn('free');
  expect(clock.slept).toEqual([]);
});

test('the burst limit comes from the headers, and what others of the app have used counts', async () => {
  const clock = clockAt(0);
  const pace = createPace(clock);
  const headers = (remaining: number) => ({
    'x-hubspot-ratelimit-max': '20',
    'x-hubspot-ratelimit-interval-milliseconds': '10000',
    'x-hubspot-ratelimit-remaining': String(remaining),
  });
  await pace.turn('plain');
  pace.learn(headers(19));
  for (let i = 1; i < 15; i += 1) await pace.turn('plain');
  expect(clock.slept).toEqual([]);
  await pace.turn('plain');
  expect(clock.slept).toEqual([10_000]);
  pace.learn(headers(2));
  await pace.turn('plain');
  expect(clock.slept).toEqual([10_000, 10_000]);
});

test('a wait ends with the signal and leaves the queue usable', async () => {
  const clock = clockAt(0);
  const pace = createPace(clock);
  for (let i = 0; i < 5; i += 1) await pace.turn('search');
  await expect(pace.turn('search', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  await pace.turn('search');
  expect(clock.now()).toBe(1_000);
});
