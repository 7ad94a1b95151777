import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './lib/paths.mjs';
import { main, outputOf, run } from './lib/run.mjs';

/** Packages that keep lists of models by what they do, as types: each with the version that was read. */
const sources = {
  '@ai-sdk/alibaba': '1.0.61',
  '@ai-sdk/amazon-bedrock': '4.0.186',
  '@ai-sdk/black-forest-labs': '1.0.33',
  '@ai-sdk/cohere': '3.0.63',
  '@ai-sdk/deepinfra': '2.0.84',
  '@ai-sdk/elevenlabs': '2.0.58',
  '@ai-sdk/fireworks': '2.0.90',
  '@ai-sdk/gateway': '3.0.232',
  '@ai-sdk/google': '3.0.141',
  '@ai-sdk/google-vertex': '4.0.208',
  '@ai-sdk/groq': '3.0.71',
  '@ai-sdk/mistral': '3.0.69',
  '@ai-sdk/openai': '3.0.141',
  '@ai-sdk/togetherai': '2.0.84',
  '@ai-sdk/voyage': '1.0.14',
  '@ai-sdk/xai': '3.0.138',
};

/** What a list is of, by the word in its type's name. */
const kinds = {
  Embedding: 'embedding',
  Reranking: 'rerank',
  Image: 'image',
  Video: 'video',
  Speech: 'audio',
  Transcription: 'audio',
  Completion: 'completion',
};

/** Writes src/vendors/model-kinds-table.ts anew: names of models that don't chat. */
await main(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'model-kinds-'));
  try {
    const lists = [];
    for (const [name, version] of Object.entries(sources)) {
      const { output } = await outputOf('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder });
      await run('tar', ['xzf', output.trim(), '-C', folder, 'package/dist/index.d.ts'], { cwd: folder });
      const found = listsIn(readFileSync(path.join(folder, 'package/dist/index.d.ts'), 'utf8'));
      // Others list models as completing plain text that do so beside chatting.
      lists.push(...found.filter(({ kind }) => kind !== 'completion' || name === '@ai-sdk/openai'));
    }
    writeFileSync(path.join(root, 'src', 'vendors', 'model-kinds-table.ts'), moduleOf(lists));
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function listsIn(types) {
  return [...types.matchAll(/type [A-Za-z0-9]*?([A-Z][a-z]+)?ModelId ?=([^;]*);/g)].map(
    ([, word, names]) => ({
      kind: kinds[word],
      names: [...names.matchAll(/'([^']+)'/g)].map(([, name]) => bareName(name)),
    }),
  );
}

/** "accounts/fireworks/models/flux-1-dev-fp8" is "flux-1-dev-fp8", and "amazon.rerank-v1:0" "rerank-v1". */
function bareName(name) {
  const last = name.split('/').at(-1).split(':')[0].toLowerCase();
  return last.replace(/^(amazon|cohere)\./, '');
}

function moduleOf(lists) {
  const rows = Object.values(kinds)
    .filter((kind, index, all) => all.indexOf(kind) === index)
    .map((kind) => {
      const names = lists.filter((list) => list.kind === kind).flatMap((list) => list.names);
      // A bare word is no name that only this model could have.
      return `${kind} ${[...new Set(names.filter((name) => /\d|-/.test(name)))].toSorted().join(' ')}`;
    });
  return `/**
 * Written by \`node scripts/model-kinds.mjs\`, from the lists of models that the packages @ai-sdk/… of Vercel keep
 * (Apache-2.0): what models do that don't chat, and their names, without whoever serves them.
 */
export const modelKindsTable = \`
${rows.join('\n')}
\`;
`;
}
