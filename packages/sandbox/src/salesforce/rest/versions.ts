import type { Org, Reply } from '../org.ts';

const seasons = ['Winter', 'Spring', 'Summer'] as const;

/** Release name of an API version: 66 is Spring '26, three releases a year. */
function releaseName(version: number): string {
  const sinceSpring26 = version - 66;
  const season = seasons[(((sinceSpring26 + 1) % 3) + 3) % 3] as string;
  const year = 26 + Math.floor((sinceSpring26 + 1) / 3);
  return `${season} '${String(year).padStart(2, '0')}`;
}

/** Every version from v31 to the org's newest, as `/services/data` lists them. */
export function versions(org: Org): Reply {
  const body = [];
  for (let version = 31; version <= org.apiVersion; version++) {
    body.push({ label: releaseName(version), url: `/services/data/v${version}.0`, version: `${version}.0` });
  }
  return { status: 200, body };
}
