import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Book, JournalEntry } from '@holdfast/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrgView } from './org-view.ts';
import { type Bench, openBench, setUp, succeed, type World } from './world.ts';

interface Counts {
  readonly written: number;
  readonly unchanged: number;
  readonly conflict: number;
  readonly failed: number;
  readonly unprocessed: number;
}
interface Ran {
  readonly runId: string;
  readonly planned: number;
  readonly applied: Counts;
}

/** One company's life with Holdfast, in order; each step looks at the CRM itself. */
export function describeWrites(
  crm: 'hubspot' | 'salesforce',
  book: Book,
  open: () => Promise<{ readonly world: World; readonly view: OrgView }>,
): void {
  describe(`${crm}: what is written`, () => {
    let world: World;
    let view: OrgView;
    let bench: Bench;
    let mark = 0;
    let first: Ran;
    let scored: readonly string[] = [];
    let before: Readonly<Record<string, unknown>>;

    beforeAll(async () => {
      ({ world, view } = await open());
      bench = openBench(world.env);
      await setUp(world, bench);
      before = ownedValues(view);
      mark = world.emulator.journal.length;
    });
    afterAll(async () => {
      bench.remove();
      await world.close();
    });

    const json = async <T>(...args: readonly string[]) => JSON.parse((await bench.run(...args, '--json')).stdout) as T;
    const sinceMark = () => world.emulator.journal.slice(mark).filter(({ by }) => by === 'api');
    const editConfig = (edit: (profile: { book: { pilot: string[] } }) => void) => {
      const file = join(bench.folder, 'holdfast.config.json');
      const config = JSON.parse(readFileSync(file, 'utf8'));
      edit(config.profile);
      writeFileSync(file, JSON.stringify(config));
    };

    test('stage observe: a run plans and writes nothing', async () => {
      await succeed(bench, 'trust', 'observe');
      const { planned, applied } = await json<{ planned: number; applied: null }>('run');
      expect(planned).toBeGreaterThan(0);
      expect(applied).toBeNull();
      expect(sinceMark()).toEqual([]);
      await succeed(bench, 'trust', 'write');
    });

    test('pilot: only the account that is named is written', async () => {
      const [chosen = ''] = customers(view, book);
      editConfig(({ book: inProfile }) => inProfile.pilot.push(view.qualified('account', chosen)));
      await succeed(bench, 'plan');
      await succeed(bench, 'apply');
      const accounts = sinceMark().filter(({ object }) => object === view.objects.account);
      expect(new Set(accounts.map(({ id }) => id))).toEqual(new Set([chosen]));
      editConfig(({ book: inProfile }) => inProfile.pilot.pop());
    });

    test('every write of a run goes to a field of fields.md, on a record of the book; no owner changes', async () => {
      const owners = ownerOf(view);
      first = await json<Ran>('run', '--attended');
      expect(first.applied).toMatchObject({ conflict: 0, failed: 0, unprocessed: 0 });
      expect(first.applied.written).toBe(first.planned);
      expectOnlyOwned(sinceMark(), view);
      const never = new Set(view.accounts(book, ({ type }) => type === 'partner' || type === 'test'));
      const touched = sinceMark().filter(({ object }) => object === view.objects.account);
      expect(touched.length).toBeGreaterThan(0);
      expect(touched.filter(({ id }) => never.has(id))).toEqual([]);
      scored = view
        .ids(view.objects.account)
        .filter((id) => view.values(view.objects.account, id)[view.scoreField] != null);
      expect(new Set(scored)).toEqual(new Set(touched.map(({ id }) => id)));
      expect(ownerOf(view)).toEqual(owners);
    });

    test('a second apply, a second run and a second install write nothing', async () => {
      mark = world.emulator.journal.length;
      const applied = await json<{ counts: Counts }>('apply');
      expect(applied.counts).toMatchObject({ written: 0, conflict: 0, failed: 0, unprocessed: 0 });
      const second = await json<Ran>('run', '--attended');
      expect(second).toMatchObject({ planned: 0, applied: { written: 0 } });
      expect(await json('install', '--apply')).toMatchObject({ applied: false, changes: [] });
      expect(sinceMark()).toEqual([]);
    });

    test('undo puts every value back; doing it twice changes nothing more', async () => {
      const undone = await json<{ counts: Counts }>('undo', first.runId);
      expect(undone.counts).toMatchObject({ written: first.applied.written, conflict: 0, failed: 0 });
      expectOnlyOwned(sinceMark(), view);
      mark = world.emulator.journal.length;
      expect(await json<{ counts: Counts }>('undo', first.runId)).toMatchObject({ counts: { conflict: 0, failed: 0 } });
      expect(sinceMark()).toEqual([]);
      const [chosen = ''] = customers(view, book);
      const untouched = Object.entries(ownedValues(view)).filter(([place]) => !place.includes(chosen));
      expect(Object.fromEntries(untouched)).toEqual(
        Object.fromEntries(Object.entries(before).filter(([place]) => !place.includes(chosen))),
      );
    });

    test('an account that a person edited in a field we write is a conflict; in another field it is written', async () => {
      await succeed(bench, 'pull');
      await succeed(bench, 'plan');
      const { account } = view.objects;
      const [ours = '', other = ''] = scored.slice(1);
      view.edit(account, ours, { [view.scoreField]: 1 });
      view.edit(account, other, { [view.nameField]: 'Renamed by a person' });
      mark = world.emulator.journal.length;
      const { exitCode, stdout } = await bench.run('apply', '--json');
      const { counts, runId } = JSON.parse(stdout) as { counts: Counts; runId: string };
      expect({ exitCode, conflict: counts.conflict, failed: counts.failed }).toEqual({
        exitCode: 1,
        conflict: 1,
        failed: 0,
      });
      expect(sinceMark().filter(({ id }) => id === ours)).toEqual([]);
      expect(Number(view.values(account, ours)[view.scoreField])).toBe(1);
      expect(sinceMark().filter(({ id, field }) => id === other && field === view.scoreField)).toHaveLength(1);
      expect(view.values(account, other)[view.nameField]).toBe('Renamed by a person');
      const results = readFileSync(join(bench.folder, '.holdfast', 'runs', runId, 'results.ndjson'), 'utf8');
      expect(results.match(/"status":"conflict"/g)).toHaveLength(1);
    });

    test('undo after a person has edited since leaves that one and says so', async () => {
      const { account } = view.objects;
      const [, , other = ''] = scored;
      view.edit(account, other, { [view.scoreField]: 2 });
      mark = world.emulator.journal.length;
      for (const id of runsThatWrote(bench)) await bench.run('undo', id);
      expect(Number(view.values(account, other)[view.scoreField])).toBe(2);
      expect(sinceMark().filter((entry) => entry.id === other)).toEqual([]);
    });

    test('forget erases a person from store, runs and report, and the next pull does not bring them back', async () => {
      await succeed(bench, 'run', '--attended');
      const person = someReferrer(bench) ?? view.qualified('contact', view.ids(view.objects.contact)[0] ?? '');
      const { email, name } = storedContact(bench, person);
      await succeed(bench, 'report', '--names');
      expect(mentions(bench, [person, email, name]).length).toBeGreaterThan(0);
      const said = await succeed(bench, 'forget', person);
      expect(said.stdout).toMatch(/^Erased from \d+ rows/);
      expect(mentions(bench, [person, email, name])).toEqual([]);
      await succeed(bench, 'pull', '--full', '--accept-shrink');
      await succeed(bench, 'report', '--names');
      expect(mentions(bench, [person, email, name])).toEqual([]);
    });
  });
}

