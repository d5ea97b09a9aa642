import { describe, expect, it } from 'vitest';
import { checksum, idSource, toId18 } from './ids.ts';

describe('record ids', () => {
  it('18 characters from 15: recorded ids of real orgs', () => {
    for (const id of [
      '0014S000007NxmlQAC',
      '0034S000005YJVlQAO',
      '00Q4S000002sSacUAE',
      '0054S000000JFmhQAG',
      '001Da00000xnAk6IAE',
      '0TO4S000000GuXcWAK',
    ]) {
      expect(id.slice(0, 15) + checksum(id.slice(0, 15))).toBe(id);
      expect(toId18(id.slice(0, 15))).toBe(id);
      expect(toId18(id)).toBe(id);
    }
    expect(toId18('nonsense')).toBeUndefined();
    expect(toId18('001!S000007Nxml')).toBeUndefined();
  });

  it('the same seed gives the same ids, in ascending order, apart by prefix', () => {
    const [one, two, other] = [idSource(4), idSource(4), idSource(5)];
    const ids = Array.from({ length: 200 }, () => one.next('001'));
    expect(ids).toEqual(Array.from({ length: 200 }, () => two.next('001')));
    expect([...ids].sort()).toEqual(ids);
    expect(one.next('003').startsWith('003')).toBe(true);
    expect(other.next('001')).not.toBe(ids[0]);
  });
});
