import type { CodecContext, ConnectContext, CrmAdapter } from '@holdfast/core';
import { bind, objectsToDescribe } from './bind.ts';
import { capabilitiesOf } from './capabilities.ts';
import { check } from './check/check.ts';
import { type Client, createClient } from './client.ts';
import { composite, shapeOf } from './describe.ts';
import type { SalesforceOptions } from './options.ts';
import { ORG_QUERIES, readOrg } from './org.ts';
import { read } from './read/read.ts';
import { createSchema } from './schema/schema.ts';
import type { Session } from './session.ts';
import { CLOSED_STATUS_QUERY, closedStatus, readVocabulary, VOCABULARY_QUERIES } from './vocabulary.ts';
import { write } from './write/write.ts';

/**
 * Logs in and asks the org, in one composite call, what it has: objects and fields as this user sees them, its own
 * words, its currency. What it lacks is in the capabilities with the reason, never silently empty.
 */
export async function connect(options: SalesforceOptions, context: ConnectContext): Promise<CrmAdapter> {
  const client = await createClient(options, context.log, context.signal);
  try {
    return adapterOf(await openSession(client, options, context));
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function openSession(
  client: Client,
  options: SalesforceOptions,
  { clock, log, signal }: ConnectContext,
): Promise<Session> {
  const objects = objectsToDescribe(options);
  const notes = options.notes ? CLOSED_STATUS_QUERY : {};
  const queries = Object.entries({ ...ORG_QUERIES, ...VOCABULARY_QUERIES, ...notes }).map(([id, soql]) => [
    id,
    `/query?q=${encodeURIComponent(soql)}`,
  ]);
  const describes = objects.map((object) => [object, `/sobjects/${object}/describe`]);
  const answers = await composite(client, Object.fromEntries([...queries, ...describes]), 'connect', signal);
  const shapes = new Map(
    objects.flatMap((object) => {
      const shape = shapeOf(answers, object);
      return shape ? [[object, shape] as const] : [];
    }),
  );
  const org = await readOrg(client, answers, options, signal);
  const codecs: CodecContext = { currency: org.currency, timeZone: org.timeZone };
  const bound = bind(options, shapes, codecs);
  const closed = options.notes ? closedStatus(answers, shapes) : null;
  const capabilities = capabilitiesOf(org, bound, shapes, closed, readVocabulary(answers, shapes), client.budget());
  return { client, clock, log, options, org, context: codecs, bound, shapes, closedStatus: closed, capabilities };
}

function adapterOf(session: Session): CrmAdapter {
  return {
    capabilities: session.capabilities,
    check: (profile, signal) => check(session, profile, signal),
    read: (entity, request, signal) => read(session, entity, request, signal),
    write: (entity, batch, signal) => write(session, entity, batch, signal),
    schema: createSchema(session),
    close: () => session.client.close(),
  };
}
