import type { RouteRequest } from '../terms/request';
import type { TaskKind } from '../terms/task';
import { agentKindOf } from './agent-kind';
import { familyOf, taskKindOf } from './task-kind';
import { shapeOf } from './text-shape';

/** Languages of texts for people, and the ends of their files' names. Every other one is taken for code. */
const proseLanguages = new Set([
  'plaintext',
  'text',
  'txt',
  'markdown',
  'md',
  'quarto',
  'mdx',
  'latex',
  'tex',
  'bibtex',
  'restructuredtext',
  'rst',
  'asciidoc',
  'org',
  'typst',
]);
/** Languages that set something up and compute nothing. */
const configurationLanguages = new Set([
  'json',
  'jsonc',
  'yaml',
  'yml',
  'toml',
  'ini',
  'properties',
  'dotenv',
  'dockerfile',
  'dockercompose',
  'makefile',
  'terraform',
  'nginx',
  'ignore',
  'github-actions-workflow',
]);

/**
 * What a request asks for as far as the surface knows: by the command that was given, by the step of an agent, else by
 * the user's own words and the language of what goes with them. Undefined: the text must tell.
 */
export function knownKindOf(request: RouteRequest): TaskKind | undefined {
  const { kind, words, language } = request.known ?? {};
  return kind ?? agentKindOf(request) ?? (words === undefined ? undefined : kindOfWords(words, language));
}

function kindOfWords(words: string, language: string | undefined): TaskKind {
  const shape = shapeOf(words);
  if (language === undefined || proseLanguages.has(language)) return taskKindOf(shape);
  const kind = taskKindOf({ ...shape, code: true });
  if (familyOf(kind) === 'code') return kind;
  if (shape.endsWithQuestionMark) return 'explain-code';
  return configurationLanguages.has(language) ? 'command-or-configuration' : 'write-code';
}
