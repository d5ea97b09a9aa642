import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** What a web page carries that imports only this from core. */
async function bundleOf(names: string) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `export { ${names} } from './index.ts';`,
      resolveDir: new URL('../src', import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['holdfast-source'],
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return { brotli: brotliCompressSync(code).length, files: Object.keys(metafile.inputs) };
}

describe('{ scoreAccount } bundled alone', () => {
  it('is at most 15 kB brotli and free of zod', async () => {
    const { brotli, files } = await bundleOf('scoreAccount');
    console.log(`{ scoreAccount }: ${(brotli / 1000).toFixed(1)} kB brotli`);
    expect(files.filter((file) => file.includes('zod'))).toEqual([]);
    expect(files.some((file) => file.endsWith('score-account.ts'))).toBe(true);
    expect(brotli).toBeLessThanOrEqual(15_000);
  });
});
