import type { Clock, CrmAdapter, CrmEvent } from '@holdfast/core';
import { type HubSpotOptions, hubspot } from '@holdfast/hubspot';
import {
  createHubSpot,
  type FaultPlan,
  faultsOff,
  type HubSpotEmulator,
  type HubSpotTier,
  inProcess,
} from '@holdfast/sandbox';

/** A time that stands still until `sleep` moves it. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export const START = Date.parse('2026-11-02T09:00:00Z');

export function testClock(start = START): TestClock {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw new DOMException('aborted', 'AbortError');
      at += ms;
    },
  };
}

/** An emulated portal in this process and everything a test looks at. */
export interface TestPortal {
  readonly emulator: HubSpotEmulator;
  readonly clock: TestClock;
  readonly events: CrmEvent[];
  connect(options?: Partial<HubSpotOptions>): Promise<CrmAdapter>;
  close(): void;
}

type EmulatorOptions = Parameters<typeof createHubSpot>[0];

export function testPortal(
  options: Partial<EmulatorOptions> & { readonly tier?: HubSpotTier; readonly faults?: FaultPlan } = {},
): TestPortal {
  const clock = testClock();
  const { faults = faultsOff, ...rest } = options;
  const emulator = createHubSpot({ tier: 'professional', clock, ...rest });
  const way = inProcess({ emulator, faults });
  const events: CrmEvent[] = [];
  return {
    emulator,
    clock,
    events,
    connect: (more = {}) =>
      hubspot.connect(
        { token: 'sandbox-token', baseUrl: way.origin, httpAgent: way.httpAgent, ...more },
        { clock, random: () => 0.5, log: (event) => void events.push(event) },
      ),
    close: () => way.close(),
  };
}
