import { CrmError } from '@holdfast/core';
import { strToU8, zipSync } from 'fflate';
import * as z from 'zod';
import { protocolError } from '../errors.ts';
import type { Session } from '../session.ts';
import { isJwt } from '../token-form.ts';

const failure = z.object({
  componentType: z.unknown().optional(),
  fullName: z.string().optional(),
  problem: z.string().optional(),
});
const outcome = z.object({
  done: z.boolean(),
  success: z.boolean(),
  errorMessage: z.string().nullish(),
  details: z.object({ componentFailures: z.union([failure, z.array(failure)]).nullish() }).nullish(),
});

/** Why components were refused, by full name; an empty name is the deployment itself. */
export type Refusals = ReadonlyMap<string, string>;

const POLL_MS = 2000;
const LONGEST_MS = 900_000;

/** Deploys files in metadata format, whole or not at all; answers why it was refused. */
export async function deploy(
  session: Session,
  files: Readonly<Record<string, string>>,
  options: { readonly checkOnly: boolean; readonly signal?: AbortSignal | undefined },
): Promise<Refusals> {
  const zip = Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, strToU8(content)]))),
  );
  const { checkOnly, signal } = options;
  const call = { purpose: 'schema', signal } as const;
  const deployOptions = { checkOnly, rollbackOnError: true, singlePackage: true };
  const { id, rest } = await session.client.call({ ...call, writes: !checkOnly }, async (connection) => {
    // SOAP takes tokens of this form from API version 68 on
    const rest = isJwt(connection.accessToken);
    const started = await (rest
      ? connection.metadata.deployRest(zip, deployOptions)
      : connection.metadata.deploy(zip, deployOptions));
    return { id: started.id, rest };
  });
  for (let waited = 0; waited <= LONGEST_MS; waited += POLL_MS) {
    const parsed = outcome.safeParse(
      await session.client.call(call, (connection) => connection.metadata.checkDeployStatus(id, true, rest)),
    );
    if (!parsed.success) throw protocolError('to a deployment has another shape');
    if (parsed.data.done) return refusalsOf(parsed.data);
    await session.clock.sleep(POLL_MS, signal);
  }
  throw new CrmError(
    'unavailable',
    'Salesforce has not finished the deployment after 15 minutes: look at Deployment Status in Setup.',
    { retryable: true },
  );
}

function refusalsOf({ success, errorMessage, details }: z.infer<typeof outcome>): Refusals {
  if (success) return new Map();
  const failures = [details?.componentFailures ?? []].flat();
  const named = failures.map(({ fullName, problem }): [string, string] => [fullName ?? '', problem ?? 'refused']);
  return new Map(named.length > 0 ? named : [['', errorMessage ?? 'Salesforce gives no reason']]);
}
