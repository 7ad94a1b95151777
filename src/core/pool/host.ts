/** Host with port of a base URL, as keys are bound to it: "api.openai.com", "127.0.0.1:4000". Throws on no URL. */
export function hostOf(apiBase: string): string {
  return new URL(apiBase).host;
}

/** True for addresses of this machine: 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(apiBase: string): boolean {
  if (!URL.canParse(apiBase)) return false;
  const { hostname } = new URL(apiBase);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
