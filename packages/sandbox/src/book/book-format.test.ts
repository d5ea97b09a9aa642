import { expect, test } from 'vitest';
import { describeBookFormat } from './book-format.ts';

test('docs/book-format.md is what the declaration of the columns says; `vitest -u` writes it anew', async () => {
  await expect(describeBookFormat()).toMatchFileSnapshot('../../../../docs/book-format.md');
});
