import { expect, test } from 'vitest';
import { START, testPortal } from './sandbox-portal.ts';

// search shows live records alone, so nothing else tells what went into a survivor that was deleted afterwards
test('T22 a merge whose survivor was deleted since: the merged records are told as gone, with the survivor', async () => {
  const portal = testPortal();
  const [one = '', two = ''] = ['One', 'Two'].map((name) => portal.emulator.create('companies', { name }));
  const adapter = await portal.connect();
  portal.clock.advance(60_000);
  const survivor = portal.emulator.merge('companies', one, two);
  portal.emulator.archive('companies', survivor);
  const page = await adapter.read('account', { kind: 'deleted', since: START, cursor: null });
  const told = new Map(page.gone.map(({ id, mergedInto }) => [id, mergedInto]));
  expect(told).toEqual(
    new Map([
      [`company:${one}`, `company:${survivor}`],
      [`company:${two}`, `company:${survivor}`],
      [`company:${survivor}`, null],
    ]),
  );
  await adapter.close();
  portal.close();
});
