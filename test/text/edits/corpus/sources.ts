import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** A real file of this machine, read where it is. */
export interface Source {
  readonly languageId: CorpusLanguage;
  readonly fileName: string;
  readonly text: string;
}

export type CorpusLanguage = 'python' | 'typescript' | 'go' | 'java' | 'shellscript' | 'yaml' | 'css';

const root = path.join(import.meta.dirname, '../../../..');
/** Longer files take their time to be parsed again for each edit. */
const longest = 16_000;

/** Of packages, whose files stay the same until another version of them is installed. */
const inModules: Readonly<Record<Exclude<CorpusLanguage, 'python'>, string>> = {
  typescript: 'node_modules/{zod/src/v4,openai/src,@anthropic-ai/sdk/src}/**/*.ts',
  go: 'node_modules/flatted/golang/**/*.go',
  java: 'node_modules/cordova-plugin-file/src/android/*.java',
  shellscript: 'node_modules/*/{,bin/,scripts/}*.sh',
  yaml: '{node_modules/*/{,.}*.yml,test/fixtures/config/**/*.yaml}',
  css: 'node_modules/{highlight.js,uplot,@vscode}/**/*.css',
};

/** Files of each language: those of npm's packages, a few of this repository's, and Python's own library. */
export function sources(): readonly Source[] {
  const library = execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], {
    encoding: 'utf8',
  }).trim();
  return [
    ...read('python', library, '{*,json/*,email/*,http/*,logging/*,unittest/*}.py'),
    ...(['typescript', 'go', 'java', 'shellscript', 'yaml', 'css'] as const).flatMap((languageId) =>
      read(languageId, root, inModules[languageId]),
    ),
  ];
}

function read(languageId: CorpusLanguage, folder: string, pattern: string): readonly Source[] {
  return globSync(pattern, { cwd: folder })
    .toSorted()
    .flatMap((name): readonly Source[] => {
      const file = path.join(folder, name);
      const { size } = statSync(file);
      if (size > longest || size < 300) return [];
      const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
      const hasText =
        !text.includes('\ufffd') &&
        !text.includes('\r') &&
        text.split('\n').every((line) => line.length < 400);
      return hasText ? [{ languageId, fileName: path.basename(name), text }] : [];
    });
}
