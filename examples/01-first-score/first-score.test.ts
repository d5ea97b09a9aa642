import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const index = new URL('index.ts', import.meta.url);

it('prints a score with reasons, coverage and a next step', () => {
  const output = execFileSync(process.execPath, ['--conditions=holdfast-source', fileURLToPath(index)], {
    encoding: 'utf8',
  });
  // seats .45: .8 x .35 / .4 = .7; renewal .6; ticket .5; NPS .5 x (2.5 / 3.5) x 0.5^(40/120) = .2835;
  // touch .4 x ln(76/31) / ln(91/31) = .3331; together 2.4166; 300 / (3 + e^2.4166) = 300 / 14.208 = 21.1
  expect(output).toContain('healthScore: 21');
  expect(output).toContain("band: 'at_risk'");
  expect(output).toContain('+ Seats in use: 45 % (neutral 80 %), odds x 2');
  expect(output).toContain('Known: 5 of 25 drivers.');
  expect(output).toContain('nextStep');
});

it('is at most fifteen lines of code', () => {
  const lines = readFileSync(index, 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeLessThanOrEqual(15);
});

it.each(['README.md', 'docs/getting-started.md', 'packages/core/README.md'])('the lines in %s give a score', (page) => {
  const lines = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8').match(/```ts\n([^`]+)```/)?.[1];
  const output = execFileSync(
    process.execPath,
    ['--conditions=holdfast-source', '--input-type=module', '--eval', `${lines}\nconsole.log(score.healthScore);`],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  // seats .35: .8 x .45 / .4 = .9; renewal .6; ticket .5; NPS .5 x 0.5^(20/120) = .4454; touch .3331;
  // together 2.7785; 300 / (3 + e^2.7785) = 300 / 19.10 = 15.7
  expect(output.trim().split('\n').at(-1)).toBe('16');
});
