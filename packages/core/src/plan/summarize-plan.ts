import type { WritableEntity } from '../model/types.ts';
import type { Plan } from './plan.ts';

/** A plan in a few numbers, for a person who decides whether to read on. */
export interface PlanSummary {
  readonly writes: number;
  readonly byEntity: Readonly<Partial<Record<WritableEntity, number>>>;
  /** Number of writes that set each field, by `entity.field`. */
  readonly byField: Readonly<Record<string, number>>;
  /** Number of accounts that enter each band. */
  readonly intoBand: Readonly<Record<string, number>>;
  readonly heldBack: Readonly<Record<string, number>>;
}

/** Counts what a plan would change. */
export function summarizePlan(plan: Plan): PlanSummary {
  const byEntity: Partial<Record<WritableEntity, number>> = {};
  const byField: Record<string, number> = {};
  const intoBand: Record<string, number> = {};
  for (const it of plan.writes) {
    byEntity[it.entity] = (byEntity[it.entity] ?? 0) + 1;
    for (const field of Object.keys(it.write.set)) {
      byField[`${it.entity}.${field}`] = (byField[`${it.entity}.${field}`] ?? 0) + 1;
    }
    const band = it.entity === 'account' ? it.write.set.healthBand : undefined;
    if (band) intoBand[band] = (intoBand[band] ?? 0) + 1;
  }
  return { writes: plan.writes.length, byEntity, byField, intoBand, heldBack: plan.heldBack };
}
