/** The import table of docs/design.md: a row names a folder and everything that it may import. */

/** A library, wherever npm put it, or its type declarations, or its bare name where it isn't installed. */
const library = (name) => `^(\\.\\./)*(node_modules/)?(@types/)?${name.replaceAll('.', '\\.')}(/|$)`;
const vscode = library('vscode');
const zod = library('zod');
const l10n = library('@vscode/l10n');
const node = '^node:';

/** The rooms of the core, from the top: each stands on those below it. */
export const stair = [
  'replay',
  'answering',
  'stats',
  'routing',
  'learning',
  'bandit',
  'features',
  'reward',
  'terms',
];

/** The mathematics, the description and the evidence don't know each other. */
export const aside = ['bandit', 'features', 'reward'];

const room = (name) => `^src/core/${name}/`;
const coreRows = stair.map((name, step) => ({
  folder: `core/${name}`,
  may: [name, ...(aside.includes(name) ? ['terms'] : stair.slice(step + 1))].map(room),
}));

/** A folder whose files may use the core, the vendors, files, each other, Node, and libraries of their own. */
const adapter = (folder, ...libraries) => ({
  folder,
  may: ['^src/core/', '^src/vendors/', '^src/files/', `^src/${folder}/`, ...libraries.map(library)],
  node: true,
});

/** Of these the editor may name types: each type stands with the code that makes it. */
const adapters = [
  adapter('providers', '@vscode/l10n', 'openai', '@anthropic-ai/sdk', 'cockatiel', 'zod'),
  adapter('config', '@vscode/l10n', 'yaml', 'zod'),
  adapter('embedding', '@huggingface/transformers', 'onnxruntime-web'),
  adapter('ledger', '@vscode/l10n', 'pg', 'zod'),
  adapter('cache', 'lru-cache', '@redis/client', 'cockatiel'),
  adapter('judge', 'zod'),
];
const anyAdapter = `^src/(${adapters.map(({ folder }) => folder).join('|')})/`;

export const rows = [
  ...coreRows,
  { folder: 'vendors', may: [room('terms'), '^src/vendors/', l10n, library('@pydantic/genai-prices')] },
  // How files are written: whoever keeps some needs it, and it needs nobody.
  { folder: 'files', may: ['^src/files/'], node: true },
  {
    folder: 'text',
    may: [room('terms'), '^src/text/', l10n, library('markdown-it'), library('marked')],
    node: true,
  },
  // Thoughts within a text are told apart in one way, whether it streams in or is there; and keys are hidden in one way.
  ...adapters.map((row) =>
    row.folder === 'providers' ? { ...row, may: [...row.may, '^src/text/(thoughts|redaction)/'] } : row,
  ),
  {
    folder: 'editor',
    may: [
      ...['core', 'vendors', 'files', 'text', 'editor', 'webview/protocol'].map(
        (folder) => `^src/${folder}/`,
      ),
      ...[anyAdapter, vscode, l10n, zod],
    ],
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
        'markdown-it-cjk-friendly',
        'temml',
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
      name: 'core-door',
      comment:
        'Beside its rooms the core has its door, which knows all of them and which none of them knows.',
      severity: 'error',
      from: { path: '^src/core/[^/]+$' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'core-one-door',
      comment:
        'A file beside the rooms of the core that is not its door, or a room that the stair doesn’t have.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: [`^src/core/(${stair.join('|')})/`, '^src/core/conduit\\.ts$'] },
      to: {},
    },
    {
      name: 'editor-adapter-types-only',
      comment: 'The editor may name types of the adapters; their code is wired in compose/.',
      severity: 'error',
      from: { path: '^src/editor/' },
      to: { path: anyAdapter, dependencyTypesNot: ['type-only'] },
    },
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
      from: { path: '^src/', pathNot: [`^src/(${folders}|core)/`, '^src/extension\\.ts$', '^src/compose/'] },
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
