export type Environment = Readonly<Record<string, string | undefined>>;

/** The variable that `os.environ/NAME` names; undefined where the text is something else. */
export function environmentName(text: string): string | undefined {
  return /^os\.environ\/([A-Za-z_][A-Za-z0-9_]*)$/.exec(text)?.[1];
}

/** A text of a file, or what the variable that it names holds: undefined where that isn't set. */
export function resolved(text: string, environment: Environment): string | undefined {
  const name = environmentName(text);
  if (name === undefined) return text;
  const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
  return value === '' ? undefined : value;
}
