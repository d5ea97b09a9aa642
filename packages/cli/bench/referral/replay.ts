// What a command pays to take the whole journal again: three years of daily pulls (1,100 batches, each with its day), 5,000
// claims of 200 people, one of whom made a thousand, 1,000 sales won, 30 days of holding, monthly settlements, and a quarter
// of the rewards above the amount that waits for a person, whom nobody approves. Beside it the same journal without its days,
// and one with days on which nothing else happens after the three years. Each runs in a process of its own. Prints one JSON
// object; times are processor time on all threads.
// Run with: node --conditions=holdfast-source replay.ts
import { spawnSync } from 'node:child_process';
import { DAY_MS, openReferralEngine, type ReferralEvent } from '@holdfast/core';
import { createRandom } from '@holdfast/core/stats';
import { aProgram } from '../../test/referrals/a-program.ts';

const [DAYS, CLAIMS, SALES, PEOPLE] = [1_100, 5_000, 1_000, 200];
const START = Date.parse('2023-01-01T00:00:00Z');

const [rule] = aProgram().rules;
const program = aProgram({
  ...{ id: 'main', currency: 'EUR', holdingDays: 30 },
  approvalAbove: 42_500, // amounts are even from 1,000.00 to 11,000.00: 5 % of a quarter of them is more than that
  policy: { protectionDays: 90, openClaimsPerParticipant: 1_000 },
  rules: [{ ...rule!, amount: { percent: 500, disclosesAmount: true } }],
});

const known = {
  relation: { customerSince: null, customerUntil: null, opportunities: [], contacts: [] },
  ...{ signals: [], isErased: false },
};

function person(n: number): ReferralEvent {
  const participant = {
    ...({ programId: 'main', role: 'customer', status: 'active', statusSince: 0, termsVersion: 't1' } as const),
    ...({ employerPermission: false, segment: 'private', country: 'AT', taxFormOn: null } as const),
    ...{ id: `contact:${n}`, accountId: `account:${n}` },
  };
  return { key: `p${n}`, occurredAt: START, recordedAt: START, kind: 'participant', participant };
}

/** One claim of a party, in one of five the way to a sale won; by the first person every fifth. */
function* lives(): Iterable<ReferralEvent> {
  const random = createRandom(7);
  const below = (n: number) => Math.floor(random.uniform() * n);
  for (let n = 0; n < CLAIMS; n += 1) {
    const at = START + DAY_MS + Math.floor((n / CLAIMS) * (DAYS - 60) * DAY_MS);
    const by = n % 5 === 0 ? 0 : below(PEOPLE);
    const subjectId = `account:${PEOPLE + n}`;
    const times = { occurredAt: at, recordedAt: at };
    const touch = { key: `t${n}`, participantId: `contact:${by}`, subjectId, ...times, sourceId: null };
    const claim = {
      ...{ programId: 'main', participantId: `contact:${by}`, referrerAccountId: `account:${by}`, subjectId },
      ...({ referredContactId: null, opportunityId: null, introducedAt: at, consent: 'introduced_in_person' } as const),
      ...{ code: null, touch: { ...touch, evidence: 'activity' as const } },
    };
    yield { key: `c${n}`, ...times, kind: 'claim', claim, known };
    if (n % (CLAIMS / SALES) !== 0) continue;
    for (const [type, later] of [
      ['opportunity_opened', 10],
      ['won', 40 + below(15)],
    ] as const) {
      const when = { occurredAt: at + later * DAY_MS, recordedAt: at + later * DAY_MS };
      const amount = type === 'won' ? { minor: 100_000 + below(1_000_000), currency: 'EUR' } : null;
      const progress = { key: `${type}${n}`, type, subjectId, opportunityId: `opportunity:${n}`, amount, ...when };
      yield { key: progress.key, ...when, kind: 'progress', progress };
    }
  }
}

function day(n: number): ReferralEvent {
  const at = START + n * DAY_MS;
  return { key: `day ${n}`, occurredAt: at, recordedAt: at, kind: 'day' };
}

