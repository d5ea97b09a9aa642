import type { CrmAdapter, EntityName } from '@holdfast/core';
import {
  bindNewKey,
  boundDigest,
  type ClockSetRight,
  evidenceShown,
  minimumCalls,
  newKeyDigest,
  type PullReport,
  pull,
  purgeWorkspace,
  type SourceRead,
  setClockRight,
  startOf,
} from '@holdfast/workflows';
import * as z from 'zod';
import type { Config } from '../config/config.ts';
import { UserError } from '../failure.ts';
import { keepIntroductions } from '../referrals/kept-introductions.ts';
import { recordedSources } from '../referrals/recorded-sources.ts';
import { refuseEarlyClock } from '../session/refuse-early-clock.ts';
import { lastPullAt, newestRunFile, type Pulled, pulledSchema } from '../session/run-files.ts';
import type { Session } from '../session/session.ts';

export interface PullStep {
  readonly report: PullReport;
  readonly pulled: Pulled;
  readonly rejects: number;
  /** What a person's word that the clock was ahead has set right; `null` where nobody said so. */
  readonly clockSet: ClockSetRight | null;
}

/** Reads what changed (or everything) into the store, and keeps what the offline commands need in `run.json`. */
export async function pullStep(
  session: Session,
  choice: {
    readonly full: boolean;
    readonly acceptShrink: boolean;
    readonly history?: boolean;
    readonly newKey?: boolean;
    readonly clockWasAhead?: boolean;
  },
): Promise<PullStep> {
  const { store, meter, clock, random, io } = session;
  const last = choice.clockWasAhead ? null : lastPullAt(session.workspace);
  if (last !== null) refuseEarlyClock(clock.now(), last, 'the last pull was at');
  const adapter = await session.adapter();
  refuseUnreadable(adapter.capabilities);
  refuseMissingFields(session.config, adapter.capabilities);
  await sayWhatIsLost(session, adapter.capabilities);
  const before = meter.calls();
  const clockSet = choice.clockWasAhead
    ? await setClockRight(session.workspace, store, startOf(session.runId) ?? clock.now())
    : null;
  const digest = await (choice.newKey ? newKeyDigest(session) : boundDigest(session));
  const report = await pull(adapter, store, {
    clock,
    random,
    signal: io.signal,
    meter,
    digest,
    ...choice,
    full: choice.full || choice.newKey === true || choice.clockWasAhead === true,
    onProgress: ({ entity, records }) => io.progress(`Reading ${entity}: ${records}`),
  });
  if (choice.newKey) await bindNewKey(session, digest); // not before everything is read: a pull that dies is said again
  await purgeWorkspace(session.workspace, store, clock.now(), session.config.keepDays);
  const { capabilities } = adapter;
  const whole = report.entities.filter(({ full }) => full).map(({ entity }) => entity);
  const earlier = newestRunFile(session.workspace, 'run', pulledSchema);
  const after = meter.calls();
  const pulled: Pulled = {
    asOf: report.asOf,
    org: { id: capabilities.org.id, name: capabilities.org.name, edition: capabilities.org.edition },
    writable: writableOf(capabilities),
    ...whyNone(capabilities),
    amounts: {
      currency: capabilities.org.currency,
      ofRecord: capabilities.write.account?.amountsIn === 'record',
    },
    evidence: evidenceShown(capabilities),
    recorded: recordedSources(session.config, capabilities, whole, earlier?.value.recorded),
    calls: [
      { what: 'connect', calls: after.connect + after.auth, minimum: null },
      {
        what: 'read',
        calls: after.read - before.read,
        minimum: minimumCalls(await sourceReads(session, adapter, report), []),
      },
    ],
  };
  session.run().writeJson('run', { ...pulled, startedAt: report.startedAt, entities: report.entities });
  await keepIntroductions(session, pulled);
  return { report, pulled, clockSet, rejects: report.entities.reduce((sum, it) => sum + it.rejects, 0) };
}

