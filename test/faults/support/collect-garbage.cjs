// Loaded into the service before anything else: on SIGWINCH, which means nothing to it, it gives back
// what it does not need, so that what is left can be measured.
const process = require('node:process');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

process.on('SIGWINCH', () => collect());
