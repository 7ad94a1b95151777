/**
 * The offered tool that a model means: servers leave marks of their templates in names, such as "functions.read_file:0".
 * A name that is none of them stays as it is.
 */
export function offeredName(written: string, offered: readonly string[]): string {
  if (offered.includes(written)) return written;
  const bare = written
    .replace(/<\|.*$/s, '')
    .trim()
    .replace(/^(functions?|tools?|default_api|api)[.:/]/i, '')
    .replace(/[:#]\d+$/, '');
  return (
    offered.find((name) => name === bare) ??
    offered.find((name) => name.toLowerCase() === bare.toLowerCase()) ??
    written
  );
}
