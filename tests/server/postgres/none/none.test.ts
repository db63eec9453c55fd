/** Stands for everything on PostgreSQL where there is none and none can be installed. */
import { test } from 'vitest';
import { postgresBinaries } from '../../../support/postgres/binaries';

const found = postgresBinaries();

test.skip(`PostgreSQL is left out because ${'missing' in found ? found.missing : 'of nothing'}`);
