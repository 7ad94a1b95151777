import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** Where each build writes which packages it took in: one file a bundle. */
const bundledFolder = path.join(root, '.cache', 'bundled');

/**
 * A webpack plugin that writes down the packages whose modules a bundle has, and `others`, folders of packages that are in
 * it in another way: copied beside it, or already bundled into one that it has.
 * @param {string} bundle
 * @param {readonly string[]} others
 */
export function noteBundledPackages(bundle, others = []) {
  return {
    apply: (compiler) =>
      compiler.hooks.done.tap('bundled-packages', ({ compilation }) => {
        if (compilation.errors.length > 0) return;
        const folders = new Set(others);
        // What only runs while it is built, as css-loader does for a style sheet, is in no chunk.
        const shipped = [...compilation.modules].filter(
          (module) => compilation.chunkGraph.getNumberOfModuleChunks(module) > 0,
        );
        for (const module of withInner(shipped)) {
          const folder = packageFolderOf(module.resource ?? module.nameForCondition?.() ?? '');
          if (folder !== undefined) folders.add(folder);
        }
        mkdirSync(bundledFolder, { recursive: true });
        const names = [...folders].map((folder) => path.relative(root, folder).replaceAll('\\', '/')).sort();
        writeFileSync(path.join(bundledFolder, `${bundle}.json`), `${JSON.stringify(names, undefined, 2)}\n`);
      }),
  };
}

/** Modules that are joined into one still have their own files. */
function* withInner(modules) {
  for (const module of modules) {
    yield module;
    if (module.modules !== undefined) yield* withInner(module.modules);
  }
}

/** The folder of the package that a file is of; undefined for our own. */
export function packageFolderOf(file) {
  // What a loader made says through which loaders the file went.
  const [clean = ''] = (file.split('!').at(-1) ?? '').split('?');
  const end = clean.lastIndexOf(`${path.sep}node_modules${path.sep}`);
  if (end < 0) return undefined;
  const start = end + '/node_modules/'.length;
  const [first = '', second = ''] = clean.slice(start).split(path.sep);
  return clean.slice(0, start) + (first.startsWith('@') ? path.join(first, second) : first);
}

/** The packages of all bundles of the last build, each once, by name. */
export function bundledPackages() {
  if (!existsSync(bundledFolder)) throw new Error('Nothing was built yet: "npm run build" comes first.');
  const folders = readdirSync(bundledFolder).flatMap((file) =>
    JSON.parse(readFileSync(path.join(bundledFolder, file), 'utf8')),
  );
  return [...new Set(folders)].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const { name, version, license, homepage, author } = manifest;
    return { folder, name, version, license, homepage, author };
  });
}

/**
 * What is wrong with how package.json lists what is bundled: each of it must be among `dependencies`, or be needed by one of
 * them, so that an audit that leaves out development sees it; and what is among them must be bundled.
 * @param {readonly { folder: string, name: string }[]} bundled
 * @param {{ dependencies?: Record<string, string> }} manifest
 * @param {{ packages: Record<string, { dev?: boolean }> }} lock
 */
export function listingProblems(bundled, manifest, lock) {
  const names = new Set(bundled.map(({ name }) => name));
  return [
    ...bundled.flatMap(({ folder, name }) => {
      const locked = lock.packages[folder];
      if (locked === undefined) return [`${name} is bundled and is not in package-lock.json at ${folder}.`];
      return locked.dev === true
        ? [`${name} is bundled, and only devDependencies need it: no audit of what is shipped sees it.`]
        : [];
    }),
    ...Object.keys(manifest.dependencies ?? {})
      .filter((name) => !names.has(name))
      .map((name) => `${name} is among the dependencies, and nothing of it is bundled.`),
  ];
}
