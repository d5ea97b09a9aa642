import type { ConnectContext, CrmAdapter, EntityName, Id } from '@holdfast/core';
import type { EmulatedRequest, EmulatedResponse, Emulator, FaultKind, InProcess } from '@holdfast/sandbox';

/** What people keep by hand and the simulation looks at. */
export type PersonEntity = 'account' | 'contact' | 'opportunity';

/** A record as the CRM itself holds it, told without the adapter: the fields that the simulation looks at. */
export interface TrueRecord {
  readonly id: Id;
  readonly updatedAt: number;
  readonly fields: Readonly<Record<string, string | number | null>>;
}

/** A task as the CRM itself holds it, deleted ones too. */
export interface TrueTask {
  readonly id: Id;
  readonly subject: string | null;
  readonly accountIds: readonly Id[];
}

/** One value that a request stored, for telling a second write of the same. */
export interface SentValue {
  readonly target: string;
  readonly field: string;
  readonly value: string;
}

/** How the program logs in, for the whole of a seed. */
export type Login = 'token' | 'renewed';

/** One emulated org in this process: what people do in it, what is true in it, and how a real client reaches it. */
export interface SimOrg {
  readonly crm: 'hubspot' | 'salesforce';
  readonly emulator: Emulator;
  /** What the seed reads and writes; the accounts are always among them. */
  readonly entities: readonly EntityName[];
  /** Longest time, in milliseconds, that a change stays out of sight. */
  readonly lagMs: number;
  /** What can go wrong on the wire, and so be injected. */
  readonly faults: { readonly reads: readonly FaultKind[]; readonly writes: readonly FaultKind[] };

  create(entity: PersonEntity, name: string, accountId: Id | null): Id;
  edit(entity: PersonEntity, id: Id, field: string, value: string | number): void;
  /** An edit that is stamped now and seen when the answer is called; `null` where the CRM has no such thing. */
  editLate: ((entity: PersonEntity, id: Id, field: string, value: string) => () => void) | null;
  remove(entity: PersonEntity, id: Id): void;
  restore(entity: PersonEntity, id: Id): void;
  /** The record that both live on in. */
  merge(entity: 'account' | 'contact', winner: Id, loser: Id): Id;
  relate(contactId: Id, accountId: Id, on: boolean): void;
  /** A person works on a task of ours, without touching its subject. */
  editTask(): boolean;
  /** Something that only this CRM does: a locked row, sessions ended. The answer names it; `null` where there is none. */
  mischief(pick: (below: number) => number): string | null;

  /** The live records, in no order. */
  live(entity: PersonEntity): readonly TrueRecord[];
  /** The live pairs `account contact`. */
  roles(): readonly string[];
  tasks(): readonly TrueTask[];
  /** The qualified id of a record that the journal names. */
  journalId(object: string, id: string): Id;
  /** The CRM's name of a field that the simulation writes or edits. */
  vendorField(entity: string, field: string): string;
  /** The fields that hold owners. */
  readonly ownerField: string;

  /** Answers a request, `pageSize` records a page. */
  handle(request: EmulatedRequest, pageSize: number): EmulatedResponse;
  isWrite(method: string, path: string): boolean;
  isLogin(path: string): boolean;
  sentValues(request: EmulatedRequest): readonly SentValue[];
  /** What is wrong with a request that changes records, whatever comes of it; `null` when nothing is. */
  wrongWrite(request: EmulatedRequest): string | null;
  connect(way: InProcess, context: ConnectContext): Promise<CrmAdapter>;
}
