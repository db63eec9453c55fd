import type { ProofMap } from '../map';
import { CHECKS } from './checks';
import { PARTLY, UNTESTABLE } from './untestable';

export const SECURITY: ProofMap = {
  ...{ letter: 'S', count: 72, rows: CHECKS },
  ...{ untestable: UNTESTABLE, partly: PARTLY },
};
