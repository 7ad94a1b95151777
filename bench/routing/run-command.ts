import { CorpusError } from './corpus-error';
import { UsageError } from './usage-error';

/** Runs a command of the benchmark. What is wrong with its arguments or files is told in a line, and exits with 1. */
export async function runCommand(run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CorpusError || error instanceof RangeError))
      throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
