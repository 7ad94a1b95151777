/** Something in a configuration file that is wrong or has no effect, at its place. Lines and columns from 1. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** "model_list[2].model_info.id"; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FileProblem extends Problem {
  readonly fileName: string;
}

/** "conduit.yaml:7: model_list[2].model_info.id: 'gpt-4o-mini' is used twice". */
export function formatProblem({ fileName, line, path, message }: FileProblem): string {
  return `${fileName}:${String(line)}: ${path === '' ? '' : `${path}: `}${message}`;
}

/** More problems than anybody reads: the first ones are told, so that a broken file can't flood the editor. */
export const mostProblems = 100;

export type PathSegment = string | number;

export function formatPath(path: readonly PathSegment[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${String(segment)}]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
}
