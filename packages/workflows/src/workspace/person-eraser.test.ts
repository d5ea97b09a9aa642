import { describe, expect, it } from 'vitest';
import { personEraser } from './person-eraser.ts';

const erase = personEraser({
  ids: ['contact:55'],
  names: ['Zoë "Zed" O’Quux'],
  emails: ['zoe.quux+crm@mail.example.com'],
  phones: ['+49 30 765 43 21'],
});
const name = 'Zoë "Zed" O’Quux';

describe('a person is found in a text', () => {
  it.each([
    ['plain', name],
    ['upper case', name.toUpperCase()],
    ['without marks', name.normalize('NFD').replace(/\p{M}/gu, '')],
    ['with marks apart', name.normalize('NFD')],
    ['the last name first', 'O’Quux, Zoë "Zed"'],
    ['as JSON', JSON.stringify(name).slice(1, -1)],
    ['as JSON within JSON', JSON.stringify(JSON.stringify(name).slice(1, -1)).slice(1, -1)],
    ['as HTML', 'Zoë &quot;Zed&quot; O’Quux'],
    ['as CSV', 'Zoë ""Zed"" O’Quux'],
    ['in an address line', encodeURIComponent(name)],
    ['an address', 'zoe.quux+crm@mail.example.com'],
    ['an address in capitals', 'ZOE.QUUX@MAIL.EXAMPLE.COM'],
    ['an address with another tag', 'zoe.quux+x1@mail.example.com'],
    ['an address in an address line', 'zoe.quux%40mail.example.com'],
    ['the mailbox alone', 'Zoe.Quux'],
    ['a number', '+49 30 765 43 21'],
    ['a number from within', '(030) 765-4321'],
    ['a number without blanks', '0049307654321'],
    ['an id', 'contact:55'],
  ])('%s', (_title, written) => {
    expect(erase(`a ${written}, b`)).toBe('a [forgotten], b');
    expect(erase(JSON.stringify({ a: `see:\n${written}` }))).not.toMatch(/quux|4321|contact:55/i);
  });

  it.each([
    'contact:555, xcontact:55 and 1contact:55',
    'zoe.quux@mail.example.community, zoe.quux@mail.example.com.au-is-cut only whole',
    'azoe.quuxx and bzoe.quux',
    'Zoë "Zed" O’Quuxson',
    'an amount of 7654321, an instant 1765432176543, a number +49 40 765 43 22',
    '{"email":"x","name":"y","phone":1}',
  ])('nobody else is: %s', (text) => {
    expect(erase(text)).toBe(
      text.replace('zoe.quux@mail.example.community, zoe.quux@', '[forgotten]@mail.example.community, [forgotten]@'),
    );
  });

  it('one plain word is found as it is written and in capitals, and is no name of a field', () => {
    const of = personEraser({ ids: [], names: ['Will'], emails: ['will@example.com'], phones: [] });
    expect(of('Will will; WILL: {"Will":1}')).toBe('[forgotten] will; [forgotten]: {"Will":1}');
    expect(of('mail Will@example.com, swill@example.com or joe.will@example.com')).toBe(
      'mail [forgotten], swill@example.com or joe.will@example.com',
    );
  });

  it('without anything to look for nothing is', () => {
    const of = personEraser({ ids: [], names: [' '], emails: ['none'], phones: ['12'] });
    expect(of('a none 12')).toBe('a none 12');
  });
});
