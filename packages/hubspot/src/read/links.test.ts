import { expect, test } from 'vitest';
import { inlineLinks, oneEnd } from './links.ts';

test('T16 a target that is linked by two types stands once, with both', () => {
  const associations = {
    companies: {
      results: [
        { id: '151', type: 'deal_to_company' },
        { id: '151', type: 'deal_to_company_unlabeled' },
      ],
    },
  };
  const { ends, paged } = inlineLinks(associations, ['company', 'contact']);
  expect([...ends]).toEqual([
    ['company', [{ id: '151', types: ['deal_to_company', 'deal_to_company_unlabeled'], labels: [] }]],
  ]);
  expect(paged).toEqual([]);
});

test('a list of links that is cut off is named, under the name with a blank too', () => {
  const associations = { 'line items': { results: [{ id: '1', type: 'x' }], paging: { next: { after: '2' } } } };
  expect(inlineLinks(associations, ['line_item']).paged).toEqual(['line_item']);
});

test('T20 the primary company decides, else the first', () => {
  const end = (id: string, ...types: (number | string)[]) => ({ id, types, labels: [] });
  expect(oneEnd('deal', 'company', [end('1', 341), end('2', 341, 5)])).toBe('company:2');
  expect(oneEnd('deal', 'company', [end('1', 'deal_to_company_unlabeled'), end('2', 'deal_to_company')])).toBe(
    'company:2',
  );
  expect(oneEnd('note', 'company', [end('7', 190), end('8', 190)])).toBe('company:7');
  expect(oneEnd('deal', 'company', [])).toBeNull();
});
