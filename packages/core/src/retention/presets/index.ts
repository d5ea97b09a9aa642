import { GITLAB_PRESET } from './gitlab-preset.ts';
import { MATTERMOST_PRESET } from './mattermost-preset.ts';
import { POSTHOG_PRESET } from './posthog-preset.ts';
import type { HealthPreset } from './preset.ts';

export { GITLAB_PRESET } from './gitlab-preset.ts';
export * from './grade-preset.ts';
export { MATTERMOST_PRESET } from './mattermost-preset.ts';
export { POSTHOG_PRESET } from './posthog-preset.ts';
export type * from './preset.ts';
export * from './preset-card.ts';

/** Every preset that is shipped. */
export const PRESETS: readonly HealthPreset[] = [GITLAB_PRESET, POSTHOG_PRESET, MATTERMOST_PRESET];
