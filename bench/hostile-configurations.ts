/** Texts that a repository's conduit.yaml could be made of to keep the editor busy; each of about a given length. */
const pieces: Readonly<Record<string, (index: number) => string>> = {
  'keys of one mapping': (index) => `k${index}: 1\n`,
  'the same key': () => 'a: 1\n',
  'keys of router': (index) => (index === 0 ? 'router:\n' : `  k${index}: 1\n`),
  'closing brackets': () => '}',
  'opening brackets': () => '[',
  'models that are none': (index) => `${index === 0 ? 'model_list:\n' : ''}- 1\n`,
  'models alike': (index) =>
    `${index === 0 ? 'model_list:\n' : ''}- {model_name: a, litellm_params: {model: openai/x, max_tokens: ${index + 1}}}\n`,
  'models with an id': (index) =>
    `${index === 0 ? 'model_list:\n' : ''}- {model_name: p${index}, litellm_params: {model: openai/x${index}}, model_info: {id: i}}\n`,
  'fields of one model': (index) =>
    index === 0
      ? 'model_list:\n- model_name: a\n  litellm_params:\n    model: openai/x\n'
      : `    f${index}: 1\n`,
  'aliases of one model': (index) =>
    index === 0 ? 'x: &m {model_name: a, litellm_params: {model: openai/x}}\nmodel_list:\n' : '- *m\n',
  'merges of one mapping': (index) =>
    index === 0 ? 'x: &m {a: 1, b: 2, c: 3}\nmodel_list:\n' : '- {<<: *m}\n',
  anchors: (index) => `k${index}: &a${index} 1\n`,
  quotes: () => '"',
  'braces that stand left': (index) => (index === 0 ? 'a:\n  - b: {\n' : '{\n}\n,'),
  blanks: () => ' ',
};

export const shapes = Object.keys(pieces);

export function hostileText(shape: string, length: number): string {
  const piece = pieces[shape];
  const parts: string[] = [];
  let size = 0;
  for (let index = 0; piece !== undefined && size < length; index += 1) {
    const part = piece(index);
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
}
