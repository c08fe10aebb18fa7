/** Widths on a terminal: the console's name for what both front ends use. */
export * from '../../util/cells.js';
