import type { EmulatedRequest, EmulatedResponse, Emulator } from '../server/emulator.ts';
import { faultReply } from './http/fault-answers.ts';
import { handleRequest, respond } from './http/handle-request.ts';
import { callLimits, createLimiter, unlimited } from './http/limiter.ts';
import { compileRoutes } from './http/route.ts';
import { type HubSpotOptions, sandboxToken } from './options.ts';
import { type PersonEdits, personEdits } from './person-edits.ts';
import { routes } from './routes/routes.ts';
import { makeProperty } from './schema/property.ts';
import { customerProperties } from './seed/customer-properties.ts';
import { type BookIds, seedBook } from './seed/seed-book.ts';
import { addTable, createPortal, type Portal, tableNamed } from './state/portal.ts';

/** An emulated HubSpot account: answers requests, and lets a test look inside and act as a person in the app. */
export interface HubSpotEmulator extends Emulator, PersonEdits {
  readonly crm: 'hubspot';
  /** Everything the account holds, for tests. */
  readonly state: Portal;
  /** The record id that an entry of the book was given. */
  readonly idOf: BookIds['idOf'];
}

const compiled = compileRoutes(routes);

/** Makes an account of a tier, seeded from a book when one is given. The same options make the same account. */
export function createHubSpot(options: HubSpotOptions): HubSpotEmulator {
  const portal = makePortal(options);
  const ids = seedBook(portal, options.book, options);
  const limits = { ...callLimits[options.tier], ...options.limits };
  const limiter =
    options.rateLimits === false ? unlimited(limits, portal.timeZone) : createLimiter(limits, portal.timeZone);
  const tokens = new Map(Object.entries(options.tokens ?? { [sandboxToken]: { scopes: 'all' as const } }));
  const context = {
    portal,
    compiled,
    limiter,
    access: { tokens },
    rules: {
      requiredByAdmin: options.requiredByAdmin ?? {},
      oauth: options.oauth,
      usedCodes: new Set<string>(),
      tokens,
      limiter,
      limits,
    },
    answered: 0,
  };
  return {
    crm: 'hubspot',
    state: portal,
    journal: portal.journal,
    calls: portal.calls,
    idOf: ids.idOf,
    handle: (request: EmulatedRequest): EmulatedResponse => handleRequest(context, request),
    faultResponse: (kind) => respond(faultReply(kind, '00000000-0000-4000-8000-00000000fa17', portal.clock.now()), {}),
    ...personEdits(portal),
  };
}

function makePortal(options: HubSpotOptions): Portal {
  const portal = createPortal({
    tier: options.tier,
    clock: options.clock,
    seed: options.seed ?? 1,
    portalId: options.portalId ?? 44_210_077,
    indexLagMs: options.indexLagMs ?? 0,
    timeZone: options.timeZone ?? 'Europe/Berlin',
    currency: options.currency ?? 'EUR',
    exchangeRates: options.exchangeRates ?? { USD: 0.92, GBP: 1.17, CHF: 1.04 },
    accountType: options.accountType ?? 'STANDARD',
    keepJournal: options.journal ?? true,
    propertyLimit: options.propertyLimit,
  });
  const bornAt = Date.parse('2021-03-01T10:00:00.000Z');
  for (const type of options.customObjects ?? []) addTable(portal, type, bornAt);
  for (const [object, inputs] of Object.entries(options.customFields ?? customerProperties)) {
    const table = tableNamed(portal, object);
    for (const input of table === undefined ? [] : inputs) {
      table?.properties.set(input.name, makeProperty(input, table.type.group, bornAt));
    }
  }
  return portal;
}
