import { labelledTurns } from '../bench/next-turns/labelled-turns.ts';
import { readTurns } from '../bench/next-turns/measure.ts';
import { nextTurnTables } from '../bench/next-turns/tables.ts';
import { main, SetupError } from './lib/run.mjs';

/**
 * Prints how often each class of next turn is read after good and after bad answers of test/fixtures/next-turns, with the
 * weights that follow. With `--missed tune` or `--missed held-out` the turns of that half that are read as another class.
 */
await main(async () => {
  const [option, half, ...others] = process.argv.slice(2);
  if (option === undefined) {
    console.log(nextTurnTables());
    return 0;
  }
  if (option !== '--missed' || !['tune', 'held-out'].includes(half) || others.length > 0)
    throw new SetupError('Usage: npm run -s next-turns [-- --missed tune|held-out]');
  for (const { half: of, language, turn, read, code, question, next } of readTurns(labelledTurns()))
    if (of === half && turn !== read)
      console.log(
        [language, `${turn} read as ${read}`, code ? 'code' : 'text', question, JSON.stringify(next)].join(
          ' | ',
        ),
      );
  return 0;
});
