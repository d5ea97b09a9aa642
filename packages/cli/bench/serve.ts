/** Serves a sandbox with the bench book in a process of its own; prints its origin, serves until it is ended. */
import { createHubSpot, createSalesforce, faultsOff, generateBenchBook, listen } from '@holdfast/sandbox';

const [crm, accounts] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const book = generateBenchBook({ accounts: Number(accounts), seed: 1, asOf: new Date().toISOString() });
// limits out of the way: the bench counts calls, it does not wait
const unlimited = 1_000_000_000;
const emulator =
  crm === 'hubspot'
    ? createHubSpot({
        book,
        tier: 'enterprise',
        clock,
        journal: false,
        currency: 'USD',
        limits: { burst: unlimited, daily: unlimited, search: unlimited },
      })
    : createSalesforce({
        book,
        edition: 'unlimited',
        clock,
        options: { dailyRequestLimit: unlimited },
        users: [
          { username: 'bench@example.com', currency: 'USD', clientId: 'bench-client', clientSecret: 'bench-secret' },
        ],
      });
const server = await listen({ emulator, faults: faultsOff });
process.stdout.write(`${server.origin}\n`);
