import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { root } from './lib/paths.mjs';
import { main, outputOf, run, SetupError } from './lib/run.mjs';

/** Where facts of models are kept up: a catalogue under the MIT licence, of which a few figures a model are taken. */
const source = '@oh-my-pi/pi-catalog';
const version = '18.2.11';

/** Its name of each vendor, by ours. */
const vendors = {
  openai: 'openai',
  anthropic: 'anthropic',
  gemini: 'google',
  groq: 'groq',
  openrouter: 'openrouter',
  mistral: 'mistral',
  deepseek: 'deepseek',
  xai: 'xai',
  together_ai: 'together',
  fireworks_ai: 'fireworks',
  cerebras: 'cerebras',
  moonshot: 'moonshot',
  dashscope: 'alibaba-token-plan',
  nvidia_nim: 'nvidia',
  huggingface: 'huggingface',
  vercel_ai_gateway: 'vercel-ai-gateway',
  azure: 'azure',
};

/** Addresses by which the price list knows vendors, for windows that the catalogue lacks. */
const addresses = {
  fireworks_ai: 'https://api.fireworks.ai/inference/v1',
  groq: 'https://api.groq.com/openai/v1',
  mistral: 'https://api.mistral.ai/v1',
  together_ai: 'https://api.together.xyz/v1',
  cohere: 'https://api.cohere.ai',
};

const notForChat =
  /embed|rerank|whisper|transcribe|tts|image|realtime|moderation|flux|diffusion|guard|parse|ocr|veo|imagen|sora/i;

/** Writes src/vendors/model-facts-table.ts and kept-data.ts anew: to be run when default models or the price list move on. */
await main(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'model-facts-'));
  try {
    const { output } = await outputOf('npm', ['pack', '--silent', `${source}@${version}`], { cwd: folder });
    await run('tar', ['xzf', output.trim()], { cwd: folder });
    const file = (name) => readFileSync(path.join(folder, 'package', name), 'utf8');
    const day = new RegExp(`## \\[${version.replaceAll('.', '\\.')}\\] - (\\S+)`).exec(
      file('CHANGELOG.md'),
    )?.[1];
    if (day === undefined) throw new SetupError(`${source} does not say when it was made.`);
    const sections = sectionsOf(JSON.parse(file('src/models.json')));
    writeFileSync(path.join(root, 'src', 'vendors', 'model-facts-table.ts'), moduleOf(sections));
    writeFileSync(path.join(root, 'src', 'vendors', 'kept-data.ts'), await datesOf(day));
    return 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function sectionsOf(catalogue) {
  const names = [...new Set([...Object.keys(vendors), ...Object.keys(addresses)])];
  return names.map((vendor) => {
    const rows = new Map();
    const add = (id, row) => {
      if (!/\s/.test(id) && !notForChat.test(id) && !rows.has(id)) rows.set(id, row);
    };
    for (const { id, ...model } of Object.values(catalogue[vendors[vendor]] ?? {})) add(id, rowOf(id, model));
    for (const { id, ...model } of resold(catalogue, vendor)) add(id, rowOf(id, model));
    for (const { id, context_window: context } of listed(vendor))
      if (context !== undefined) add(id, `${id} ${context} - ?`);
    return [vendor, [...rows.values()].toSorted()];
  });
}

/** The catalogue has Cohere's models only where others resell them. */
function resold(catalogue, vendor) {
  if (vendor !== 'cohere') return [];
  return [catalogue.openrouter, catalogue['vercel-ai-gateway'], catalogue.kilo]
    .flatMap((models) => Object.values(models))
    .filter(({ id, contextWindow }) => id.startsWith('cohere/') && contextWindow > 0)
    .map((model) => ({ ...model, id: model.id.slice('cohere/'.length) }));
}

function listed(vendor) {
  return addresses[vendor] === undefined
    ? []
    : (findProvider({ providerApiUrl: addresses[vendor] })?.models ?? []);
}

/** "gpt-5.4 1050000 128000 tvr". */
function rowOf(id, { contextWindow, maxTokens, input, reasoning, supportsTools }) {
  // Where one field has the other's figure, it says nothing of the answer.
  const answer = maxTokens > 0 && maxTokens < contextWindow ? maxTokens : '-';
  const can = [supportsTools !== false && 't', input.includes('image') && 'v', reasoning && 'r'];
  return [id, contextWindow ?? '-', answer, can.filter(Boolean).join('') || '-'].join(' ');
}

function moduleOf(sections) {
  const text = sections.map(([vendor, rows]) => `# ${vendor}\n${rows.join('\n')}`).join('\n');
  return `/* eslint-disable max-lines -- a table */
/**
 * Written by \`node scripts/model-facts.mjs\`, from ${source} ${version} (MIT, © 2025-2026 Can Bölük,
 * © 2026 Stencil Labs, Inc.) and, for windows that it lacks, from @pydantic/genai-prices (MIT, © Pydantic Services Inc.).
 * Below each vendor's prefix: a model's name, its context window and its longest answer in tokens ("-": not known), and
 * what it can: t calls tools, v sees images, r reasons; "-": none of these; "?": not known.
 */
export const modelFactsTable = \`
${text.replaceAll('\\', '').replaceAll('`', '')}
\`;
`;
}

/** What Doctor shows of both. */
async function datesOf(day) {
  const file = path.join(root, 'node_modules', '@pydantic', 'genai-prices', 'package.json');
  const prices = JSON.parse(readFileSync(file, 'utf8'));
  const { output } = await outputOf('npm', ['view', prices.name, 'time', '--json']);
  const published = JSON.parse(output)[prices.version];
  if (published === undefined) throw new SetupError(`npm does not say when ${prices.name} was published.`);
  return `/** Written by \`node scripts/model-facts.mjs\`: how old what is kept of models is. */
export const keptData = {
  /** The day of the catalogue of what models can. */
  modelsDay: '${day}',
  /** The day and the version of the price list. */
  pricesDay: '${published.slice(0, 10)}',
  pricesVersion: '${prices.version}',
} as const;
`;
}
