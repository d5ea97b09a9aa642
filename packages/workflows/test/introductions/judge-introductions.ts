import { type EvidenceReport, type FoundIntroduction, parseInstant } from '@holdfast/core';
import { wilson } from '@holdfast/core/stats';
import type { IntroductionBook, IntroductionTruth, TrueIntroduction } from '@holdfast/sandbox';

const DAY = 86_400_000;

/** One way in which what was found is not what is true. */
export interface Difference {
  readonly kind: 'missed' | 'credited wrongly' | 'asked in vain' | 'other date';
  readonly advocate: string;
  readonly party: string;
  readonly evidence: string;
  readonly detail: string;
}

/** Found: credited or put to a person. `credited`: without a question. */
export interface Recall {
  readonly leftEvidence: number;
  readonly found: number;
  readonly credited: number;
  readonly share: number;
  readonly wilsonLow: number;
}

export interface Judged {
  readonly all: Recall;
  /** By the evidence that the generator says was left, mails and meetings apart, and by noise. */
  readonly byEvidence: Readonly<Record<string, Recall>>;
  readonly byNoise: Readonly<Record<string, Recall>>;
  readonly credited: {
    readonly count: number;
    readonly right: number;
    readonly precision: number;
    readonly wilsonLow: number;
  };
  /** Questions, of all that left evidence; `right`: those about a real introduction. */
  readonly questions: { readonly count: number; readonly right: number; readonly share: number };
  readonly leftNothing: { readonly none: number; readonly unreadable: number; readonly foundAnyway: number };
  readonly decoys: {
    readonly count: number;
    readonly perIntroduction: number;
    readonly byKind: Readonly<Record<string, number>>;
  };
  readonly differences: readonly Difference[];
}

export interface Trial {
  readonly book: IntroductionBook;
  readonly truth: IntroductionTruth;
  readonly report: EvidenceReport;
}

/** Compares what was found with what is true, over several books. A difference of over a day in the date is one too. */
export function judgeIntroductions(trials: readonly Trial[]): Judged {
  const one = trials.map(judgeTrial);
  const rows = one.flatMap((it) => it.rows);
  const counted = rows.filter(({ truth }) => leftEvidence(truth));
  const findings = one.flatMap((it) => it.findings);
  const credited = findings.filter((it) => it.standing === 'credited_automatically');
  const asked = findings.filter((it) => it.standing === 'needs_confirmation');
  const right = (list: readonly Finding[]) => list.filter((it) => it.right).length;
  const decoys = trials.flatMap((it) => it.truth.decoys.map(({ kind }) => kind));
  return {
    all: recallOf(counted),
    byEvidence: grouped(counted, ({ truth }) => [
      truth.evidence,
      ...(truth.evidence === 'activity' ? [classOf(truth)] : []),
    ]),
    byNoise: grouped(counted, ({ truth }) => truth.noises),
    credited: { ...precisionOf(right(credited), credited.length) },
    questions: { count: asked.length, right: right(asked), share: asked.length / counted.length },
    leftNothing: {
      none: rows.filter(({ truth }) => truth.evidence === 'none').length,
      unreadable: rows.filter(({ truth }) => truth.evidence === 'unreadable').length,
      foundAnyway: rows.filter((it) => !leftEvidence(it.truth) && it.standing !== null).length,
    },
    decoys: { count: decoys.length, perIntroduction: decoys.length / rows.length, byKind: countBy(decoys) },
    differences: one.flatMap((it) => it.differences),
  };
}

interface Row {
  readonly truth: TrueIntroduction;
  readonly standing: FoundIntroduction['standing'] | null;
}
interface Finding {
  readonly standing: FoundIntroduction['standing'];
  readonly right: boolean;
}

function judgeTrial({ truth, report }: Trial): { rows: Row[]; findings: Finding[]; differences: Difference[] } {
  const found = report.introductions.filter((it) => it.standing !== 'not_an_introduction');
  const differences: Difference[] = [];
  const matched = new Set<FoundIntroduction>();
  const byParty = new Map<string, FoundIntroduction[]>();
  for (const it of found) byParty.set(it.subjectId, [...(byParty.get(it.subjectId) ?? []), it]);
  const rows = truth.introductions.map((it): Row => {
    const hit = hitOf(it, byParty);
    if (hit) matched.add(hit);
    if (hit && isOtherDate(it, hit)) differences.push(differenceOf('other date', it, hit.introducedAt));
    if (!hit && leftEvidence(it)) differences.push(missed(it, report));
    return { truth: it, standing: hit?.standing ?? null };
  });
  for (const it of found) if (!matched.has(it)) differences.push(wrong(it, truth));
  return { rows, findings: found.map((it) => ({ standing: it.standing, right: matched.has(it) })), differences };
}