/** Accounts that the book calls customers, in its order. */
function customers(view: OrgView, book: Book): readonly string[] {
  return view.accounts(book, ({ type }) => type === 'customer');
}

function ownedValues(view: OrgView): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const [object, fields] of Object.entries(view.owned)) {
    for (const id of view.ids(object)) {
      const record = view.values(object, id);
      for (const field of fields) values[`${object} ${id} ${field}`] = record[field] ?? null;
    }
  }
  return values;
}

function ownerOf(view: OrgView): Readonly<Record<string, unknown>> {
  const objects = Object.values(view.objects);
  return Object.fromEntries(
    objects.flatMap((object) =>
      view.ids(object).map((id) => [`${object} ${id}`, view.values(object, id)[view.ownerField]]),
    ),
  );
}

function expectOnlyOwned(entries: readonly JournalEntry[], view: OrgView): void {
  const strange = entries.filter(
    ({ action, object, field }) =>
      object !== view.ownObject && (action !== 'update' || !field || !view.owned[object]?.includes(field)),
  );
  expect(strange).toEqual([]);
}

function runsThatWrote(bench: Bench): readonly string[] {
  const runs = join(bench.folder, '.holdfast', 'runs');
  return readdirSync(runs).filter((id) => readdirSync(join(runs, id)).includes('results.ndjson'));
}

function someReferrer(bench: Bench): string | undefined {
  const runs = join(bench.folder, '.holdfast', 'runs');
  const [newest = ''] = readdirSync(runs)
    .filter((id) => readdirSync(join(runs, id)).includes('scores.json'))
    .sort()
    .reverse();
  const { referrals } = JSON.parse(readFileSync(join(runs, newest, 'scores.json'), 'utf8')) as {
    referrals: readonly { referrerId: string | null }[];
  };
  return referrals.find(({ referrerId }) => referrerId !== null)?.referrerId ?? undefined;
}

function storedContact(bench: Bench, id: string): { readonly email: string; readonly name: string } {
  const store = new DatabaseSync(join(bench.folder, '.holdfast', 'store.db'), { readOnly: true });
  const row = store.prepare("SELECT json FROM records WHERE entity = 'contact' AND id = ?").get(id) as { json: string };
  store.close();
  return JSON.parse(row.json) as { email: string; name: string };
}

/** Places under the workspace, the raw bytes of the store included, that still hold any of the words. */
function mentions(bench: Bench, words: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(bench.folder, '.holdfast'), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = readFileSync(file, 'latin1');
    // the store keeps the bare id, so that the person stays forgotten
    const sought = /store\.db/.test(file) ? words.slice(1) : words;
    for (const word of sought) if (text.includes(word)) found.push(`${word} in ${file}`);
  }
  return found;
}
