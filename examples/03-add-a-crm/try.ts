import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvCrm } from './csv-crm.ts';

// A folder as a company might keep it: only accounts, and only some of the columns.
const folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-'));
const file = join(folder, 'accounts.csv');
writeFileSync(
  file,
  [
    'id,name,lifecycle,recurring,renewalOn,region,healthScore,healthBand,nextStep',
    '1,Ada Ltd,customer,12000.00,2026-03-31,North,,,',
    '2,"Bolt, Nut & Sons",customer,many,2026-06-30,South,,,',
    '3,Cyan GmbH,prospect,,,North,,,',
  ].join('\n'),
);

const clock = { now: () => Date.now(), sleep: async () => {} };
const options = csvCrm.options.parse({ folder });
const adapter = await csvCrm.connect(options, { clock, random: Math.random, log: () => {} });

const page = await adapter.read('account', { kind: 'all', cursor: null });
console.log(
  'Read:',
  page.records.map(({ id, name, recurring }) => ({ id, name, recurring })),
);
console.log('Rejected:', page.rejects);

const write = (id: string, set: object) => ({ key: `score ${id}`, target: { id }, set });
const results = await adapter.write('account', [
  write('account:1', { healthScore: 82, healthBand: 'healthy', nextStep: 'Ask for a referral' }),
  write('account:3', { name: 'Not ours to write' }),
]);
console.log(
  'Results:',
  results.map(({ key, status }) => `${key}: ${status}`),
);
console.log(readFileSync(file, 'utf8'));
await adapter.close();
