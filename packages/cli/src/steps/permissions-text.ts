import type { Permission } from '@holdfast/core';

const PURPOSES = {
  read: 'Every day, to read',
  write: 'Every day, to write scores',
  install: 'Only to install; take it away again afterwards',
} as const;

/** The permissions or scopes that a CRM asks for, by purpose, as its adapter derives them from the maps. */
export function permissionsText(permissions: readonly Permission[]): string {
  const lines = Object.entries(PURPOSES).map(([purpose, title]) => {
    const names = permissions.filter((permission) => permission.purpose === purpose).map(({ name }) => name);
    return `  ${title}: ${names.join(', ')}`;
  });
  return ['Permissions:', ...lines].join('\n');
}
