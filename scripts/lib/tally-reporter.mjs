import { writeFileSync } from 'node:fs';

/**
 * A Vitest reporter that writes how many tests passed, failed and were skipped, and why, to the file that
 * CONDUIT_TALLY names. Vitest's own JSON leaves out the reason given to `context.skip(reason)`.
 */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.CONDUIT_TALLY;
    if (file === undefined) return;
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that can't be loaded, or a hook that throws, fails with no test of its own to show for it.
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') tally.passed++;
        else if (state === 'skipped')
          tally.skipped.push({ test: test.fullName, reason: note ?? 'no reason given' });
        else failedHere++;
      }
      if (module.state() === 'failed' && failedHere === 0) failedHere = 1;
      tally.failed += failedHere;
    }
    writeFileSync(file, JSON.stringify(tally));
  }
}
