// The referral engine at its stated size: 1,000,000 touches, 100,000 claims and 20,000 conversions decided and accrued.
// Runs in a process of its own with a heap of 256 MB, so that the peak tells what is needed and not how long V8 puts off
// collecting. Each event comes from JSON, as out of the journal. Prints one JSON object with the seconds in the engine, its
// processor time on all threads (those of V8's collector too) and the peak memory of the whole process.
// Run with: node --conditions=holdfast-source decide.ts
import { spawnSync } from 'node:child_process';
import { DAY_MS, type EvidenceClass, openReferralEngine, type ReferralEvent } from '@holdfast/core';
import { createRandom } from '@holdfast/core/stats';
import { aProgram } from '../../test/referrals/a-program.ts';

const [TOUCHES, CLAIMS, SALES, PEOPLE] = [1_000_000, 100_000, 20_000, 20_000];
const START = Date.parse('2026-01-01T00:00:00Z');
const KINDS: readonly EvidenceClass[] = ['activity', 'recorded', 'code', 'click', 'click', 'free_text'];
/** Events of one write into the journal. */
const BATCH = 1_000;

const [rule] = aProgram().rules;
const program = aProgram({
  ...{ id: 'main', currency: 'EUR', holdingDays: 30, approvalAbove: null },
  policy: { protectionDays: 90, openClaimsPerParticipant: 1_000 },
  rules: [
    {
      ...rule!,
      amount: { percent: 500, disclosesAmount: true },
      caps: [{ scope: 'participant', interval: 'year', minor: 500_000 }],
    },
  ],
});

const random = createRandom(7);
const below = (n: number) => Math.floor(random.uniform() * n);
const relation = { customerSince: null, customerUntil: null, opportunities: [], contacts: [] };
const known = { relation, signals: [], isErased: false };

function* people(): Iterable<ReferralEvent> {
  for (let n = 0; n < PEOPLE; n += 1) {
    const participant = {
      ...({ programId: 'main', role: 'customer', status: 'active', statusSince: 0, termsVersion: 't1' } as const),
      ...({ employerPermission: false, segment: 'private', country: 'AT', taxFormOn: null } as const),
      ...{ id: `contact:${n}`, accountId: `account:${n}` },
    };
    yield { key: `p${n}`, occurredAt: START, recordedAt: START, kind: 'participant', participant };
  }
}

/** A touch of anybody on one of the claimed parties. */
function touchOf(n: number, by: number, on: number, at: number) {
  const evidence = KINDS[below(KINDS.length)] ?? 'click';
  const times = { occurredAt: at, recordedAt: at };
  return {
    key: `t${n}`,
    participantId: `contact:${by}`,
    subjectId: `account:${PEOPLE + on}`,
    evidence,
    ...times,
    sourceId: null,
  };
}

function* happenings(): Iterable<ReferralEvent> {
  for (let n = 0; n < TOUCHES; n += 1) {
    const at = START + DAY_MS + Math.floor((n / TOUCHES) * 60 * DAY_MS);
    const on = below(CLAIMS / 2);
    const by = below(PEOPLE);
    const touch = touchOf(n, by, on, at);
    const times = { occurredAt: at, recordedAt: at };
    if (n % (TOUCHES / CLAIMS) !== 0) yield { key: touch.key, ...times, kind: 'touch', touch };
    else {
      const claim = {
        ...{ programId: 'main', participantId: touch.participantId, referrerAccountId: `account:${by}` },
        ...{ subjectId: touch.subjectId, referredContactId: null, opportunityId: null, introducedAt: at },
        ...({ consent: 'introduced_in_person', code: null } as const),
        touch,
      };
      yield { key: `c${n}`, ...times, kind: 'claim', claim, known };
    }
  }
}

/** First all openings, then all sales: in the order of time, and without a list of them in memory. */
function* sales(): Iterable<ReferralEvent> {
  const subjects = new Int32Array(SALES);
  const amounts = new Int32Array(SALES);
  for (let n = 0; n < SALES; n += 1) {
    subjects[n] = below(CLAIMS / 2);
    amounts[n] = 100_000 + below(1_000_000);
  }
  for (const [type, day] of [
    ['opportunity_opened', 65],
    ['won', 80],
  ] as const) {
    for (let n = 0; n < SALES; n += 1) {
      const at = START + day * DAY_MS + n;
      const subjectId = `account:${PEOPLE + subjects[n]!}`;
      const amount = type === 'won' ? { minor: amounts[n]!, currency: 'EUR' } : null;
      const times = { occurredAt: at, recordedAt: at };
      const progress = { key: `${type}${n}`, type, subjectId, opportunityId: `opportunity:${n}`, amount, ...times };
      yield { key: progress.key, ...times, kind: 'progress', progress };
    }
  }
}

function run(): void {
  const engine = openReferralEngine({ programs: [program], rates: [] });
  let batch: ReferralEvent[] = [];
  let [engineMs, processorMs] = [0, 0];
  const flush = (): void => {
    const [used, begun] = [process.cpuUsage(), performance.now()];
    engine.take(batch);
    engineMs += performance.now() - begun;
    const { user, system } = process.cpuUsage(used);
    processorMs += (user + system) / 1000;
    batch = [];
  };
  const day = START + 120 * DAY_MS;
  const end: ReferralEvent = { key: 'day', occurredAt: day, recordedAt: day, kind: 'day' };
  for (const source of [people(), happenings(), sales(), [end]]) {
    for (const event of source) {
      batch.push(JSON.parse(JSON.stringify(event)) as ReferralEvent);
      if (batch.length === BATCH) flush();
    }
  }
  flush();
  const { claims, decisions, rewards, refused } = engine.state;
  const figures = {
    claims: claims.size,
    decisions: decisions.size,
    rewards: [...rewards.all()].length,
    refused: refused.length,
    processorSeconds: processorMs / 1000,
  };
  const seconds = engineMs / 1000;
  const peakMB = process.resourceUsage().maxRSS / 1024;
  const task = '1,000,000 touches, 100,000 claims, 20,000 conversions';
  const peer = { peer: null, peerSeconds: null, ratio: null };
  const row = { task, firstSeconds: seconds, medianSeconds: seconds, peakMB, ...peer, limit: '10 s, 500 MB', figures };
  process.stdout.write(`${JSON.stringify({ name: 'decide', rows: [row] })}\n`);
}

if (process.argv[2] === 'here') run();
else {
  const options = [
    '--max-old-space-size=256',
    '--max-semi-space-size=24',
    '--conditions=holdfast-source',
    '--disable-warning=ExperimentalWarning',
  ];
  spawnSync(process.execPath, [...options, import.meta.filename, 'here'], { stdio: 'inherit' });
}
