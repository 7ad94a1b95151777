import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * A Vitest reporter that writes how many tests passed, failed and were skipped, and why, to the file that
 * CONDUIT_TALLY names, with what took long. Vitest's own JSON leaves out the reason given to `context.skip(reason)`,
 * and the time that hooks take.
 */
export default class TallyReporter {
  /** Of each file and its suites; their hooks are no test's. */
  #hooks = [];
  #started = new Map();

  onHookStart({ name, entity }) {
    this.#started.set(`${name} ${entity.id}`, performance.now());
  }

  onHookEnd({ name, entity }) {
    const startedMs = this.#started.get(`${name} ${entity.id}`);
    if (startedMs === undefined || entity.type === 'test') return;
    this.#hooks.push({ name: `${placeOf(entity)} (${name})`, ms: performance.now() - startedMs });
  }

  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.CONDUIT_TALLY;
    if (file === undefined) return;
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: [], durations: this.#hooks };
    for (const module of modules) {
      // A file that can't be loaded, or a hook that throws, fails with no test of its own to show for it.
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state, note } = test.result();
        if (state === 'passed') tally.passed++;
        else if (state === 'skipped')
          tally.skipped.push({ test: test.fullName, reason: note ?? 'no reason given' });
        else failedHere++;
        const ms = test.diagnostic()?.duration ?? 0;
        tally.durations.push({ name: `${placeOf(module)}: ${test.fullName}`, ms });
      }
      if (module.state() === 'failed' && failedHere === 0) failedHere = 1;
      tally.failed += failedHere;
    }
    writeFileSync(file, JSON.stringify(tally));
  }
}

function placeOf(entity) {
  const { moduleId } = entity.type === 'module' ? entity : entity.module;
  return path.relative(root, moduleId);
}
