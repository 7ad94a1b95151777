/** Names that models write after a fence, for the editor's language ids. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  typescript: ['ts', 'mts', 'cts'],
  typescriptreact: ['tsx', 'typescript', 'ts'],
  javascript: ['js', 'mjs', 'cjs'],
  javascriptreact: ['jsx', 'javascript', 'js'],
  python: ['py', 'python3', 'py3'],
  csharp: ['cs', 'c#'],
  cpp: ['c++', 'cc', 'cxx', 'hpp', 'h'],
  c: ['h'],
  shellscript: ['sh', 'bash', 'shell', 'zsh'],
  powershell: ['ps1', 'pwsh'],
  ruby: ['rb'],
  rust: ['rs'],
  go: ['golang'],
  kotlin: ['kt', 'kts'],
  markdown: ['md', 'mdx'],
  yaml: ['yml'],
  dockercompose: ['yaml', 'yml'],
  dockerfile: ['docker'],
  makefile: ['make', 'mk', 'mak'],
  jsonc: ['json', 'json5'],
  json: ['jsonc', 'json5'],
  'objective-c': ['objc', 'm'],
  perl: ['pl'],
  plaintext: ['text', 'txt'],
  latex: ['tex'],
};

/** Blocks in these are seldom the code in question, where that is something else. */
const besideCode = ['console', 'output', 'log', 'terminal', 'cmd', 'diff', 'patch', 'shellscript'];

/** Others that stand at fences; what is neither here nor above may be code that begins behind the fence. */
const furtherNames =
  'java php swift scala dart lua perl r css scss less html xml sql json toml ini graphql vue svelte haskell elixir erlang clojure groovy gradle zig nim text none console diff patch proto terraform hcl nix cmake astro';
const known = new Set([
  ...Object.entries(otherNames).flatMap(([id, names]) => [id, ...names]),
  ...furtherNames.split(' '),
]);

/** What a language is called at fences. */
export function namesOf(languageId: string): readonly string[] {
  return [languageId, ...(otherNames[languageId] ?? [])];
}

export function isLanguageName(word: string): boolean {
  return known.has(word.toLowerCase());
}

/** True for what is run or printed, where the code in question is in another language. */
export function isBesideCode(name: string, languageId: string): boolean {
  return !namesOf(languageId).includes(name) && besideCode.some((id) => namesOf(id).includes(name));
}

/** Languages whose documents are prose, and hold fences of their own. */
export function isProse(languageId: string): boolean {
  return ['markdown', 'mdx', 'plaintext', 'restructuredtext', 'asciidoc', 'latex', 'quarto'].includes(
    languageId,
  );
}

/** Languages whose blocks are between braces. */
export function hasBraces(languageId: string): boolean {
  return (
    /^(c|cpp|csharp|cuda-cpp|objective-c|objective-cpp|java|kotlin|scala|groovy|go|rust|swift|dart|php)$/.test(
      languageId,
    ) || /^(javascript|typescript)(react)?$|^jsonc?$|^(css|scss|less)$/.test(languageId)
  );
}
