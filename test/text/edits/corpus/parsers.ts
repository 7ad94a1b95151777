import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Language, Parser } from '@vscode/tree-sitter-wasm';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import type { CorpusLanguage } from './sources';

const wasm = path.join(import.meta.dirname, '../../../../node_modules/@vscode/tree-sitter-wasm/wasm');
const grammars = { go: 'go', java: 'java', shellscript: 'bash', css: 'css' } as const;

/** Whether texts are valid in their language. */
export interface Parsers {
  isValid(languageId: Exclude<CorpusLanguage, 'python'>, text: string): boolean;
  dispose(): void;
}

export async function createParsers(): Promise<Parsers> {
  await Parser.init({ locateFile: (name: string) => path.join(wasm, name) });
  const parsers = new Map<string, Parser>();
  for (const [languageId, name] of Object.entries(grammars)) {
    const parser = new Parser();
    parser.setLanguage(await Language.load(path.join(wasm, `tree-sitter-${name}.wasm`)));
    parsers.set(languageId, parser);
  }
  return {
    isValid: (languageId, text) => {
      if (languageId === 'typescript') return isTypeScript(text);
      if (languageId === 'yaml') return parseAllDocuments(text).every(({ errors }) => errors.length === 0);
      const tree = parsers.get(languageId)?.parse(text);
      const valid = tree?.rootNode.hasError === false;
      tree?.delete();
      return valid;
    },
    dispose: () => {
      for (const parser of parsers.values()) parser.delete();
    },
  };
}

function isTypeScript(text: string): boolean {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  return diagnostics?.length === 0;
}

const check = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def valid(text):
    try:
        ast.parse(text)
        return True
    except (SyntaxError, ValueError):
        return False
print(json.dumps([valid(text) for text in json.load(sys.stdin)]))
`;

/** Which texts Python itself takes for valid; one start of it for all of them. */
export function validPython(texts: readonly string[]): readonly boolean[] {
  const told: unknown = JSON.parse(
    execFileSync('python3', ['-c', check], {
      input: JSON.stringify(texts),
      encoding: 'utf8',
      maxBuffer: 100_000_000,
    }),
  );
  if (!Array.isArray(told)) throw new Error('Python did not say which texts are valid.');
  return told.map((each) => each === true);
}
