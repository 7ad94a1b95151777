/** Something in a configuration file that is wrong or has no effect, at its place. Lines and columns from 1. */
export interface ConfigurationProblem {
  /** "conduit.yaml", or "environment" for a variable. */
  readonly fileName: string;
  /** An error: the file isn't applied. A warning: this has no effect. A note: this was read otherwise than it is written. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  /** "model_list[2].model_info.id"; empty for the file as a whole. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** How it can be mended at a click; absent: only by hand. */
  readonly fix?: ConfigurationFix | undefined;
}

/** A change of a configuration file's text that mends a problem. */
export interface ConfigurationFix {
  /** "Put these in one pool". */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Replaces the text between two places of a file. Lines and columns from 1; an empty range inserts. */
export interface TextEdit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** A problem whose file is known from where it was found, but for one in a file that another includes. */
export type Problem = Omit<ConfigurationProblem, 'fileName'> & { readonly fileName?: string };

export type FileProblem = ConfigurationProblem;

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
