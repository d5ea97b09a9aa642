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
    expect(() => readModels(workspace)).toThrow(/is damaged: move it away, then run `holdfast backtest` again\.$/);
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
