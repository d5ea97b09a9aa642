import { type Clock, type CrmAdapter, CrmError, type Random } from '@holdfast/core';
import { type EmulatedRequest, type EmulatedResponse, type FaultKind, inProcess } from '@holdfast/sandbox';
import { openSqliteStore, type Store, WorkspaceError } from '@holdfast/workflows';
import { liveALittle } from './people.ts';
import { clockOf, passTime, type SimWorld, say, settleLate, violate } from './sim-world.ts';
import { countOne } from './tally.ts';

/** The storm ends with this call, so that a seed stays within 60. */
export const STORMY_CALLS = 21;

/** The process died; only the store and the CRM remember anything. */
export class Killed extends Error {}

/** What a run is given. Once its process is dead, its clock stands still for it and its chance draws nothing. */
export interface Running {
  readonly adapter: CrmAdapter;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}
type Work = (running: Running) => Promise<void>;

/** One process of ours: its connection, its lease, and its end. */
export interface Life {
  /** Runs until it ends or the process is killed, whichever comes first; connects first where it is not connected. */
  run(work: Work): Promise<void>;
  readonly store: Store;
  /** The process ends by itself. */
  end(): Promise<void>;
  /** Closes what is left open, at the end of the seed. */
  bury(): Promise<void>;
}

/** Faults of a login that leave the credentials as they were: one that takes them away is no fault of the program. */
const LOGIN_FAULTS = ['rate-limit-html', 'server-error-before', 'bad-gateway-html', 'drop-before'] as const;

/** Starts a process: it opens the store and takes the lease from whoever died with it. */
export async function openLife(world: SimWorld, file: string): Promise<Life> {
  const { dice, org, settings, tally } = world;
  let over = false;
  let acted: 'page instead of data' | 'foreign instance' | null = null;
  let adapter: CrmAdapter | null = null;
  let kill = (_: Killed): void => {};
  const death = new Promise<never>((_, reject) => {
    kill = reject;
  });
  death.catch(() => {});

  const die = (place: string): void => {
    if (over) return;
    over = true;
    world.disturbances += 1;
    countOne(tally.kills, place);
    say(world, `KILLED ${place}`);
    way.close();
    kill(new Killed());
  };

  const next = ({ method, path }: { readonly method: string; readonly path: string }): FaultKind | undefined => {
    if (over) return 'drop-before';
    world.calls += 1;
    tally.calls += 1;
    const isWrite = org.isWrite(method, path);
    passTime(world, world.storm ? dice.int(2_500) : 20);
    say(world, `${method} ${path}`);
    if (world.calls === STORMY_CALLS) endStorm(world);
    if (!world.storm) return undefined;
    // between our re-read and our write nobody touches what we write: that gap is stated, not closed
    if (dice.chance(settings.edits)) liveALittle(world, world.gap !== 'open');
    if (world.gap === 'opens') world.gap = 'open';
    if (dice.chance(settings.kills)) {
      const isDone = dice.chance(0.5) && !org.isLogin(path);
      queueMicrotask(() => die(isDone ? 'after the CRM had done it' : 'before the CRM heard of it'));
      return isDone ? 'drop-after' : 'hang';
    }
    if (!dice.chance(settings.faults * (isWrite ? 2 : 1))) return undefined;
    const kind = drawFault(world, isWrite, org.isLogin(path));
    if (isWrite) world.disturbances += 1;
    countOne(tally.faults, `${kind}${isWrite ? ' on a write' : ''}`);
    say(world, `  fault: ${kind}`);
    if (kind !== 'page instead of data' && kind !== 'foreign instance') return kind;
    acted = kind;
    return undefined;
  };

  const handle = (request: EmulatedRequest): EmulatedResponse => {
    const act = acted;
    acted = null;
    if (request.headers['host'] !== new URL(way.origin).host) violate(world, 'a request for a foreign host');
    if (act === 'page instead of data') return PAGE;
    if (org.isWrite(request.method, request.path)) noteWrite(world, request);
    const lie = act === 'foreign instance' ? { 'x-sim-lie': 'yes' } : {};
    const response = org.handle({ ...request, headers: { ...request.headers, ...lie } }, world.pageSize);
    if (response.status >= 300) say(world, `  answered ${response.status}`);
    // an item that the CRM refused may be written again
    if (org.isWrite(request.method, request.path) && isPartial(response)) world.disturbances += 1;
    return response;
  };

  const way = inProcess({ emulator: { ...org.emulator, handle }, faults: { next } });
  const isOver = () => over;
  const clock = clockOf(world, isOver);
  const random = () => (over ? 0.5 : dice.next());
  const raw = openSqliteStore(file, { clock, isAlive: () => false });
  const store = mortalStore(world, raw, isOver, die);
  await raw.acquire({ pid: 1, host: 'sim', startedAt: world.time.now, purpose: 'simulation' });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await adapter?.close();
    way.close();
    await raw.close();
  };
  return {
    store,
    run(work) {
      const running = (async () => {
        adapter ??= watched(world, isOver, await org.connect(way, { clock, random, log: () => {} }));
        await work({ adapter, store, clock, random });
      })();
      running.catch(() => {});
      return Promise.race([running, death]);
    },
    async end() {
      await raw.release();
      await close();
    },
    bury: close,
  };
}

