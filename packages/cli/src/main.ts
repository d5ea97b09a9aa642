#!/usr/bin/env node
/** Entry of the `holdfast` command. Nothing is imported before the Node version is known to suffice. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 20)) {
  process.stderr.write(
    `holdfast needs Node 22.20 or newer and this is ${process.versions.node}: install a current Node, or run it with \`npx -p node@24 -p holdfast holdfast\`.\n`,
  );
  process.exitCode = 2;
} else {
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}
