/**
 * Takes out of an answer what it says of its own author: "As Claude, …", "I am ChatGPT, made by OpenAI". A judge would
 * favour its own kind, or a name. A model that is spoken of otherwise stays: the question may be about it; so does all
 * that stands in code.
 */
export function withoutOwnName(answer: string): string {
  return answer
    .split(fences)
    .map((part, index) => (index % 2 === 1 ? part : withoutIntroductions(part)))
    .join('');
}

/** Fenced and inline code, kept apart by the parentheses. */
const fences = /(```[^]*?(?:```|$)|`[^`\n]*`)/;

/** Versions and tiers that follow a name; few, so that no text makes this slow. */
const tiers =
  '(?:[ -](?:\\d[\\w.]{0,12}|[vr]\\d[\\w.]{0,8}|sonnet|opus|haiku|pro|flash|lite|ultra|large|medium|small|mini|nano|turbo|plus|max|coder|chat|instruct|le chat)){0,4}';
const names = [
  'chat ?gpt',
  'gpt',
  'claude',
  'gemini',
  'bard',
  'gemma',
  'grok',
  'llama',
  'mi[sx]tral',
  'le chat',
  'deepseek',
  'qwen',
  'kimi',
  '(?:chat)?glm',
  'phi(?=-?\\d)',
  '(?:github |microsoft )?copilot',
  'command[- ]r\\+?',
  'nova',
  'minimax',
  'granite',
].join('|');
const makers = [
  'openai',
  'anthropic',
  'google(?: deepmind)?',
  'deepmind',
  'meta(?: ai)?',
  'xai',
  'mistral(?: ai)?',
  'deepseek',
  'alibaba(?: cloud)?',
  'moonshot(?: ai)?',
  'zhipu(?: ai)?',
  'microsoft',
  'cohere',
  'amazon',
  'nvidia',
  'ibm',
  'minimax',
].join('|');

const article =
  '(?:an? |the |ein |eine |un |une )?(?:ai |ki |ia )?(?:model |modell |assistant |assistent |asistente )?';
const name = `(?:${names})(?:[\\w.]{0,11}\\w)?${tiers}`;
const called = `${article}(?:called |named |namens )?${name}(?=[^\\w.-]|\\.?$|\\.\\s)`;

const introductions: readonly (readonly [RegExp, string])[] = [
  // "I am Claude", "I'm ChatGPT", "my name is Grok", "ich bin Claude", "je suis Claude"
  [
    new RegExp(
      `\\b(i am|i['’]m|my name is|ich bin|mein name ist|je suis|soy|sono) ${called}|(我是|私は) ?(?:${names})(?![\\w-])`,
      'gim',
    ),
    '$1$2 [a model]',
  ],
  // "As Gemini, I …", where a sentence begins so: "the same as Gemini" is about it.
  [new RegExp(`(^|[.!?] )(as|als|en tant que|como) ${called}(?=,)`, 'gim'), '$1$2 [a model]'],
  // "a language model trained by Google", "[a model], made by OpenAI", "von Anthropic entwickelt"
  [
    new RegExp(
      `((?:\\blanguage model|\\bsprachmodell|\\[a model\\])[^.\\n]{0,80}? (?:by|from|at|von|par|de|por|da|di)) (?:${makers})\\b`,
      'gi',
    ),
    '$1 [its vendor]',
  ],
];

function withoutIntroductions(text: string): string {
  return introductions.reduce((changed, [found, put]) => changed.replaceAll(found, put), text);
}
