import { watch } from 'node:fs';
import path from 'node:path';
import webpack from 'webpack';
import configurations from '../../webpack.config.mjs';
import { beginLine, buildErrorLines, endLine } from './build-lines.mjs';
import { root } from './paths.mjs';

/** What the editor reads beside the bundles, when it loads the extension. */
const alsoRead = /^(package(\.nls(\.[\w-]+)?)?\.json|bundle\.l10n\.[\w-]+\.json)$/;

/** Waits so long for the other files that an editor, or git, writes at the same time. */
const settledMs = 50;

/**
 * The development build, with source maps, again after each change. Prints when it begins, what is wrong, and when
 * it is over.
 * @param {() => void} [onBuilt] called whenever everything is built and the editor may load it
 */
export function watchBuild(onBuilt = () => undefined) {
  const compiler = webpack(configurations({}, { mode: 'development' }));
  /** By bundle: a round tells only of those that it built. */
  const errors = new Map();
  let beganMs;

  const begin = () => {
    if (beganMs !== undefined) return;
    beganMs = Date.now();
    console.log(beginLine);
  };
  const end = () => {
    const found = [...errors.values()].flat();
    for (const line of found) console.log(line);
    console.log(endLine(found.length, (Date.now() - (beganMs ?? Date.now())) / 1_000));
    beganMs = undefined;
    if (found.length === 0) onBuilt();
  };

  compiler.hooks.watchRun.tap('watch-build', begin);
  const ignored = ['node_modules', 'dist', '.cache', '.git'].map((folder) => `**/${folder}/**`);
  const watching = compiler.watch({ aggregateTimeout: settledMs, ignored }, (error, result) => {
    if (error) errors.set('webpack', [`error: ${error.message}`]);
    else errors.delete('webpack');
    for (const { compilation } of result?.stats ?? []) {
      const { errors: found } = compilation.getStats().toJson({ all: false, errors: true });
      errors.set(compilation.name, buildErrorLines(found));
    }
    end();
  });

  let settling;
  const others = ['.', 'l10n'].map((folder) =>
    watch(path.join(root, folder), (_event, name) => {
      if (name === null || !alsoRead.test(name)) return;
      clearTimeout(settling);
      settling = setTimeout(() => {
        if (beganMs !== undefined) return;
        begin();
        end();
      }, settledMs);
    }),
  );

  return {
    /** Builds once more, as after a change. */
    rebuild: () => watching.invalidate(),
    close: async () => {
      clearTimeout(settling);
      for (const other of others) other.close();
      await new Promise((resolve) => watching.close(resolve));
    },
  };
}
