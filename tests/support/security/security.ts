import type { ProofMap } from '../map';
import { CHECKS } from './checks';
import { UNTESTABLE } from './untestable';

export const SECURITY: ProofMap = { letter: 'S', count: 72, rows: CHECKS, untestable: UNTESTABLE };
