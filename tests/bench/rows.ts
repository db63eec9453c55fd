/** All rows, in the order of the table. A new one is a file in rows/ and a line here. */
import type { Row } from './row';
import { capacity } from './rows/p1-capacity';
import { economy } from './rows/p2-economy';
import { silent } from './rows/p3-silent';
import { notified } from './rows/p4-notified';
import { ownTime } from './rows/p5-own-time';
import { disk } from './rows/p6-disk';
import { history } from './rows/p7-history';
import { dayReport } from './rows/p7-report';
import { exported } from './rows/p8-export';
import { tablets } from './rows/p9-tablets';
import { recovery } from './rows/p10-recovery';
import { scanning } from './rows/p11-scan';
import { firstLoad } from './rows/p12-screen';
import { worlds } from './rows/p13-worlds';
import { planted } from './rows/p14-planted';
import { servers } from './rows/p15-servers';
import { growth } from './rows/p16-growth';

export const ROWS: readonly Row[] = [
  capacity,
  economy,
  silent,
  notified,
  ownTime,
  disk,
  dayReport,
  history,
  exported,
  tablets,
  recovery,
  scanning,
  firstLoad,
  worlds,
  planted,
  servers,
  growth,
];
