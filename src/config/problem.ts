import type { ConfigurationProblem } from '../core/configuration';

/** A problem whose file is known from where it was found. */
export type Problem = Omit<ConfigurationProblem, 'fileName'>;

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
