import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScoreMovement } from '@holdfast/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ANSWERS } from '../src/demo/answers.ts';
import { callCommand } from './call-command.ts';
import { type Bench, hubspotWorld, openBench, type World } from './world.ts';

interface Explained {
  readonly score: {
    readonly drivers: readonly { readonly title: string; readonly logOdds: number; readonly assumed?: true }[];
  };
  readonly since: { readonly runId: string; readonly asOf: string } | null;
  readonly movement: ScoreMovement | null;
}

describe('holdfast explain: the change since the last run', () => {
  let world: World;
  let bench: Bench;
  beforeAll(async () => {
    world = await hubspotWorld();
    bench = openBench(world.env);
    const answers = join(bench.folder, 'answers.json');
    writeFileSync(answers, JSON.stringify(DEMO_ANSWERS.hubspot));
    await call('init', { positional: ['hubspot'], options: { yes: true, answers } });
    await call('pull');
  }, 60_000);
  afterAll(async () => {
    bench.remove();
    await world.close();
  });

  const call = (name: string, input: Omit<Parameters<typeof callCommand>[1], 'folder' | 'env'> = {}) =>
    callCommand(name, { folder: bench.folder, env: world.env, ...input });
  const explain = async (account: string) => {
    const { text, json } = await call('explain', { positional: [account] });
    return { text, json: json as Explained };
  };
  interface Line {
    readonly id: string;
    readonly movement?: ScoreMovement;
  }
  /** Scores the book; answers the accounts of that run's scores.json. */
  const score = async (): Promise<readonly Line[]> => {
    const { runId } = (await call('score')).json as { readonly runId: string };
    const file = join(bench.folder, '.holdfast', 'runs', runId, 'scores.json');
    return JSON.parse(readFileSync(file, 'utf8')).lines;
  };

  test('no earlier run: it says so, and what keeps the facts for the next time', async () => {
    const [line] = await score();
    const { text, json } = await explain(line?.id ?? '');
    expect(json).toMatchObject({ since: null, movement: null });
    expect(text).toContain('Change since the last run: no earlier run has kept its facts yet; `holdfast score` keeps');
  });

  test('the same parts as scores.json: inputs, model and passing time, which add up', async () => {
    // the fitted models come into use between the two runs: a part of the change is theirs
    expect((await call('score')).text).toContain('Accuracy card: none was made yet, run `holdfast backtest`.');
    const tested = (await call('backtest')).json as {
      cards: readonly { model: string; on: string; summary: string }[];
    };
    const on = tested.cards[0]?.on;
    expect((await call('score')).text).toContain(
      `Accuracy card: contract accounts, not enough outcomes yet (${on}); order-based accounts, not enough outcomes yet (${on}).`,
    );
    await call('backtest', { options: { adopt: true } });
    await call('pull');
    const kept = (await score()).filter(({ movement }) => movement && movement.model !== 0);
    expect(kept.length).toBeGreaterThan(0);
    const [line] = kept;
    // a look from elsewhere is no answer to whether the score was held against outcomes
    await call('backtest', { options: { lead: '60', asOf: '2025-06-30' } });
    const { text, json } = await explain(line?.id ?? '');
    const { total, inputs, model, time } = json.movement ?? { total: 0, inputs: 0, model: 0, time: 0 };
    expect(line?.movement).toMatchObject({ total, inputs, model, time });
    expect(inputs + model + time).toBeCloseTo(total, 9);
    expect(json.since?.asOf).toMatch(/^\d{4}-.*Z$/);
    const shown = (value: number) => `${value < 0 ? '-' : '\\+'}${Math.abs(value).toFixed(2)}`;
    expect(text).toContain(`Change since the run as of ${json.since?.asOf}, in log-odds of loss:`);
    for (const [name, value] of [
      ['inputs \\(what happened\\)', inputs],
      ['model', model],
      ['passing time', time],
      ['in all', total],
    ] as const)
      expect(text).toMatch(new RegExp(`^ {2}${name} +${shown(value)}$`, 'm'));
    expect(text).toContain('Another model scored it then');
    expect(json).toMatchObject({ card: { verdict: 'not-enough-outcomes', on } });
    expect(text).toContain(`the accuracy card of ${on} says: not enough outcomes yet.`);
    // of a book this small, drivers that hardly an outcome knew keep their points: named, and what that means
    const assumed = json.score.drivers.filter((it) => it.assumed && it.logOdds !== 0).map(({ title }) => title);
    expect(assumed.length).toBeGreaterThan(0);
    for (const title of assumed) expect(text).toMatch(new RegExp(`^  ${title} .* assumed$`, 'm'));
    expect(text.match(/ assumed$/gm)).toHaveLength(assumed.length);
    expect(text).toContain('assumed: fewer than 20 outcomes of this book knew that driver');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});
