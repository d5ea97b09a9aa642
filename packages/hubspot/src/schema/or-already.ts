import { CrmError } from '@holdfast/core';

/** `null` when HubSpot says that it is so already. */
export async function orAlready<T>(code: 'conflict' | 'not-found', act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CrmError && error.code === code) return null;
    throw error;
  }
}
