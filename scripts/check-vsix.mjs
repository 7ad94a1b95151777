import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { bundledPackages } from './lib/bundled-packages.mjs';
import { licencesFile, sbomFile } from './lib/notices.mjs';
import { root } from './lib/paths.mjs';
import { main, SetupError } from './lib/run.mjs';

/** Of which the encoder's runtime is about four. */
const maximumBytes = 6_000_000;
const needed =
  /^(package(\.nls(\.[\w-]+)?)?\.json|l10n\/bundle\.l10n\.[\w-]+\.json|README\.md|CHANGELOG\.md|LICENSE(\.\w+)?|(dist|media)\/.+)$/i;
const unneeded =
  /\.(map|ts|mts|tsbuildinfo)$|(^|\/)(test|tests|__tests__|node_modules)\/|\.(test|spec)\.\w+$/;

const encoderFiles = [
  'worker.js',
  'ort-wasm-simd-threaded.mjs',
  'ort-wasm-simd-threaded.wasm',
  'LICENSES.txt',
].map((name) => `dist/encoder/${name}`);

/** Weights are fetched when the user agrees; native code would make a VSIX for each platform. */
const neverPacked =
  /\.(onnx|onnx_data|safetensors|bin|gguf|node|so|dll|dylib)$|(^|\/)tokenizer(_config)?\.json$/i;

/**
 * Fails where the VSIX would hold a key of the environment that it was built in (CONDUIT_PLANTED_KEYS, with spaces
 * between), and where it would hold a file that doesn't run or
 * must not be in it, lacks one, or is too big.
 */
await main(async () => {
  const { listFiles } = await import('@vscode/vsce');
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const files = (await listFiles({ cwd: root, packageManager: 0 }))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  for (const file of files)
    console.log(`${String(statSync(path.join(root, file)).size).padStart(9)} ${file}`);
  const vsix = path.join(root, `${name}-${version}.vsix`);
  const bytes = statSync(vsix).size;
  console.log(`${path.basename(vsix)}: ${files.length} files, ${(bytes / 1e6).toFixed(2)} MB`);

  const strangers = files.filter((file) => !needed.test(file) || unneeded.test(file));
  if (strangers.length > 0) throw new SetupError(`Not needed at run time:\n  ${strangers.join('\n  ')}`);
  const forbidden = files.filter((file) => neverPacked.test(file));
  if (forbidden.length > 0) throw new SetupError(`Weights or native code:\n  ${forbidden.join('\n  ')}`);
  const planted = process.env.CONDUIT_PLANTED_KEYS?.split(' ') ?? [];
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'latin1');
    if (planted.some((key) => text.includes(key))) throw new SetupError(`A key got into ${file}.`);
  }
  console.log(`${planted.length} keys of the build's environment: in none of the files`);
  for (const file of [
    'package.json',
    'package.nls.json',
    'package.nls.de.json',
    'l10n/bundle.l10n.de.json',
    'README.md',
    'LICENSE',
    'dist/extension.js',
    'dist/ledger-worker.js',
    licencesFile,
    sbomFile,
    ...encoderFiles,
  ]) {
    if (!files.includes(file)) throw new SetupError(`The VSIX lacks ${file}.`);
  }
  const licences = readFileSync(path.join(root, licencesFile), 'utf8');
  const { components } = JSON.parse(readFileSync(path.join(root, sbomFile), 'utf8'));
  const packages = bundledPackages();
  for (const { name: each, version: its } of packages) {
    if (!licences.includes(`\n${each} ${its} (`)) throw new SetupError(`${licencesFile} lacks ${each}.`);
    if (!components.some((component) => component.name === each && component.version === its))
      throw new SetupError(`${sbomFile} lacks ${each}.`);
  }
  console.log(
    `${packages.length} bundled packages: each has its licence, and stands in the bill of materials`,
  );
  if (bytes > maximumBytes) throw new SetupError(`The VSIX is larger than ${maximumBytes / 1e6} MB.`);
});
