/** `null` when this Node can run Holdfast; otherwise one sentence with the next step. */
export function nodeTooOld(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 20)) return null;
  return `holdfast needs Node 22.20 or newer and this is ${version}: install a current Node, or run \`npx -p node@24 -p holdfast holdfast\`.`;
}