/** By batch: what the pull of a day says, then the day; on the first of a month the month before is settled. */
function journal(withDays: boolean): readonly (readonly ReferralEvent[])[] {
  const byDay = Array.from({ length: DAYS + 1 }, (): ReferralEvent[] => []);
  byDay[0]?.push(...Array.from({ length: PEOPLE }, (_, n) => person(n)));
  for (const it of lives()) byDay[Math.ceil((it.occurredAt - START) / DAY_MS)]?.push(it);
  return byDay.flatMap((events, n) => {
    const at = START + n * DAY_MS;
    const isFirst = new Date(at).getUTCDate() === 1;
    const period = new Date(at - DAY_MS).toISOString().slice(0, 7);
    const settle = { kind: 'settle', programId: 'main', period, by: 'owner:1', payees: {} } as const;
    const times = { occurredAt: at, recordedAt: at };
    const batches: ReferralEvent[][] = [events, withDays ? [day(n)] : []];
    if (isFirst) batches.push([{ key: `settle ${period}`, ...times, ...settle }]);
    return batches.filter((it) => it.length > 0);
  });
}

function run(withDays: boolean): void {
  const engine = openReferralEngine({ programs: [program], rates: [] });
  const batches = journal(withDays);
  const begun = process.cpuUsage();
  for (const batch of batches) engine.take(batch);
  const taken = process.cpuUsage(begun);
  const idleFrom = process.cpuUsage();
  for (let n = 1; n <= DAYS; n += 1) engine.take([day(DAYS + 400 + n)]);
  const idle = process.cpuUsage(idleFrom);
  const rewards = [...engine.state.rewards.all()];
  const events = batches.reduce((sum, it) => sum + it.length, 0);
  const waiting = rewards.filter((it) => it.state === 'held').length;
  const seconds = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1e6;
  const peakMB = process.resourceUsage().maxRSS / 1024;
  const counts = { events, claims: engine.state.claims.size, rewards: rewards.length, waiting };
  process.stdout.write(JSON.stringify({ ...counts, seconds: seconds(taken), idleSeconds: seconds(idle), peakMB }));
}

interface Taken {
  readonly events: number;
  readonly claims: number;
  readonly rewards: number;
  readonly waiting: number;
  readonly seconds: number;
  readonly idleSeconds: number;
  readonly peakMB: number;
}

function take(what: 'days' | 'none'): Taken {
  const options = ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning'];
  const { stdout } = spawnSync(process.execPath, [...options, import.meta.filename, what], { encoding: 'utf8' });
  return JSON.parse(stdout) as Taken;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const what = process.argv[2];
if (what === 'days' || what === 'none') run(what === 'days');
else {
  const runs = [0, 1, 2].map(() => ({ with: take('days'), without: take('none') }));
  const [first] = runs;
  const withDays = median(runs.map((it) => it.with.seconds));
  const without = median(runs.map((it) => it.without.seconds));
  const [events, fewer] = [first?.with.events ?? 0, first?.without.events ?? 0];
  const figures = {
    ...{ events, claims: first?.with.claims, rewards: first?.with.rewards, waiting: first?.with.waiting },
    ...{ processorSeconds: withDays, withoutDays: without },
    microsecondsPerEvent: (withDays / events) * 1e6,
    perEventAgainstNoDays: withDays / events / (without / fewer),
    millisecondsPerDay: ((withDays - without) / (events - fewer)) * 1e3,
    millisecondsPerIdleDay: (median(runs.map((it) => it.with.idleSeconds)) / DAYS) * 1e3,
  };
  const task = '1,100 days, 5,000 claims, 1,000 sales, a quarter of the rewards waiting';
  const peakMB = Math.max(...runs.map((it) => it.with.peakMB));
  const peer = { peer: null, peerSeconds: null, ratio: figures.perEventAgainstNoDays };
  const row = { task, firstSeconds: first?.with.seconds, medianSeconds: withDays, peakMB, ...peer, figures };
  process.stdout.write(`${JSON.stringify({ name: 'replay', rows: [row] })}\n`);
}
