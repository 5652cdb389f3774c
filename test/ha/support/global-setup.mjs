// Builds the service; each test brings the servers that it needs.
import { build } from '../../../scripts/build.mjs';
import { openTable } from '../../faults/support/fault-table.mjs';

export default function globalSetup() {
  build();
  openTable();
}