function isPartial({ status, body }: EmulatedResponse): boolean {
  return status >= 300 || /"success":false|"numErrors"/.test(String(body));
}

const PAGE: EmulatedResponse = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Something else</body></html>',
};

function drawFault(
  { dice, org, settings }: SimWorld,
  isWrite: boolean,
  isLogin: boolean,
): FaultKind | 'page instead of data' | 'foreign instance' {
  if (isLogin) {
    const mayLie = org.crm === 'salesforce' && settings.login === 'token';
    return dice.pick(mayLie ? [...LOGIN_FAULTS, 'foreign instance', 'foreign instance'] : LOGIN_FAULTS);
  }
  return dice.pick([...(isWrite ? org.faults.writes : org.faults.reads), 'page instead of data']);
}

/** Tells when a re-read has begun, until its write is over. */
function watched(world: SimWorld, isOver: () => boolean, adapter: CrmAdapter): CrmAdapter {
  return {
    ...adapter,
    read: (entity, request, signal) => {
      if (!isOver()) world.gap = request.kind === 'ids' || request.kind === 'keys' ? 'opens' : 'none';
      return adapter.read(entity, request, signal);
    },
    write: (entity, batch, signal) =>
      adapter.write(entity, batch, signal).finally(() => {
        if (!isOver()) world.gap = 'none';
      }),
  };
}

function endStorm(world: SimWorld): void {
  world.storm = false;
  // the paging has been tried by now, and calls are few
  world.pageSize = 1_000;
}

/** Looks at a write before it is carried out: rows that others hold are given free first, as a lock would. */
function noteWrite(world: SimWorld, request: EmulatedRequest): void {
  settleLate(world, ...world.late.map(({ id }) => id));
  const wrong = world.org.wrongWrite(request);
  if (wrong !== null) violate(world, wrong);
  for (const { target, field, value } of world.org.sentValues(request)) {
    const what = `${target} ${field} ${value}`;
    if (world.sent.get(what) === world.disturbances)
      violate(world, `written twice, though nothing had gone wrong: ${what}`);
    world.sent.set(what, world.disturbances);
    say(world, `  sets ${what}`);
  }
}

/** A store before and after whose every change the process may die. A dead process that stores is refused. */
function mortalStore(world: SimWorld, store: Store, isOver: () => boolean, die: (place: string) => void): Store {
  const mayDie = () => world.storm && world.dice.chance(world.settings.kills / 2);
  const mortal =
    <A extends readonly unknown[]>(change: (...args: A) => Promise<void>) =>
    async (...args: A): Promise<void> => {
      if (!isOver() && mayDie()) {
        die('before storing');
        // by now another process has the lease
        await new Promise(setImmediate);
      }
      if (isOver()) return refusedCommit(world, () => change(...args));
      await change(...args);
      if (!mayDie()) return;
      die('after storing');
      await new Promise(() => {});
    };
  return {
    ...store,
    commitPage: mortal(async (...args) => {
      await store.commitPage(...args);
      for (const { id } of args[1].effects.upsert) world.held.add(id);
    }) as Store['commitPage'],
    saveRun: mortal(store.saveRun),
    noteIntents: mortal(store.noteIntents),
    noteOutcomes: mortal(store.noteOutcomes),
  };
}

async function refusedCommit(world: SimWorld, commit: () => Promise<void>): Promise<void> {
  if (world.isOver) return new Promise(() => {});
  try {
    await commit();
    violate(world, 'a dead run stored something');
  } catch (error) {
    if (!(error instanceof WorkspaceError) || error.code !== 'lease-lost') throw error;
    world.tally.fenced += 1;
    say(world, '  the dead run tried to store, and was refused');
  }
  await new Promise(() => {});
}

/** Runs in one process after another until the work ends, dying as often as chance has it; a CRM that stays away ends it for now. */
export async function survive(world: SimWorld, lives: Life[], file: string, work: Work): Promise<void> {
  for (let left = 4; left > 0; left -= 1) {
    const life = lives.at(-1) as Life;
    try {
      await life.run(work);
      return;
    } catch (error) {
      if (error instanceof Killed) {
        lives.push(await openLife(world, file));
        continue;
      }
      if (!(error instanceof CrmError)) throw error;
      say(world, `the run ends: ${error.code}, ${error.message}`);
      if (!world.dice.chance(0.3)) return;
      await life.end();
      lives.push(await openLife(world, file));
      return;
    }
  }
}
