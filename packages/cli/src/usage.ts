/** Commander's own words for a wrong command line, as one sentence with the next step. */
export function describeUsage(message: string): string {
  const [first = '', hint] = message
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const guess = hint?.match(/Did you mean (?:one of )?(.+)\?\)/)?.[1];
  const sentence = first.replace(/\.$/, '');
  const said = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
  return `${said}${guess ? ` (did you mean ${guess}?)` : ''}: run \`holdfast --help\` to see the commands, or \`holdfast COMMAND --help\` for one of them.`;
}
