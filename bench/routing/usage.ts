/** Of `bench:routing`, and of `bench:change`, which takes the same. */
export const usage = `Usage: npm run bench:routing -- --corpus FILE.jsonl.gz,… [options]

What is walked
  --corpus A,B,…              the corpora; a table for each, and a summary of several
  --limit N                   only the first N rows of each
  --half a|b|all              rows whose id falls in that half (all); the cost that counts as 1 is that of all rows
  --grow N                    near-copies and weak models added until there are N models
  --steps N                   only the first N prompts of a pass
  --seeds N                   passes over the corpus (20; 200 with --stuck)
  --first-seed N              seeds from N on (1)
  --lambda X,Y,…              weights of the cost in the reward (0,0.2,0.5)
  --feedback X,Y,…            share of the decisions that are ever rated (1)
  --delay N                   a reward arrives N decisions late (0)

How prompts are described
  --features KIND             hash, vectors or formats (vectors with --vectors, else hash)
  --vectors A.f16,B.f16,…     a sentence vector for each row, a file for each corpus: little-endian half floats
  --dims N                    numbers in a vector (512)
  --projection-from FILE.f16  vectors of other prompts, to choose the projection by

Who walks
  --policies A,B,…            only these
  --table FILE.json           what is publicly known of models: {corpus: {model: {ability, deviation, knownFrom}}}
  --priors A,B,…              what the router is told of them: table (the default with --table), off, true (the mean
                              qualities of the rows: hindsight), reversed (best and worst of the table change places),
                              random (shuffled by the seed), unknown, or a FILE as with --table. The first is that of
                              "conduit"; each further one is a policy conduit-priors-KIND
  --set NAME=VALUE,…          settings of "conduit": numbers, true, false, undefined; also switchAfter, ridge.GROUP
  --sets FILE.json            policies set:NAME with settings of their own: [{name, settings, switchAfter}]
  --router FOLDER             another checkout (git worktree add FOLDER COMMIT), whose router walks the same rows as the
                              policy conduit-before; its times are no measure, since it is loaded otherwise

What is told
  --stuck                     how many passes end far below the others (policies: conduit and best-single)
  --baseline FILE.json        differences from what --json wrote of another run on the same rows and seeds
  --json FILE                 write the results there
  --svg FOLDER                write the charts there
  --jobs N                    processes at a time (the processor's cores, at most 4)`;
