/**
 * Scores a filled store as `holdfast run` would after its pull, in a process of its own, with fitted models and the plan:
 * `score-store.ts FILE INSTANT FOLDER WORKERS`. Leaves a run's files under FOLDER. Prints how many accounts it scored,
 * how long that took, and where the files are; `peak.ts` adds the memory.
 */
import { buildPlan, FEATURES, type Proposal } from '@holdfast/core';
import { createRunFolder, openSqliteStore, openWorkspace, scoreBook } from '@holdfast/workflows';
import { keepHeapSmall } from '../src/small-heap.ts';
import { benchModels } from './fitted-models.ts';
import { benchProfile } from './profile.ts';

keepHeapSmall();
const [file = '', instant = '', folder = '', workers = '1'] = process.argv.slice(2);
const store = openSqliteStore(file, { clock: { now: () => Date.now() } });
await store.acquire({ pid: process.pid, host: 'bench', startedAt: Date.now(), purpose: 'score' });
const run = createRunFolder(openWorkspace(folder), `run-${workers}`);
const start = performance.now();
const cpuBefore = process.cpuUsage();
const proposals: Proposal[] = [];
const ids = FEATURES.map(({ id }) => id);
const features = run.startFeatures(['account', ...ids]);
const scores = run.startScores();
const book = await scoreBook(store, {
  asOf: Number(instant),
  models: benchModels,
  snapshots: { runId: 'bench' },
  workers: workers === '2' ? 2 : 1,
  writable: { account: ['healthScore', 'healthBand', 'mainReason', 'reasons', 'nextStep'] },
  onScored: (_of, { facts }, line) => {
    features.add([line.id, ...ids.map((id) => facts[id] ?? null)]);
    scores.add(line);
  },
  onProposal: (proposal) => void proposals.push(proposal),
  profile: benchProfile,
});
features.close();
scores.close({ asOf: book.asOf, referrals: book.referrals.referrals });
const plan = buildPlan({ crm: 'bench', orgId: 'bench', asOf: book.asOf, proposals });
run.writeJson('plan', plan);
run.writeJson('run', book.report);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const cpuSeconds = (user + system) / 1e6;
const moved = book.report.topAtRisk.filter((line) => line.movement !== undefined).length;
await store.release();
await store.close();
const { inBook } = book.report;
const figures = { seconds, cpuSeconds, inBook, planned: plan.writes.length, moved, folder: run.path };
process.stdout.write(`${JSON.stringify(figures)}\n`);
