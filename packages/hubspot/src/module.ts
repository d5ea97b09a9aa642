import type { ConnectContext, CrmAdapter, CrmModule } from '@holdfast/core';
import { CrmError } from '@holdfast/core';
import type { ZodType } from 'zod';
import { checkPortal } from './check.ts';
import { openSession } from './connect.ts';
import { maps } from './maps/index.ts';
import { type HubSpotOptions, hubspotEnv, hubspotOptions } from './options.ts';
import { permissions } from './permissions.ts';
import { hubspotProfile } from './profile.ts';
import { readPage } from './read/read.ts';
import { applySchema } from './schema/apply.ts';
import { planSchema } from './schema/plan.ts';
import type { Session } from './session.ts';
import { writeBatch } from './write/write.ts';

/** HubSpot as a CRM of Holdfast. */
export const hubspot: CrmModule<HubSpotOptions> = {
  crm: 'hubspot',
  title: 'HubSpot',
  options: hubspotOptions as unknown as ZodType<HubSpotOptions>,
  env: hubspotEnv,
  maps,
  permissions,
  profile: hubspotProfile,
  async connect(options, context: ConnectContext): Promise<CrmAdapter> {
    const parsed = hubspotOptions.safeParse(options);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'}: ${issue.message}`);
      throw new CrmError('invalid', `The HubSpot options are not right: ${issues.join('; ')}.`);
    }
    return adapterOf(await openSession(parsed.data, context));
  },
};

function adapterOf(session: Session): CrmAdapter {
  let isClosed = false;
  const open = <T>(act: () => Promise<T>): Promise<T> =>
    isClosed ? Promise.reject(new CrmError('invalid', 'This connection was closed: connect again.')) : act();
  return {
    capabilities: session.capabilities,
    check: (profile, signal) => open(() => checkPortal(session, profile, signal)),
    read: (entity, request, signal) => open(() => readPage(session, entity, request, signal)),
    write: (entity, batch, signal) => open(() => writeBatch(session, entity, batch, signal)),
    schema: {
      plan: (target, signal) => open(() => planSchema(session, target, signal)),
      apply: (changes, signal) => open(() => applySchema(session, changes, signal)),
    },
    async close() {
      isClosed = true;
      session.client.close();
    },
  };
}
