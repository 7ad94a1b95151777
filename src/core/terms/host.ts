/**
 * Host with port of a base URL, as keys are bound to it: "api.openai.com", "127.0.0.1:4000". A host that is reached
 * without encryption over the network is another one, "http://…": a key is never sent in the clear by a slip of the
 * file. Throws where the text is no URL.
 */
export function hostOf(apiBase: string): string {
  const { host, protocol } = new URL(apiBase);
  return protocol === 'https:' || isLoopback(apiBase) ? host : `${protocol}//${host}`;
}

/** True for addresses of this machine: 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(apiBase: string): boolean {
  if (!URL.canParse(apiBase)) return false;
  const { hostname } = new URL(apiBase);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
