import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as core from '@holdfast/core';
import * as stats from '@holdfast/core/stats';
import * as workflows from '@holdfast/workflows';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../../docs/scores/', import.meta.url);
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
const read = (page: string) => readFileSync(new URL(page, folder), 'utf8');
const snippets = pages.flatMap((page) =>
  [...read(page).matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => ({ page, code })),
);

describe('the pages of docs/scores', () => {
  it.each(snippets)('the lines in $page print what they say beside them', ({ code }) => {
    const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, text]) => text);
    const printed = execFileSync(
      process.execPath,
      ['--conditions=holdfast-source', '--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', code],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('..', import.meta.url)) },
    );
    expect(said.length).toBeGreaterThan(0);
    expect(printed.trim().split('\n')).toEqual(said);
  });

  it('every function that a page names exists', () => {
    const exported = new Set([core, stats, workflows].flatMap((all) => Object.keys(all)));
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/^Functions?: (.*)$/gm)].flatMap(([, line = '']) =>
        [...line.matchAll(/`([a-z]\w+)`/g)].map(([, name = '']) => ({ page, name })),
      ),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ name }) => !exported.has(name) && name !== 'models')).toEqual([]);
  });

  it('every page is in the index, and every link leads to a page', () => {
    const index = read('README.md');
    const links = pages.flatMap((page) => [...read(page).matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, to = '']) => to));
    expect(pages.filter((page) => page !== 'README.md' && !index.includes(`(${page})`))).toEqual([]);
    expect(links.filter((to) => !pages.includes(to))).toEqual([]);
  });
});
