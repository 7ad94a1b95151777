/** The command line can't be understood. The message says why; that of a whole command line also how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `read` returns. A UsageError that it throws gets the command's usage behind its message. */
export function explained<Value>(usage: string, read: () => Value): Value {
  try {
    return read();
  } catch (failure) {
    if (!(failure instanceof UsageError)) throw failure;
    throw new UsageError(`${failure.message}\n\n${usage}`, { cause: failure });
  }
}