/** Records that only we make are not planned where the org would refuse to make them. */
function writableOf({ write }: CrmAdapter['capabilities']): Pulled['writable'] {
  const open = Object.entries(write).filter(([entity, { create }]) => !MADE_BY_US.includes(entity) || create === true);
  return Object.fromEntries(open.map(([entity, { fields }]) => [entity, [...fields]]));
}

/** The org's own reasons, so that a plan without tasks or notes says why. */
function whyNone({ write, unavailable }: CrmAdapter['capabilities']): Pick<Pulled, 'noTasks' | 'noNotes'> {
  const why = (entity: 'task' | 'note') =>
    write[entity]?.create ?? unavailable[entity] ?? `This user may not write ${entity}s`;
  const [noTasks, noNotes] = [why('task'), why('note')];
  return { ...(noTasks !== true && { noTasks }), ...(noNotes !== true && { noNotes }) };
}

const MADE_BY_US: readonly string[] = ['task', 'note', 'referral', 'referralLink'];

/** Without accounts there is no book: what is stored would be scored as if it were of today. */
function refuseUnreadable({ read, unavailable }: CrmAdapter['capabilities']): void {
  if (read.account) return;
  throw new UserError(
    'permission',
    `Accounts cannot be read (${unavailable.account ?? 'no reason was given'}): mend that, then run \`holdfast check\`.`,
  );
}

/** What was read once and no longer can be grows old in the store; that must not happen unsaid. */
async function sayWhatIsLost({ store, io }: Session, { unavailable }: CrmAdapter['capabilities']): Promise<void> {
  for (const [entity, reason] of Object.entries(unavailable)) {
    const kept = Object.keys(await store.countByObject(entity as EntityName)).length > 0;
    if (kept)
      io.say(
        `${entity} can no longer be read (${reason}): what was read before is left out of the scores until it can.`,
      );
  }
}

/** A field that the config names and the org does not have would be read as empty, and nobody would know. */
function refuseMissingFields({ options }: Config, { read }: CrmAdapter['capabilities']): void {
  const named = namedFields.safeParse(options['fields']).data ?? {};
  for (const [entity, fields] of Object.entries(named)) {
    for (const [field, name] of Object.entries(fields)) {
      const reason = read[entity as EntityName]?.missing[field];
      if (reason === undefined) continue;
      throw new UserError(
        'missing-field',
        `The config names ${String(name)} for ${entity}.${field}, and it cannot be read (${reason}): mend options.fields in holdfast.config.json, then run \`holdfast check\`.`,
      );
    }
  }
}

const namedFields = z.record(z.string(), z.record(z.string(), z.unknown()));

/** What had to be read: whole sources for a full read, the changed records otherwise; an empty source costs a page to learn. */
async function sourceReads(session: Session, adapter: CrmAdapter, report: PullReport): Promise<readonly SourceRead[]> {
  const reads: SourceRead[] = [];
  for (const { entity, full, records } of report.entities) {
    const capability = adapter.capabilities.read[entity];
    if (!capability) continue;
    const { of, pageSize } = capability;
    if (of) reads.push(...(full ? await wholeSources(session, of, pageSize.ids) : []));
    else if (full) reads.push(...(await wholeSources(session, entity, pageSize.all)));
    else reads.push(...atLeastOnePage([records], sourceCount(session, entity), pageSize.changed));
  }
  return reads;
}

async function wholeSources(session: Session, entity: EntityName, pageSize: number): Promise<readonly SourceRead[]> {
  const counts = Object.values(await session.store.countByObject(entity));
  return atLeastOnePage(counts, sourceCount(session, entity), pageSize);
}

/** An entity that can be read without a source of its own in the maps is kept in an object that the config names. */
function sourceCount({ module }: Session, entity: EntityName): number {
  const map = module.maps[entity];
  return 'sources' in map ? map.sources.length : 1;
}

function atLeastOnePage(counts: readonly number[], sources: number, pageSize: number): readonly SourceRead[] {
  const empty = Array.from({ length: Math.max(0, sources - counts.length) }, () => 0);
  return [...counts, ...empty].map((records) => ({ records: Math.max(1, records), pageSize }));
}
