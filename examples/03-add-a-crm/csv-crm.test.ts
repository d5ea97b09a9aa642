import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrmAdapter } from '@holdfast/core';
import { adapterConformance, createTestClock } from '@holdfast/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvCrm } from './csv-crm.ts';
import { csvHarness } from './csv-world.ts';

for (const c of adapterConformance(csvHarness)) test.skipIf(c.skipped)(c.name, c.run);

describe('what only files can do', () => {
  let folder: string;
  const file = () => join(folder, 'accounts.csv');
  const connect = (): Promise<CrmAdapter> => {
    const context = { clock: createTestClock(), random: () => 0.5, log: () => {} };
    return csvCrm.connect(csvCrm.options.parse({ folder }), context);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-csv-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a folder that is not there is refused with what to do', async () => {
    rmSync(folder, { recursive: true });
    await expect(connect()).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('folder') });
  });

  test('a file that is not there makes its entity unavailable, and the others are served', async () => {
    writeFileSync(file(), 'id,name\n1,Ada\n');
    const { capabilities } = await connect();
    expect(Object.keys(capabilities.read)).toEqual(['account']);
    expect(capabilities.unavailable.contact).toBe('no contacts.csv');
  });

  test('a column that is not there is missing and not written', async () => {
    writeFileSync(file(), 'id,name,healthScore\n1,Ada,\n');
    const adapter = await connect();
    expect(adapter.capabilities.read.account?.missing['renewalOn']).toBe('no column renewalOn');
    expect(adapter.capabilities.write.account?.fields).toEqual(['healthScore']);
    const [result] = await adapter.write('account', [
      { key: 'a', target: { id: 'account:1' }, set: { nextStep: 'x' } },
    ]);
    expect(result).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  });

  test('malformed CSV is refused, and no value of it is repeated', async () => {
    writeFileSync(file(), 'id,name,healthScore\n1,"Ada\n');
    const error = await connect().catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: 'protocol', message: expect.stringContaining('accounts.csv') });
    expect(String(error)).not.toContain('Ada');
  });

  test('columns that are not ours keep their values, and no draft stays behind', async () => {
    writeFileSync(file(), '\ufeffid,region,name,healthScore\n1,North,"Ada, Ltd",\n2,,Bob,7\n');
    const adapter = await connect();
    await adapter.write('account', [{ key: 'a', target: { id: 'account:1' }, set: { healthScore: 40 } }]);
    expect(readFileSync(file(), 'utf8')).toBe('id,region,name,healthScore\n1,North,"Ada, Ltd",40\n2,,Bob,7\n');
    expect(readdirSync(folder)).toEqual(['accounts.csv']);
  });

  test('a replacement that fails is told, and the file stays whole', async () => {
    writeFileSync(file(), 'id,healthScore\n1,\n');
    const adapter = await connect();
    mkdirSync(join(folder, `.accounts.csv.${process.pid}.tmp`));
    const write = adapter.write('account', [{ key: 'a', target: { id: 'account:1' }, set: { healthScore: 40 } }]);
    await expect(write).rejects.toMatchObject({ name: 'CrmError', code: 'unavailable' });
    expect(readFileSync(file(), 'utf8')).toBe('id,healthScore\n1,\n');
  });

  test('an amount in another currency is refused, not relabelled', async () => {
    writeFileSync(file(), 'id,revenueAtRisk\n1,\n');
    const adapter = await connect();
    const set = { revenueAtRisk: { minor: 100, currency: 'JPY' } };
    const [result] = await adapter.write('account', [{ key: 'a', target: { id: 'account:1' }, set }]);
    expect(result).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  });

  test('a row without an id, and a second row of one id, are rejects', async () => {
    writeFileSync(file(), 'id,name\n1,Ada\n,Bob\n1,Cy\n');
    const page = await (await connect()).read('account', { kind: 'all', cursor: null });
    expect(page.records.map(({ name }) => name)).toEqual(['Ada']);
    expect(page.rejects).toEqual([
      { id: null, issues: ['the row has no id'] },
      { id: null, issues: ['the id occurs in an earlier row too'] },
    ]);
  });

  test('without a column for our key no task is made', async () => {
    writeFileSync(file(), 'id,name\n1,Ada\n');
    writeFileSync(join(folder, 'tasks.csv'), 'id,subject\n');
    const adapter = await connect();
    const write = { key: 'a', target: { externalKey: 'holdfast:1' }, set: { subject: 'Call' } };
    const [result] = await adapter.write('task', [write]);
    expect(result).toMatchObject({ status: 'failed', error: { code: 'permission' } });
    expect(adapter.capabilities.write.task?.create).toContain('columns key, accountId');
    expect(readFileSync(join(folder, 'tasks.csv'), 'utf8')).toBe('id,subject\n');
  });
});
