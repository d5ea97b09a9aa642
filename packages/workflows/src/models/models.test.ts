import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACT_CARD } from '@holdfast/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../workspace/open-workspace.ts';
import type { KeptModel } from './kept-models.ts';
import { readModels, writeModels } from './model-file.ts';
import { modelsInUse } from './models-in-use.ts';

const size = 1 + 2 * CONTRACT_CARD.rows.length;
const kept: KeptModel = {
  loss: {
    ...{ model: 'contract', version: 'one', cardVersion: CONTRACT_CARD.version, fittedOn: '2026-01-31' },
    ...{ evidence: 'fitted', outcomes: { decisions: 300, losses: 40 }, intercept: -2 },
    drivers: CONTRACT_CARD.rows.map(({ feature }) => ({ feature, weight: 0.5, reference: 0, missing: 0 })),
    covariance: Array.from({ length: (size * (size + 1)) / 2 }, () => 0),
    ...{ treatment: 0, periodVariance: null, mixture: [] },
  },
  ...{ contraction: null, verdict: 'passes', summary: 'Passes.' },
};

describe('the models of a workspace', () => {
  let folder: string;
  let workspace: Workspace;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-models-'));
    workspace = openWorkspace(join(folder, '.holdfast'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('none before the first backtest; what is written is read back, readable by its owner only', () => {
    expect(readModels(workspace)).toMatchObject({ current: {}, shadow: {} });
    writeModels(workspace, { version: 1, current: {}, shadow: { contract: kept }, shadowRuns: 2 });
    expect(readModels(workspace).shadow.contract).toEqual(kept);
    expect(statSync(join(workspace.folder, 'models.json')).mode & 0o077).toBe(0);
  });

  test('a damaged file is one clear sentence', () => {
    writeFileSync(join(workspace.folder, 'models.json'), '{"version":1,"current":{"contract":{}}}');
    expect(() => readModels(workspace)).toThrow(/move it away, then run `holdfast backtest` again; .*\.$/);
    writeFileSync(join(workspace.folder, 'models.json'), '{');
    expect(() => readModels(workspace)).toThrow(/models\.json is damaged: move it away/);
  });

  type Loss = KeptModel['loss'];
  const driver = (set: object): Partial<Loss> => ({ drivers: kept.loss.drivers.map((it) => ({ ...it, ...set })) });
  const covariance = (set: Readonly<Record<number, number>>): Partial<Loss> => ({
    covariance: kept.loss.covariance.map((it, at) => set[at] ?? it),
  });
  test.each<[string, Partial<Loss>, string]>([
    ['a weight of 21', driver({ weight: 21 }), 'drivers[0].weight: must be a number from -20 to 20'],
    ['a weight beyond all numbers', driver({ weight: 'Infinity' }), 'drivers[0].weight: must be a number'],
    ['an intercept that is no number', { intercept: Number.NaN }, 'intercept: must be a number'],
    ['a driver twice', driver({ feature: 'npsLast' }), 'drivers: names a driver twice'],
    [
      'a covariance one number short',
      { covariance: kept.loss.covariance.slice(1) },
      `covariance: must have ${(size * (size + 1)) / 2} numbers`,
    ],
    ['a negative variance', covariance({ 0: -0.01 }), 'covariance: has a variance below 0'],
    // numbers 0, 1, 2 of the triangle are c00, c10, c11: .3^2 > .1 x .1
    [
      'a covariance that no two variances allow',
      covariance({ 0: 0.1, 1: 0.3, 2: 0.1 }),
      'covariance: has a covariance beyond',
    ],
    ['a negative variance of periods', { periodVariance: -1 }, 'periodVariance: must be a number from 0'],
    [
      'a share above 1',
      { mixture: [{ tau: 0.5, slope: 1, weight: 1.5 }] },
      'mixture[0].weight: must be a number from 0 to 1',
    ],
    ['more losses than decisions', { outcomes: { decisions: 3, losses: 4 } }, 'outcomes.losses: must not be more'],
    ['half a decision', { outcomes: { decisions: 3.5, losses: 0 } }, 'outcomes.decisions: must be a whole number'],
    ['a model under the name of the other', { model: 'orders' }, 'current: holds a model of the other kind'],
  ])('refused with the place and the next step: %s', (_title, set, says) => {
    const contract = { ...kept, loss: { ...kept.loss, ...set } };
    const models = { version: 1 as const, current: { contract }, shadow: {}, shadowRuns: 0 };
    // as a hand or another tool would write it
    writeFileSync(join(workspace.folder, 'models.json'), JSON.stringify(models).replace('"Infinity"', '1e999'));
    const refused = () => readModels(workspace);
    expect(refused).toThrow(expect.objectContaining({ code: 'damaged', message: expect.stringContaining(says) }));
    expect(refused).toThrow('move it away, then run `holdfast backtest` again');
  });
});

describe('models as scoring takes them', () => {
  test('a model whose card has passed is proved; another is used and not proved', () => {
    expect(modelsInUse({ contract: kept }).models.contract).toMatchObject({ proved: true, loss: { version: 'one' } });
    expect(modelsInUse({ contract: { ...kept, verdict: 'not-enough-outcomes' } }).models.contract?.proved).toBe(false);
  });

  test('a model of another scorecard is left aside and named', () => {
    const other = { ...kept, loss: { ...kept.loss, cardVersion: 'older' } };
    expect(modelsInUse({ contract: other })).toEqual({ models: {}, stale: ['contract'] });
    const fewer = { ...kept, loss: { ...kept.loss, drivers: kept.loss.drivers.slice(1) } };
    expect(modelsInUse({ contract: fewer }).stale).toEqual(['contract']);
  });
});
