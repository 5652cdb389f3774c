// Loaded by Jest's processes before anything else. A worker that is done, with nothing left open, ends at
// once. Left alone, Node.js first takes its heap apart; with hundreds of megabytes that takes longer than
// the half second after which Jest kills the worker and warns of a leak. `beforeExit` does not come while
// something is open, so a real leak is still told.
if (process.env.JEST_WORKER_ID !== undefined) process.once('beforeExit', () => process.exit());
