import {
  type Account,
  type AccountRecords,
  type BookIndexes,
  buildSlice,
  countIssues,
  dayInZone,
  daysBetween,
  findUnmapped,
  type Id,
  type Instant,
  movementSince,
  type OrgProfile,
  type RecordRole,
  type RetentionModel,
  type ScoredAccount,
  type ScoreMovement,
  type ScoreOptions,
  scoreRisk,
  scoreSlice,
  type UnmappedValue,
  unpackFacts,
  type WeighingModel,
  weighingModel,
} from '@holdfast/core';
import type { ScoreSnapshot, SnapshotRun } from '../store/store.ts';

type Models = NonNullable<ScoreOptions['models']>;

/** What judging an account needs beside its records: plain data, so that another thread can be handed it. */
export interface JudgeSettings {
  readonly profile: OrgProfile;
  readonly asOf: Instant;
  readonly indexes: BookIndexes;
  readonly models: Models | null;
  /** What the last accuracy cards said. */
  readonly cards?: ScoreOptions['cards'];
  readonly shadow: Models | null;
  /** The run that movements are told from. */
  readonly before: SnapshotRun | null;
  /** Accounts held out of acting. */
  readonly heldOut?: ReadonlySet<Id> | undefined;
}

/** What was made of one account; `scored` is `null` outside the book and for one that a person left out. */
export interface JudgedAccount {
  readonly account: Account;
  readonly role: RecordRole;
  readonly scored: ScoredAccount | null;
  /** The shadow models put it into another band. */
  readonly shadowDiffers: boolean;
  readonly unmapped: readonly UnmappedValue[];
  readonly issues: Readonly<Record<string, number>>;
}

type Judge = (records: AccountRecords, before: ScoreSnapshot | null) => JudgedAccount;

/** Judges accounts one at a time: the same settings and records give the same result in whatever thread. */
export function judgeAccounts(settings: JudgeSettings): Judge {
  const { profile, asOf, indexes, models, cards, shadow, heldOut } = settings;
  const options = { ...(models && { models }), ...(cards && { cards }), ...(heldOut && { heldOut }) };
  const move = movements(settings, options);
  return (records, before) => {
    const slice = buildSlice(records, profile, asOf);
    const scored = scoreSlice(slice, profile, indexes, options);
    const movement = scored && before && move(scored, before);
    return {
      account: slice.account,
      role: slice.role,
      scored: movement ? { ...scored, movement } : scored,
      shadowDiffers: scored !== null && shadow != null && bandOf(scored, slice, shadow) !== scored.score.band,
      unmapped: findUnmapped(records, profile),
      issues: countIssues(records),
    };
  };
}

function bandOf(
  { facts }: ScoredAccount,
  slice: { readonly account: Account },
  models: NonNullable<ScoreOptions['models']>,
) {
  return scoreRisk(facts, { models, previous: slice.account }).band;
}

function movements({ profile, asOf, before: run }: JudgeSettings, options: ScoreOptions) {
  const weighing: { readonly [M in RetentionModel]: WeighingModel } = {
    contract: weighingModel('contract', options),
    orders: weighingModel('orders', options),
  };
  const days = run && daysBetween(dayInZone(run.at, profile.timeZone), dayInZone(asOf, profile.timeZone));
  return ({ facts, score }: ScoredAccount, { facts: packed, ...kept }: ScoreSnapshot): ScoreMovement | null => {
    if (run === null || days === null) return null;
    const before = { ...kept, facts: unpackFacts(run.features, packed) };
    return movementSince(before, { facts, model: weighing[score.model] }, days);
  };
}