/**
 * The right advocate and the right account (contact where there is no account). An advocate without a record is named by
 * their account; so may a question be, which asks whom of the account it was.
 */
function hitOf(truth: TrueIntroduction, byParty: ReadonlyMap<string, readonly FoundIntroduction[]>) {
  const near = [truth.prospectAccountId, truth.prospectContactId].flatMap((id) => (id ? (byParty.get(id) ?? []) : []));
  const same = (it: FoundIntroduction) =>
    it.advocateId === null
      ? it.standing === 'needs_confirmation' && it.advocateAccountId === truth.introducerAccountId
      : it.advocateId === truth.introducerContactId;
  return near.find((it) => same(it) && it.standing === 'credited_automatically') ?? near.find(same) ?? null;
}

const leftEvidence = ({ evidence }: TrueIntroduction) => evidence !== 'none' && evidence !== 'unreadable';

function classOf({ evidence, channel }: TrueIntroduction): string {
  return evidence === 'activity' ? `activity: ${channel}` : evidence;
}

const time = (text: string) => parseInstant(text) ?? Number.NaN;

function isOtherDate(truth: TrueIntroduction, hit: FoundIntroduction): boolean {
  return Math.abs(hit.introducedAt - time(truth.introducedAt)) > DAY;
}

function differenceOf(kind: Difference['kind'], truth: TrueIntroduction, at: number | null, why = ''): Difference {
  const days = at === null ? '' : `${((at - time(truth.introducedAt)) / DAY).toFixed(1)} days off; `;
  return {
    kind,
    advocate: truth.introducerContactId ?? truth.introducerAccountId,
    party: truth.prospectAccountId,
    evidence: classOf(truth),
    detail: `${days}${why}${truth.noises.join(', ')}`,
  };
}

function missed(truth: TrueIntroduction, report: EvidenceReport): Difference {
  const near = report.introductions.filter((it) => it.sourceIds.some((id) => truth.activityIds.includes(id)));
  const why = near.map((it) => `[${it.standing}: ${it.reasons.join(' ')}] `).join('');
  return differenceOf('missed', truth, null, why);
}

function wrong(it: FoundIntroduction, truth: IntroductionTruth): Difference {
  const decoy = truth.decoys.find(({ activityIds }) => it.sourceIds.some((id) => activityIds.includes(id)));
  const real = truth.introductions.find((one) => one.activityIds.some((id) => it.sourceIds.includes(id)));
  const of = decoy
    ? `decoy: ${decoy.kind}`
    : real
      ? `people of another introduction (${real.noises.join(', ')})`
      : 'everyday';
  return {
    kind: it.standing === 'credited_automatically' ? 'credited wrongly' : 'asked in vain',
    advocate: it.advocateId ?? it.advocateAccountId ?? '?',
    party: it.subjectId,
    evidence: it.evidence,
    detail: `${of}; ${it.reasons.join(' ')}`,
  };
}

function recallOf(rows: readonly Row[]): Recall {
  const found = rows.filter((it) => it.standing !== null).length;
  const credited = rows.filter((it) => it.standing === 'credited_automatically').length;
  return {
    leftEvidence: rows.length,
    found,
    credited,
    share: found / rows.length,
    wilsonLow: wilson(found, rows.length).low,
  };
}

function precisionOf(right: number, count: number) {
  return { count, right, precision: right / count, wilsonLow: wilson(right, count).low };
}

function grouped(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): Record<string, Recall> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) for (const key of keysOf(row)) groups.set(key, [...(groups.get(key) ?? []), row]);
  return Object.fromEntries(
    [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, list]) => [key, recallOf(list)]),
  );
}

function countBy(list: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const it of list) counts[it] = (counts[it] ?? 0) + 1;
  return counts;
}
