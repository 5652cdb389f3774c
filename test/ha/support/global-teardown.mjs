export { printTable as default } from '../../faults/support/fault-table.mjs';
