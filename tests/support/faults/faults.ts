import type { ProofMap } from '../map';
import { MATRIX } from './matrix';
import { UNTESTABLE } from './untestable';

export const FAULTS: ProofMap = { letter: 'F', count: 92, rows: MATRIX, untestable: UNTESTABLE };
