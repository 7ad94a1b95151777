/** The import table of docs/design.md: a row names a folder and everything that it may import. */

/** A library, wherever npm put it, or its type declarations, or its bare name where it isn't installed. */
const library = (name) => `^(\\.\\./)*(node_modules/)?(@types/)?${name.replaceAll('.', '\\.')}(/|$)`;
const vscode = library('vscode');
const zod = library('zod');
const l10n = library('@vscode/l10n');
const node = '^node:';

/** A folder whose files may use the core, each other, Node, and libraries of their own. */
const adapter = (folder, ...libraries) => ({
  folder,
  may: ['^src/core/', `^src/${folder}/`, ...libraries.map(library)],
  node: true,
});

export const rows = [
  { folder: 'core', may: ['^src/core/'] },
  adapter(
    'providers',
    '@vscode/l10n',
    'openai',
    '@anthropic-ai/sdk',
    '@pydantic/genai-prices',
    'cockatiel',
    'zod',
  ),
  adapter('config', '@vscode/l10n', 'yaml', 'zod'),
  adapter('embedding', '@huggingface/transformers', 'onnxruntime-web'),
  adapter('ledger', '@vscode/l10n', 'pg', 'zod'),
  adapter('cache', 'lru-cache', '@redis/client', 'cockatiel'),
  adapter('judge'),
  {
    folder: 'editor',
    may: ['^src/core/', '^src/editor/', '^src/webview/(protocol|reason-names)\\.ts$', vscode, l10n, zod],
    node: true,
  },
  {
    folder: 'webview',
    may: [
      '^src/core/',
      '^src/webview/',
      l10n,
      zod,
      ...[
        '@vscode-elements/elements',
        '@vscode/codicons',
        'dompurify',
        'highlight.js',
        'markdown-it',
        'uplot',
      ].map(library),
    ],
  },
];

const folders = rows.map(({ folder }) => folder).join('|');

export default {
  forbidden: [
    ...rows.map(({ folder, may, node: mayUseNode = false }) => ({
      name: folder,
      comment: `${folder} imports something that its row of the table doesn't name.`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { pathNot: mayUseNode ? [...may, node] : may, ...(mayUseNode && { dependencyTypesNot: ['core'] }) },
    })),
    {
      name: 'webview-core-types-only',
      comment: 'A webview may name types of the core; its code stays in the extension host.',
      severity: 'error',
      from: { path: '^src/webview/' },
      to: { path: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-row',
      comment: 'A folder that the table has no row for.',
      severity: 'error',
      from: { path: '^src/', pathNot: [`^src/(${folders})/`, '^src/extension\\.ts$', '^src/compose/'] },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // A type-only import counts.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
