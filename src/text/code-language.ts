/** What models write at a fence for languages that the editor knows by another name. */
const aliases: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  js: 'javascript',
  jsx: 'javascriptreact',
  md: 'markdown',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'shellscript',
  shell: 'shellscript',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
};

/** The editor's id of the language that stands at a fence; plain text where it has none. */
export function languageIdOf(fence: string, known: readonly string[]): string {
  const name = fence.trim().toLowerCase();
  const id = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  return known.includes(id) ? id : 'plaintext';
}
