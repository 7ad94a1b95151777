/** A place in a file, as an answer names it. */
export interface FileLink {
  /** With `/` between its parts; relative to a folder of the workspace, or absolute. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** The last line, where several are meant. */
  readonly endLine?: number;
}

/** Longer ones are no paths of any system. */
const longestLink = 2_000;
const lines = /^(?:L|lines?[-=]?)?(\d{1,7})(?:[C:,](\d{1,7}))?(?:[-–]L?(\d{1,7})(?:[C:]\d{1,7})?)?$/i;
/** `:12`, `:12:5`, `:12-20`, `:12:5-20:7`, `:L12`, `(12,5)` behind a path. */
const position =
  /(?::(L?\d{1,7}(?::\d{1,7})?(?:[-–]L?\d{1,7}(?::\d{1,7})?)?):?|\((\d{1,7}(?:,\d{1,7})?)\))$/i;
const control = /[\u0000-\u001f\u007f]/;

/**
 * What file a link names, and which lines; undefined for everything else: other schemes, other hosts, places within the
 * answer. Whether there is such a file, and whether it may be opened, is not known here.
 */
export function readFileLink(href: string): FileLink | undefined {
  if (href.length > longestLink) return undefined;
  const [beforeHash = '', ...rest] = href.trim().split('#').map(decoded);
  const inHash = lines.exec(rest.join('#'));
  const behind = position.exec(beforeHash);
  const named = behind === null ? beforeHash : beforeHash.slice(0, behind.index);
  // `localhost:3000` and `data:1` are no files; `Dockerfile:3` is one.
  if (behind !== null && !/[./\\]|file$/i.test(named)) return undefined;
  const path = pathOf(named);
  if (path === undefined) return undefined;
  return { path, ...placeOf(inHash ?? (behind === null ? null : lines.exec(behind[1] ?? behind[2] ?? ''))) };
}

function placeOf(match: RegExpExecArray | null): Omit<FileLink, 'path'> {
  const [line, column, endLine] = [1, 2, 3].map((group) => Number(match?.[group] ?? 0));
  return {
    ...(line && { line }),
    ...(line && column && { column }),
    ...(line && endLine && endLine > line && { endLine }),
  };
}

function pathOf(named: string): string | undefined {
  const local = /^file:(?:\/\/(?:localhost)?(?=\/)|\/\/(?=[a-z]:[/\\]))?/i.exec(named)?.[0];
  const path = named
    .slice(local?.length ?? 0)
    .replaceAll('\\', '/')
    // An address of a file on Windows: file:///C:/a.ts.
    .replace(/^\/(?=[a-z]:\/)/i, '');
  const hasScheme = /^[a-z][a-z\d+.-]+:/i.test(path);
  // Two at the beginning name another host.
  if (path === '' || path.startsWith('//') || path.startsWith('?') || hasScheme || control.test(path))
    return undefined;
  return path;
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
