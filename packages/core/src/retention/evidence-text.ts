import type { RiskScore } from './risk-score.ts';

/**
 * What a model's numbers rest on, as people read it. The label `points only` is also that of a fit which outcomes have
 * hardly moved: its figures are no longer the points, and to call them that, or learned, would both be wrong.
 */
export function evidenceText(evidence: string, decisions: number): string {
  if (evidence !== 'points only') return evidence;
  return decisions === 0 ? 'assumed points' : 'points, hardly moved yet by outcomes';
}

/** The same with the outcomes behind it: "weights fitted on 400 decisions of this book, 60 lost". */
export function basisText({
  evidence,
  outcomes: { decisions, losses },
}: Pick<RiskScore, 'evidence' | 'outcomes'>): string {
  if (decisions === 0) return 'the weights are assumptions';
  const outcomes = `${decisions} decisions of this book, ${losses} lost`;
  return evidence === 'points only' ? `points, hardly moved yet by ${outcomes}` : `weights ${evidence} on ${outcomes}`;
}
