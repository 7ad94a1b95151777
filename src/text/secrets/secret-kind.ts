/** What a place of a text looks like. */
export type SecretKind =
  /** A key or token of a vendor whose keys are known by their shape. */
  | { readonly kind: 'vendor-key'; readonly vendor: string }
  | { readonly kind: 'private-key' }
  /** A JSON Web Token. */
  | { readonly kind: 'signed-token' }
  | { readonly kind: 'password' }
  /** A key, a token: something that a machine made. */
  | { readonly kind: 'key' }
  /** A password in an address. */
  | { readonly kind: 'address' }
  /** A user's name with a password, or a token, of a header or a command. */
  | { readonly kind: 'login' };

/** A place where a text looks secret. `start` and `end` are UTF-16 units of the text; what is there is shown to nobody. */
export type FoundSecret = SecretKind & { readonly start: number; readonly end: number };
