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

const names =
  'chat ?gpt|gpt(?:-?[\\w.]+)?|claude(?: [\\w.]+)*?|gemini(?: [\\w.]+)*?|bard|gemma|grok(?:-?[\\w.]+)?|llama(?:[- ]?[\\w.]+)?|mi[sx]tral(?: \\w+)?|le chat|deepseek(?:[- ]?\\w+)?|qwen(?:[- ]?[\\w.]+)?|kimi(?:[- ]?[\\w.]+)?|chatglm|glm(?:-?[\\w.]+)?|phi-?\\d\\w*|copilot|github copilot|microsoft copilot|command[- ]r\\+?|nova(?: \\w+)?|minimax|granite';
const makers =
  'openai|anthropic|google(?: deepmind)?|deepmind|meta(?: ai)?|xai|mistral(?: ai)?|deepseek|alibaba(?: cloud)?|moonshot(?: ai)?|zhipu(?: ai)?|microsoft|cohere|amazon|nvidia|ibm|minimax';

const article = '(?:an? |the |ein |eine |un |une )?(?:ai |ki |ia )?(?:model |modell |assistant |assistent |asistente )?';
const called = `${article}(?:called |named |namens )?(?:${names})(?![\\w-])`;

const introductions: readonly (readonly [RegExp, string])[] = [
  // "I am Claude", "I'm ChatGPT", "my name is Grok", "ich bin Claude", "je suis Claude"
  [
    new RegExp(
      `\\b(i am|i['’]m|my name is|ich bin|mein name ist|je suis|soy|sono)\\s+${called}|(我是|私は)\\s*(?:${names})(?![\\w-])`,
      'gi',
    ),
    '$1$2 [a model]',
  ],
  // "As Gemini, I …", where a sentence begins so: "the same as Gemini" is about it.
  [
    new RegExp(`(^|[.!?]\\s+|\\n\\s*)(as|als|en tant que|como)\\s+${called}(?=[^.\\n]{0,60},)`, 'gi'),
    '$1$2 [a model]',
  ],
  // "a language model trained by Google", "[a model], made by OpenAI", "von Anthropic entwickelt"
  [
    new RegExp(
      `\\b((?:language model|sprachmodell)[^.\\n]{0,60}?\\b(?:by|from|at|von))\\s+(?:${makers})\\b`,
      'gi',
    ),
    '$1 [its vendor]',
  ],
  [
    new RegExp(`(\\[a model\\][^.\\n]{0,80}?\\b(?:by|from|at|von|par|de|por|da|di))\\s+(?:${makers})\\b`, 'gi'),
    '$1 [its vendor]',
  ],
];

function withoutIntroductions(text: string): string {
  return introductions.reduce((changed, [found, put]) => changed.replaceAll(found, put), text);
}
