/** The address of a Redis server for people: with its user, without its password and what stands behind a "?". */
export function shownRedis(text: string): string {
  if (!URL.canParse(text)) return '***';
  const { protocol, username, password, host, pathname, search } = new URL(text);
  const user = password === '' ? username : `${username}:***`;
  return `${protocol}//${user === '' ? '' : `${user}@`}${host}${pathname}${search === '' ? '' : '?***'}`;
}
