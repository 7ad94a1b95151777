import { readdirSync } from 'node:fs';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import configuration from '../../.dependency-cruiser.mjs';
import { root } from './paths.mjs';

/**
 * Checks the import table on `<folder>/src` (and `<folder>/bench`). Throws where it didn't read every file: a
 * cruise that can't parse TypeScript reads none and finds nothing wrong.
 * @param {string} folder absolute
 */
export async function checkLayers(folder) {
  const roots = ['src', 'bench'].filter((name) => readdirSync(folder).includes(name));
  const { output } = await cruise(
    roots,
    {
      ...configuration.options,
      baseDir: folder,
      ruleSet: { forbidden: configuration.forbidden },
      validate: true,
    },
    configuration.options.enhancedResolveOptions,
    { tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')) },
  );
  const own = output.modules.filter(({ source }) => /^(src|bench)\//.test(source) && /\.m?ts$/.test(source));
  const files = roots.flatMap((name) =>
    readdirSync(path.join(folder, name), { recursive: true }).filter((file) => /\.m?ts$/.test(file)),
  );
  if (own.length === 0 || own.length < files.length) {
    throw new Error(`The import table was checked on ${own.length} modules of ${files.length} files.`);
  }
  const imports = own.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved, dependencyTypes }) => ({
      from: source,
      to: resolved,
      typeOnly: dependencyTypes.includes('type-only'),
    })),
  );
  return {
    files: own.map(({ source }) => source),
    imports,
    modules: own.length,
    dependencies: imports.length,
    violations: output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
