export * from './delivery.ts';
export * from './in-full.ts';
export * from './lines-by-order.ts';
export * from './median.ts';
export * from './order-amount.ts';
export * from './revenue.ts';
export * from './term.ts';
export * from './touches.ts';
