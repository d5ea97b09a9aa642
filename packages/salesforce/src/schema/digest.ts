import { createHash } from 'node:crypto';
import type { Grants } from './permission-sets.ts';

/** A short fingerprint of what a permission set grants. */
export function digestOf(grants: Grants): string {
  const lines = [...grants].map(([subject, grant]) => `${subject}: ${grant}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 10);
}

/** What was asked for and what Salesforce made of it when it was last deployed: it may add what one grant implies. */
export interface Deployed {
  readonly wanted: string;
  readonly made: string;
}

/** Kept at the end of the set's description, so that an admin's later edit can be told from our own content. */
export function signed(description: string, { wanted, made }: Deployed): string {
  return `${description} [${wanted}/${made}]`;
}

export function readSignature(description: string): Deployed | null {
  const found = /\[([0-9a-f]{10})\/([0-9a-f]{10})\]$/.exec(description);
  return found?.[1] && found[2] ? { wanted: found[1], made: found[2] } : null;
}

/** What differs, a line each, at most ten. */
export function differences(actual: Grants, wanted: Grants): readonly string[] {
  const subjects = [...new Set([...actual.keys(), ...wanted.keys()])].sort();
  const lines = subjects.flatMap((subject) => {
    const [has, needs] = [actual.get(subject) ?? 'nothing', wanted.get(subject) ?? 'nothing'];
    return has === needs ? [] : [`${subject}: has ${has}, ours is ${needs}`];
  });
  return lines.length > 10 ? [...lines.slice(0, 10), `and ${lines.length - 10} more`] : lines;
}
