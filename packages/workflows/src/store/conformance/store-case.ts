import type { LeaseHolder, Store } from '../store.ts';

/** One demand on a store; `run` gets a fresh store with the lease held, and a way to open the same store again. */
export interface StoreCase {
  readonly title: string;
  /** Needs `slices` or what belongs to them, which a store for simulations may leave out. */
  readonly slices?: true;
  readonly run: (store: Store, reopen: () => Promise<Store>) => Promise<void>;
}

/** Who holds the lease in the suite. */
export const HOLDER: LeaseHolder = { pid: 1, host: 'here', startedAt: 0, purpose: 'test' };

/** Takes the lease as the conformance suite expects it to be held. */
export function acquireForConformance(store: Store): Promise<void> {
  return store.acquire(HOLDER);
}
