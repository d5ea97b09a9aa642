import { type Book, createHubSpot, createSalesforce, faultsOff, listen, sandboxToken } from '@holdfast/sandbox';
import type { Crm } from './answers.ts';

/** A local CRM that holds the book, on a port of the loopback address. */
export interface PlayedCrm {
  readonly origin: string;
  /** The variables with which `holdfast` reaches it. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The app that Salesforce knows; its secret opens nothing but the sandbox. */
export const APP = { clientId: 'example-client', clientSecret: 'example-secret' } as const;

/** Starts the emulated CRM of a company that keeps this book, on a clock `clockShiftMs` away from the machine's. */
export async function playCrm(crm: Crm, book: Book, clockShiftMs: number): Promise<PlayedCrm> {
  const clock = { now: () => Date.now() + clockShiftMs };
  const emulator =
    crm === 'hubspot'
      ? createHubSpot({ book, tier: 'professional', clock, currency: 'USD', timeZone: 'America/Los_Angeles' })
      : createSalesforce({
          book,
          edition: 'enterprise',
          clock,
          users: [{ username: 'integration@example.com', currency: 'USD', ...APP }],
        });
  const { origin, close } = await listen({ emulator, faults: faultsOff });
  return { origin, close, variables: crm === 'hubspot' ? hubspotAt(origin) : salesforceAt(origin) };
}

const hubspotAt = (origin: string) => ({ HUBSPOT_TOKEN: sandboxToken, HUBSPOT_BASE_URL: origin });

const salesforceAt = (origin: string) => ({
  SALESFORCE_LOGIN_URL: origin,
  SALESFORCE_CLIENT_ID: APP.clientId,
  SALESFORCE_CLIENT_SECRET: APP.clientSecret,
});
