import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstant, type Instant, type ReferralEvent } from '@holdfast/core';
import type { Store } from '../store/store.ts';
import type { Workspace } from './open-workspace.ts';

/** What was set right after the machine's clock was ahead. */
export interface ClockSetRight {
  /** Folders of runs that were named after instants to come. */
  readonly runs: number;
  /** Events of the referral journal that lay ahead, and that the CRM tells again. */
  readonly events: number;
  /** The journal's last instant where it lies ahead all the same, because people acted then; `null` where it does not. */
  readonly journalUntil: Instant | null;
}

/**
 * Sets a workspace right whose machine's clock was ahead of `now`. Folders of runs keep their order, and are named after
 * the moments before now, so that the next pull is the newest again. Of the referral journal goes what a reading of the CRM
 * brought ahead of time: the next one brings it at its right time. What people did stays, with everything around it, since
 * nothing tells it again: then the journal waits until its last instant has gone by. What was purged ahead of time is gone.
 */
export async function setClockRight(
  { runsFolder }: Pick<Workspace, 'runsFolder'>,
  store: Pick<Store, 'referralBatches' | 'rewriteReferralEvents'>,
  now: Instant,
): Promise<ClockSetRight> {
  let until: Instant | null = null;
  let isPeoples = false;
  for await (const batch of store.referralBatches()) {
    for (const event of batch) {
      if (event.recordedAt <= now) continue;
      until = Math.max(until ?? now, event.recordedAt);
      isPeoples ||= !isToldAgain(event);
    }
  }
  const isTakenBack = until !== null && !isPeoples;
  const events = isTakenBack
    ? await store.rewriteReferralEvents((event) => (event.recordedAt > now ? null : event))
    : 0;
  return { runs: renameAhead(runsFolder, now), events, journalUntil: isTakenBack ? null : until };
}

/** What readings of the CRM and of the files beside the workspace bring, and the clock itself. */
function isToldAgain(event: ReferralEvent): boolean {
  if (event.kind === 'participant') return event.by === undefined;
  if (event.kind === 'claim') return !event.key.startsWith('submitted ');
  return TOLD_AGAIN.includes(event.kind);
}

const TOLD_AGAIN: readonly ReferralEvent['kind'][] = [
  ...(['touch', 'progress', 'merge', 'roll_up', 'sale_deleted', 'program', 'rates', 'clauses', 'gone', 'day'] as const),
];

/** Each a second before the next, the last one a second before now. */
function renameAhead(runsFolder: string, now: Instant): number {
  const ahead = readdirSync(runsFolder).filter((it) => (startOf(it) ?? now) > now);
  ahead.sort().forEach((name, place) => {
    const stamp = stampOf(now - (ahead.length - place) * 1_000);
    renameSync(join(runsFolder, name), join(runsFolder, `${stamp}${name.slice(stamp.length)}`));
  });
  return ahead.length;
}

function stampOf(at: Instant): string {
  return formatInstant(at).slice(0, 19).replaceAll(':', '');
}

/** When a run began, to the second, by the name of its folder; `null` where a person named it. */
export function startOf(runId: string): Instant | null {
  const [, day, hours, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(at) ? null : at;
}
