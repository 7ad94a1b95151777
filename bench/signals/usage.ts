export const usage = `Usage: npm run bench:signals -- --corpus FILE.jsonl.gz,… [options]

What is walked
  --corpus A,B,…              the corpora
  --apart NAME,…              corpora that aren't pooled with the others (paretobandit_k4)
  --limit N                   only the first N rows of each
  --half a|b|all              rows whose id falls in that half (all)
  --steps N                   only the first N prompts of a pass
  --seeds N                   passes over the corpus (20)
  --first-seed N              seeds from N on (1)
  --lambda X,Y,…              weights of the cost in the reward (0,0.2)
  --features KIND             hash, vectors or formats (vectors with --vectors, else hash)
  --vectors A.f16,B.f16,…     a sentence vector for each row, a file for each corpus: little-endian half floats
  --dims N                    numbers in a vector (512)
  --projection-from FILE.f16  vectors of other prompts, to choose the projection by
  --table FILE.json           what is publicly known of models, as bench:routing takes it

What developers do
  --thumbs X,Y,…              shares of the answers that are rated; the first is what the report is about (0.05)
  --non-response X            a bad answer is rated (1 + X) / (1 − X) times as often as a good one, models between 1 − X
                              and 1 + X times as often as usual (0.5)
  --undo X                    share of the thumbs that are slips, and taken back (0.05)
  --latest N                  signals come after 1 to N further decisions (50)
  --signals A,B,…             the implicit signals, by their rows in the table of signals
  --judge-agreement X         how often a verdict is right (0.75)
  --judge-length-bias X       by so much the longest answers pass more often, and the shortest less (0.1)
  --judge-rate X              share of the answers that are judged (0.1)

What is compared, beside thumbs, implicit signals, the judge, and all answers scored
  --against                   each signal turned round
  --each                      each signal alone beside the thumbs
  --weights X,Y,…             the same with these weights, and all implicit signals with each
  --scales X,Y,…              all signals with the shipped weights times each of these
  --within X                  a mean reward this close to where the thumbs alone end counts as right (0.01)

In place of all that
  --outages                   an hour offline, an expired key, a vendor that is down for a day, in the middle of a pass
  --per-hour N                requests in an hour of simulated time (12)
  --start MOMENT              when a pass begins (2026-01-05T09:00:00Z)

What is told
  --passes FILE.jsonl         each pass is kept there as it is made, and not made again: a run can go on later
  --json FILE                 write the results there
  --jobs N                    processes at a time (the processor's cores, at most 4)`;
