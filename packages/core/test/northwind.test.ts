import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countDelivery } from '../src/metrics/delivery.ts';

const path = new URL('../../../../shared/data/books/northwind/northwind.sql', import.meta.url);

/** Ordered, required and shipped day of every order, read from the file's own INSERT lines. */
function northwindOrders() {
  const rows = readFileSync(path, 'utf8').matchAll(
    /^INSERT INTO orders VALUES \(\d+, '(\w+)', \d+, '([\d-]+)', '([\d-]+)', (?:'([\d-]+)'|NULL),/gm,
  );
  return [...rows].map(([, customer, orderedOn, promisedOn = null, shippedOn = null]) => ({
    customer,
    orderedOn,
    promisedOn,
    shippedOn,
  }));
}

describe.skipIf(!existsSync(path))(
  'Northwind as of 1998-05-06 (skipped where the shared data folder is absent)',
  () => {
    it('gives 772 in time, 37 late and 21 not shipped, none overdue, one due that very day', () => {
      const orders = northwindOrders();
      expect(new Set(orders.map((it) => it.customer)).size).toBe(89);
      expect(countDelivery(orders, '1998-05-06')).toEqual({
        orders: 830,
        inTime: 772,
        late: 37,
        notShipped: 21,
        overdue: 0,
        dueToday: 1,
        onTimeShare: 772 / 809,
      });
    });
  },
);
