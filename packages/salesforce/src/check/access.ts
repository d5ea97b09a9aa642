import { CrmError, type EntityName, type Problem } from '@holdfast/core';
import * as z from 'zod';
import { type CompositeAnswers, composite, rowsOf } from '../describe.ts';
import { maps } from '../maps/index.ts';
import { REFERRAL } from '../referral-object.ts';
import type { Session } from '../session.ts';
import { error, warning } from './problem.ts';

/** Without these there is no book. */
const NEEDED: readonly EntityName[] = ['account', 'contact', 'opportunity', 'owner'];

/** What this user may see, and what of the org Holdfast cannot handle. */
export async function checkAccess(session: Session, signal?: AbortSignal): Promise<readonly Problem[]> {
  const answers = await composite(session.client, countQueries(session), 'connect', signal);
  return [
    ...unavailableEntities(session),
    ...personAccounts(answers),
    ...(await hiddenRecords(session, answers, signal)),
    ...standardObject(session),
    ...orgProblems(session),
  ];
}

function countQueries(session: Session): Readonly<Record<string, string>> {
  const account = session.shapes.get('Account');
  const ask = (soql: string) => `/query?q=${encodeURIComponent(soql)}`;
  return {
    visible: ask('SELECT COUNT(Id) total FROM Account'),
    ...(account?.fields.has('IsPersonAccount')
      ? { persons: ask('SELECT COUNT(Id) total FROM Account WHERE IsPersonAccount = TRUE') }
      : {}),
  };
}

/** Entities that an org may well be without. */
const OPTIONAL: readonly EntityName[] = ['lead', 'referralLink', 'task', 'note', 'referral', 'fieldChange'];

function unavailableEntities(session: Session): readonly Problem[] {
  const entities = Object.entries(session.capabilities.unavailable) as [EntityName, string][];
  return entities
    .filter(
      ([entity]) =>
        !('unavailable' in maps[entity]) &&
        session.options.entities?.includes(entity) !== false &&
        !OPTIONAL.includes(entity),
    )
    .map(([entity, reason]) =>
      (NEEDED.includes(entity) ? error : warning)('object-missing', `No ${entity} can be read. ${reason}.`),
    );
}

/** Salesforce's own object, of paid products: never needed, never written, and never mixed with ours. */
function standardObject({ shapes, bound }: Session): readonly Problem[] {
  const { object } = maps.referralLink.sources[0];
  if (!shapes.has(object)) return [];
  const links = bound.referralLink;
  const isRead = !('unavailable' in links) && links.sources.some((source) => source.object === object);
  const use = isRead
    ? 'Holdfast reads from it who referred whom, as evidence that somebody recorded; to leave it unread, list in options.entities what is read, without referralLink'
    : 'the fields that say who referred whom are hidden from this user or not there, so that nothing is read from it';
  return [
    warning(
      'standard-referral',
      `This org has Salesforce's own object ${object}: ${use}. Holdfast keeps its referrals in ${REFERRAL} and never writes that one: say in your program which of them pays, so that nothing is rewarded twice.`,
    ),
  ];
}

function personAccounts(answers: CompositeAnswers): readonly Problem[] {
  const persons = answers.has('persons') ? totalOf(answers, 'persons') : 0;
  return persons === 0
    ? []
    : [
        error(
          'person-accounts',
          `${persons} accounts are person accounts, which Holdfast does not support yet: they are left out.`,
        ),
      ];
}

const recordCount = z.object({ sObjects: z.array(z.object({ name: z.string(), count: z.number() })) });

/** Records hidden by sharing are simply absent; the org's own count, which sharing does not touch, tells of them. */
async function hiddenRecords(
  session: Session,
  answers: CompositeAnswers,
  signal?: AbortSignal,
): Promise<readonly Problem[]> {
  const counted = await session.client
    .call({ purpose: 'connect', signal }, (connection) =>
      connection.request<unknown>({ method: 'GET', url: '/limits/recordCount?sObjects=Account' }),
    )
    .catch((failure: unknown) => {
      if (failure instanceof CrmError && (failure.code === 'permission' || failure.code === 'not-found')) return null;
      throw failure;
    });
  const all = recordCount.safeParse(counted).data?.sObjects.find(({ name }) => name === 'Account')?.count ?? 0;
  const visible = totalOf(answers, 'visible');
  // the org's count is an estimate that lags; a fiftieth is within it
  if (all <= 100 || visible >= all * 0.98) return [];
  return [
    warning(
      'partial-view',
      `The user sees ${visible} of about ${all} accounts: give it "View All" on the objects, or figures for the whole book will be partial.`,
    ),
  ];
}

function orgProblems({ org, client }: Session): readonly Problem[] {
  const { used, limit } = client.budget();
  const spent = used !== null && limit !== null && used > limit * 0.8;
  return [
    ...(org.currencyAssumed
      ? [
          warning(
            'currency-assumed',
            `Salesforce does not tell the org's currency; ${org.currency} is taken from its locale: set options.currency to be sure.`,
          ),
        ]
      : []),
    ...(spent
      ? [warning('budget', `${used} of ${limit} API calls of the day are used up: run later, or ask for more calls.`)]
      : []),
  ];
}

function totalOf(answers: CompositeAnswers, referenceId: string): number {
  return Number(rowsOf(answers, referenceId)?.[0]?.['total'] ?? 0);
}
