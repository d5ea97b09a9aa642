// Introductions found in generated books, compared with what is true: recall by Wilson's lower bound in all and by evidence
// class, precision of what is credited without a question, the share of questions, every difference; then a portal that
// shows no mail participants, and the time for one, two and four times the activities. Prints one JSON object. Run with:
// node --conditions=holdfast-source introductions.ts [introductions per book] [books] [file for every difference]
// With `--through hubspot` (or `salesforce`) first, each book fills an org of that vendor, and what is matched is what the
// real adapter read from it and the store holds: digests.
import { writeFileSync } from 'node:fs';
import { findIntroductions } from '@holdfast/core';
import { generateIntroductions } from '@holdfast/sandbox';
import { judgeIntroductions, type Trial } from '../../../workflows/test/introductions/judge-introductions.ts';
import { ALL_SHOWN, sourceOfBook } from '../../../workflows/test/introductions/source-of-book.ts';
import type { CrmName } from '../../test/introductions/filled-org.ts';
import { readThrough } from '../../test/introductions/read-through.ts';
import { median } from '../median.ts';

const FIRST_SEED = 101;
const through = process.argv[2] === '--through' ? (process.argv[3] as CrmName) : null;
const [first, second, file] = process.argv.slice(through === null ? 2 : 4);
const [perBook, books] = [Number(first ?? 2500), Number(second ?? 4)];

function tryBook(
  seed: number,
  introductions: number,
  capabilities = ALL_SHOWN,
): Trial & { seconds: number; cpuSeconds: number } {
  const { book, truth } = generateIntroductions({ seed, introductions });
  const source = sourceOfBook(book, capabilities);
  const rows = [...source.activities()];
  const [start, used] = [performance.now(), process.cpuUsage()];
  const report = findIntroductions({ ...source, activities: () => rows }, Date.parse(book.asOf));
  const { user, system } = process.cpuUsage(used);
  return { book, truth, report, seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function judgedRow() {
  return rowOf(
    `${books} books, ${perBook} introductions each`,
    Array.from({ length: books }, (_, i) => tryBook(FIRST_SEED + i, perBook)),
  );
}

/** The same through an org, the adapter and the store; seconds are those of finding. */
async function throughRow(crm: CrmName) {
  const trials: (Trial & { seconds: number })[] = [];
  for (let i = 0; i < books; i += 1) {
    const read = await readThrough(crm, { seed: FIRST_SEED + i, introductions: perBook });
    trials.push({ ...read, seconds: read.findSeconds });
  }
  return rowOf(`through ${crm}: ${books} books, ${perBook} introductions each`, trials);
}

function rowOf(task: string, trials: readonly (Trial & { seconds: number })[]) {
  const { differences, ...figures } = judgeIntroductions(trials);
  if (file) writeFileSync(file, differences.map((it) => `${JSON.stringify(it)}\n`).join(''));
  const seconds = trials.map((it) => it.seconds);
  return {
    task,
    ...{ firstSeconds: seconds[0], medianSeconds: median(seconds), peakMB: process.resourceUsage().maxRSS / 1024 },
    ...{ peer: null, peerSeconds: null, ratio: null },
    limit: 'all.wilsonLow >= .99; credited.precision >= .99; questions.share <= .05; decoys.perIntroduction >= 2',
    figures: {
      ...figures,
      sources: trials.map((it) => it.report.sources),
      differences: {
        listed: differences.filter((it) => it.kind !== 'other date'),
        otherDates: tally(differences.filter((it) => it.kind === 'other date').map((it) => it.evidence)),
      },
    },
  };
}

function hiddenRow() {
  const trial = tryBook(FIRST_SEED + books, perBook, { ...ALL_SHOWN, mailParticipants: false });
  const { all, byEvidence, credited } = judgeIntroductions([trial]);
  return {
    task: 'a portal without mail participants',
    ...{ firstSeconds: trial.seconds, medianSeconds: trial.seconds, peakMB: process.resourceUsage().maxRSS / 1024 },
    ...{ peer: null, peerSeconds: null, ratio: null },
    limit: 'mail reported unavailable, not absent',
    figures: { sources: trial.report.sources, all, byEvidence, credited },
  };
}

function timedRows() {
  return [1, 2, 4].map((times) => {
    const runs = Array.from({ length: 3 }, () => tryBook(FIRST_SEED, perBook * times));
    const seconds = runs.map((it) => it.seconds);
    const activities = runs[0]?.book.activities.length ?? 0;
    return {
      task: `${times} times the activities`,
      ...{ firstSeconds: seconds[0], medianSeconds: median(seconds), peakMB: process.resourceUsage().maxRSS / 1024 },
      ...{ peer: null, peerSeconds: null, ratio: null },
      limit: 'processor microseconds per activity stay level',
      figures: {
        activities,
        microsecondsPerActivity: (Math.min(...runs.map((it) => it.cpuSeconds)) * 1e6) / activities,
      },
    };
  });
}

function tally(list: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const it of list) counts[it] = (counts[it] ?? 0) + 1;
  return counts;
}

const rows = through === null ? [judgedRow(), hiddenRow(), ...timedRows()] : [await throughRow(through)];
process.stdout.write(`${JSON.stringify({ name: 'introductions', rows })}\n`);
