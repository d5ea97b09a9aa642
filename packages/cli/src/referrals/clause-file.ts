import {
  type CalendarDay,
  type ClauseFulfilment,
  type ClauseReward,
  type ContractReferralClause,
  followClause,
  type Id,
  type Program,
  parseDay,
  type ReferenceDeed,
} from '@holdfast/core';
import * as z from 'zod';
import { UserError } from '../failure.ts';
import type { Session } from '../session/session.ts';
import { readInputFile } from './read-input-file.ts';
import type { ReferralDesk } from './referral-desk.ts';

/** What the customer of a contract promised, with the calls and logos that were recorded for it. */
export interface FiledClause {
  readonly clause: ContractReferralClause;
  readonly deeds: readonly ReferenceDeed[];
}

const day = z.string().refine((it) => parseDay(it) !== null, 'is no day (YYYY-MM-DD)');
const id = z.string().min(1, 'is empty');
const number = z.number().int().positive('is not above zero');

const filedClause = z
  .strictObject({
    ...{ id, contractId: id, accountId: id, programId: id, count: number, fromOn: day, untilOn: day },
    kind: z.enum(['introductions', 'reference_calls', 'logo']),
    due: z.array(z.strictObject({ on: day, count: number })).default([]),
    permits: z.array(z.enum(['logo', 'name', 'quote', 'case_study'])).default([]),
    waivedOn: day.nullable().default(null),
    rewardRuleId: id.nullable().default(null),
    /** Calls held and logos put up; introductions are counted from the claims. */
    done: z.array(z.strictObject({ on: day, sourceId: id })).default([]),
  })
  .refine((it) => it.fromOn <= it.untilOn, { path: ['untilOn'], message: 'lies before fromOn' })
  .refine((it) => it.due.every(({ on }) => on >= it.fromOn && on <= it.untilOn), {
    ...{ path: ['due'], message: 'has a day outside of fromOn and untilOn' },
  })
  .refine((it) => it.due.every(({ count }) => count <= it.count), {
    ...{ path: ['due'], message: 'asks for more than count' },
  })
  .refine((it) => it.kind !== 'introductions' || it.done.length === 0, {
    ...{ path: ['done'], message: 'is for calls and logos: introductions are counted from the claims' },
  })
  .refine((it) => it.kind === 'introductions' || it.rewardRuleId === null, {
    ...{ path: ['rewardRuleId'], message: 'is for introductions: nothing else is rewarded' },
  });

const clauseList = z.array(filedClause);

/** Reads the referral clauses of contracts; refuses the file whole, with its first problem. */
export function readClauses(file: string, programs: readonly Program[]): readonly FiledClause[] {
  const rows = readInputFile(file, 'bad_clauses', clauseList);
  rows.forEach(({ id, programId, rewardRuleId }, place) => {
    if (rows.findIndex((it) => it.id === id) !== place) throw bad(file, place, `id: "${id}" is there twice`);
    const program = programs.find((it) => it.id === programId);
    if (!program) throw bad(file, place, `programId: there is no program "${programId}"`);
    const rules = program.rules.filter((it) => it.beneficiary === 'referrer').map((it) => it.id);
    if (rewardRuleId !== null && !rules.includes(rewardRuleId))
      throw bad(file, place, noRule(program, rewardRuleId, rules));
  });
  return rows.map(({ done, ...clause }) => {
    const { accountId, kind } = clause;
    const deeds = done.map((it): ReferenceDeed[] => (kind === 'introductions' ? [] : [{ ...it, accountId, kind }]));
    return { clause, deeds: deeds.flat() };
  });
}

/** A clause and how far it is met. */
export interface FollowedClause {
  readonly clause: ContractReferralClause;
  readonly fulfilment: ClauseFulfilment;
}

/** How far the clauses are met on a day, on the accounts as they are after merges. */
export async function followClauses(
  { clauses, state, session }: Pick<ReferralDesk, 'clauses' | 'state' | 'session'>,
  at: { readonly today: CalendarDay; readonly timeZone: string },
): Promise<readonly FollowedClause[]> {
  const claims = clauses.length === 0 ? [] : [...state.claims.values()];
  return Promise.all(
    clauses.map(async ({ clause: filed, deeds: filedDeeds }) => {
      const accountId = await session.store.resolve(filed.accountId);
      const clause = { ...filed, accountId };
      const deeds = filedDeeds.map((it) => ({ ...it, accountId }));
      return { clause, fulfilment: followClause(clause, { claims, deeds }, at) };
    }),
  );
}

/** The accounts that the clauses are about, as they are after merges. */
export async function promisedAccounts(
  { store }: Pick<Session, 'store'>,
  clauses: readonly FiledClause[],
): Promise<ReadonlySet<Id>> {
  return new Set(await Promise.all(clauses.map((it) => store.resolve(it.clause.accountId))));
}

function noRule({ id }: Program, ruleId: string, rules: readonly string[]): string {
  const known = rules.length === 0 ? 'it has none' : `it has ${rules.join(', ')}`;
  return `rewardRuleId: the program "${id}" has no rule "${ruleId}" for the referrer (${known})`;
}

/** The clauses whose introductions are rewarded by a rule of their own, for the engine. */
export function clauseRewards(clauses: readonly FiledClause[], timeZone: string): readonly ClauseReward[] {
  return clauses.flatMap(({ clause }) => {
    const { rewardRuleId } = clause;
    return rewardRuleId === null ? [] : [{ clause: { ...clause, rewardRuleId }, timeZone }];
  });
}

function bad(file: string, place: number, what: string): UserError {
  return new UserError('bad_clauses', `Refused (bad_clauses): ${file}, ${place}.${what}. Correct it and run again.`, 2);
}
