import { strFromU8, unzipSync } from 'fflate';
import { child, children, parseXml, textOf, type XmlNode } from './xml.ts';

/** One component of a package: a file, or a member of a file (a field inside its object's file). */
export interface Component {
  readonly type: 'CustomObject' | 'CustomField' | 'PermissionSet' | 'Other';
  readonly typeName: string;
  readonly fullName: string;
  readonly file: string;
  readonly xml: XmlNode;
}

/** What a deployment asks for, before anything is checked. */
export interface Package {
  readonly components: readonly Component[];
  /** Names to delete, by type, in the order of the files. */
  readonly deletions: readonly { readonly type: string; readonly fullName: string; readonly file: string }[];
  /** Files that could not be read. */
  readonly problems: readonly { readonly file: string; readonly problem: string; readonly line: number }[];
}

/** Reads a zip in metadata format (package.xml beside objects/, permissionsets/); throws when it is no such zip. */
export function readPackage(zip: Uint8Array): Package {
  const files = filesOf(zip);
  const components: Component[] = [];
  const deletions: Package['deletions'][number][] = [];
  const problems: Package['problems'][number][] = [];
  const manifest = files.get('package.xml');
  if (manifest === undefined) throw new Error('No package.xml found');
  for (const [file, text] of files) {
    if (!file.endsWith('.xml') && !isComponentFile(file)) continue;
    const parsed = parseXml(text);
    if ('problem' in parsed) problems.push({ file, ...parsed });
    else if (/^destructiveChanges(Pre|Post)?\.xml$/.test(file)) deletions.push(...deletionsOf(file, parsed.root));
    else if (isComponentFile(file)) components.push(...componentsOf(file, parsed.root));
  }
  return { components, deletions, problems: [...problems, ...missing(manifest, components)] };
}

/** Files by path below the package's own folder. */
function filesOf(zip: Uint8Array): Map<string, string> {
  const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
  const manifest = entries.map(([path]) => path).find((path) => /(^|\/)package\.xml$/.test(path)) ?? 'package.xml';
  const folder = manifest.slice(0, -'package.xml'.length);
  return new Map(
    entries
      .filter(([path]) => path.startsWith(folder))
      .map(([path, bytes]) => [path.slice(folder.length), strFromU8(bytes)]),
  );
}

const suffixes: Readonly<Record<string, string>> = {
  object: 'CustomObject',
  permissionset: 'PermissionSet',
  tab: 'CustomTab',
  labels: 'CustomLabels',
  report: 'Report',
  reportType: 'ReportType',
  app: 'CustomApplication',
  globalValueSet: 'GlobalValueSet',
};

const isComponentFile = (file: string): boolean => suffixes[file.split('.').at(-1) ?? ''] !== undefined;

function componentsOf(file: string, root: XmlNode): readonly Component[] {
  const typeName = suffixes[file.split('.').at(-1) ?? ''] as string;
  const fullName = (file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '');
  const xml = child(root, typeName) ?? '';
  if (typeName === 'PermissionSet') return [{ type: 'PermissionSet', typeName, fullName, file, xml }];
  if (typeName !== 'CustomObject') return [{ type: 'Other', typeName, fullName, file, xml }];
  const fields = children(xml, 'fields').map(
    (field): Component => ({
      type: 'CustomField',
      typeName: 'CustomField',
      fullName: `${fullName}.${textOf(field, 'fullName') ?? ''}`,
      file,
      xml: field,
    }),
  );
  // A custom object's file makes the object; a standard object's file only carries its fields.
  const isNew = /__c$/.test(fullName) && textOf(xml, 'label') !== undefined;
  return [...(isNew ? [{ type: 'CustomObject', typeName, fullName, file, xml } as const] : []), ...fields];
}

function deletionsOf(file: string, root: XmlNode): Package['deletions'] {
  return children(child(root, 'Package'), 'types').flatMap((types) =>
    children(types, 'members').map((member) => ({
      type: textOf(types, 'name') ?? '',
      fullName: String(member).trim(),
      file,
    })),
  );
}

/** Members that package.xml names but no file holds. */
function missing(manifest: string, components: readonly Component[]): Package['problems'] {
  const parsed = parseXml(manifest);
  if ('problem' in parsed) return [];
  const held = new Set(components.map((component) => `${component.typeName}:${component.fullName}`));
  return children(child(parsed.root, 'Package'), 'types').flatMap((types) => {
    const name = textOf(types, 'name') ?? '';
    return children(types, 'members')
      .map((member) => String(member).trim())
      .filter(
        (member) => member !== '*' && ['CustomField', 'PermissionSet'].includes(name) && !held.has(`${name}:${member}`),
      )
      .map((member) => ({
        file: 'package.xml',
        problem: `An object '${member}' of type ${name} was named in package.xml, but was not found in zipped directory`,
        line: 1,
      }));
  });
}
