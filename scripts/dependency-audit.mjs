// Looks for known vulnerabilities in what production runs on: `npm audit`, but telling "there is
// none" (0), "there is one, high or critical" (1) and "the registry could not be asked" (3) apart,
// which npm's exit code does not.
import { spawnSync } from 'node:child_process';

const NOT_ASKED = 3;

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const report = parse(stdout);
const counts = report?.metadata?.vulnerabilities;
if (counts === undefined) {
  console.error(`No audit: the registry does not offer one (${report?.message ?? 'no answer'})`);
  process.exit(NOT_ASKED);
}
for (const { name, severity, range } of Object.values(report.vulnerabilities)) {
  console.log(`${severity}: ${name} ${range}`);
}
const bad = counts.high + counts.critical;
console.log(`${counts.total} known vulnerabilities, ${bad} of them high or critical`);
process.exit(bad > 0 ? 1 : 0);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
