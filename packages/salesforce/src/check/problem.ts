import type { Problem } from '@holdfast/core';

/** Something that must be mended before a run. */
export const error = (code: string, message: string): Problem => ({ severity: 'error', code, message });

/** Something that a person should know. */
export const warning = (code: string, message: string): Problem => ({ severity: 'warning', code, message });
