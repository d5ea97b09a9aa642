import { expect } from './expect.ts';

/**
 * Throws when a secret stands anywhere in what was told, causes included, or when a field value stands in a message:
 * of an error, a reject's issue, a result's reason or a logged event.
 */
export function expectNoLeak(told: unknown, secrets: readonly string[], value: string): void {
  const everything = texts(told, true).join('\n');
  for (const secret of secrets)
    expect(!everything.includes(secret), 'A token stands in an error, a result or an event.');
  expect(!texts(told, false).join('\n').includes(value), 'A field value stands in a message or an event.');
}

/** Every text in a tree of data and errors; with `deep` also stacks, causes and whatever else hangs on an error. */
function texts(root: unknown, deep: boolean): readonly string[] {
  const seen = new Set<unknown>();
  const found: string[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (typeof node === 'string') found.push(node);
    if (typeof node !== 'object' || node === null || seen.has(node) || depth > 12) return;
    seen.add(node);
    if (node instanceof Error && !deep) found.push(node.message);
    else for (const part of partsOf(node)) visit(part, depth + 1);
  };
  visit(root, 0);
  return found;
}

function partsOf(node: object): readonly unknown[] {
  if (ArrayBuffer.isView(node)) return [];
  if (node instanceof Map) return [...node.entries()].flat();
  return Object.getOwnPropertyNames(node).flatMap((name) => {
    const property = Object.getOwnPropertyDescriptor(node, name);
    return property && 'value' in property ? [name, property.value] : [];
  });
}
