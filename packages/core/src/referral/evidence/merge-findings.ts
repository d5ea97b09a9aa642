import type { Id } from '../../model/ids.ts';
import { EVIDENCE_CLASSES } from '../entities/evidence-class.ts';
import { type EvidenceReason, type FoundIntroduction, INTRODUCTION_STANDINGS } from './found-introduction.ts';

/**
 * One finding per advocate and party: the best standing decides, the strongest evidence of that standing names the class,
 * the earliest record that is not dismissed dates it. Once somebody is credited with a party, a later question about it is
 * not asked, and a later mail of somebody else without words of introduction is none. By date, then key.
 */
export function mergeFindings(
  findings: readonly FoundIntroduction[],
  denied: ReadonlySet<string>,
): readonly FoundIntroduction[] {
  const byKey = new Map<string, FoundIntroduction[]>();
  for (const it of nameIntroducers(findings)) {
    const list = byKey.get(it.key);
    if (list) list.push(it);
    else byKey.set(it.key, [it]);
  }
  const merged = [...byKey].map(([key, list]) => (denied.has(key) ? deny(mergeOne(list)) : mergeOne(list)));
  const credited = new Map<Id, number>();
  for (const { standing, subjectId, introducedAt } of merged) {
    if (standing !== 'credited_automatically') continue;
    credited.set(subjectId, Math.min(introducedAt, credited.get(subjectId) ?? introducedAt));
  }
  return merged.map((it) => yieldToEarlier(it, credited.get(it.subjectId))).sort(byDate);
}

/** Who of an account it was is no question where another record names one of its people for the same party. */
function nameIntroducers(findings: readonly FoundIntroduction[]): readonly FoundIntroduction[] {
  const named = new Map<string, FoundIntroduction>();
  for (const it of [...findings].sort((a, b) => byStanding(a, b) || byDate(a, b))) {
    const key = `${it.advocateAccountId}>${it.subjectId}`;
    if (it.standing !== 'not_an_introduction' && it.advocateId !== null && !named.has(key)) named.set(key, it);
  }
  return findings.map((it) => {
    const known = it.advocateId === null ? named.get(`${it.advocateAccountId}>${it.subjectId}`) : undefined;
    return known ? { ...it, key: known.key, advocateId: known.advocateId } : it;
  });
}

function mergeOne(list: readonly FoundIntroduction[]): FoundIntroduction {
  const standing =
    INTRODUCTION_STANDINGS.find((it) => list.some((one) => one.standing === it)) ?? 'not_an_introduction';
  const dismissed = standing === 'not_an_introduction';
  const deciding = list.filter((it) => it.standing === standing).sort(byStrength);
  const counting = list.filter((it) => dismissed || it.standing !== 'not_an_introduction').sort(byDate);
  const others = counting.filter((it) => !deciding.includes(it));
  const [best, first] = [deciding[0]!, counting[0]!];
  return {
    ...best,
    prospectContactId: best.prospectContactId ?? first.prospectContactId,
    introducedAt: first.introducedAt,
    recordedAt: first.recordedAt,
    sourceIds: [...new Set([...deciding, ...others].flatMap((it) => it.sourceIds))],
    reasons: [...new Set(deciding.flatMap((it) => it.reasons))],
  };
}

function deny(finding: FoundIntroduction): FoundIntroduction {
  return { ...finding, standing: 'not_an_introduction', reasons: ['denied'] };
}

const WORDLESS: ReadonlySet<EvidenceReason> = new Set(['mail_then_engaged', 'copied_then_engaged']);

function yieldToEarlier(it: FoundIntroduction, creditedAt: number | undefined): FoundIntroduction {
  if (creditedAt === undefined || creditedAt >= it.introducedAt) return it;
  if (it.standing !== 'needs_confirmation' && !it.reasons.every((reason) => WORDLESS.has(reason))) return it;
  return { ...it, standing: 'not_an_introduction', reasons: [...it.reasons, 'introduced_by_other'] };
}

function byStanding(a: FoundIntroduction, b: FoundIntroduction): number {
  return INTRODUCTION_STANDINGS.indexOf(a.standing) - INTRODUCTION_STANDINGS.indexOf(b.standing);
}

function byStrength(a: FoundIntroduction, b: FoundIntroduction): number {
  return EVIDENCE_CLASSES.indexOf(a.evidence) - EVIDENCE_CLASSES.indexOf(b.evidence) || byDate(a, b);
}

function byDate(a: FoundIntroduction, b: FoundIntroduction): number {
  if (a.introducedAt !== b.introducedAt) return a.introducedAt - b.introducedAt;
  const [x, y] = [`${a.key} ${a.sourceIds[0]}`, `${b.key} ${b.sourceIds[0]}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
