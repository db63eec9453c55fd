/**
 * A screen on every server's stream of changes: no payment may ever look older than it was, and
 * when all is quiet every screen shows what is on the disk.
 */
import type { Report } from './report';
import type { Server } from './server';
import type { Shop } from './shop';

type Screen = { readonly server: Server; readonly versions: Map<string, number>; seq: number };

export function hearFeed({ shop, report }: { shop: Shop; report: Report }) {
  const screens: Screen[] = [];
  shop.eachStart((server) => {
    const screen: Screen = { server, versions: new Map(), seq: -1 };
    screens.push(screen);
    server.hub.listen({
      onClose: () => {},
      onChange: (change) => {
        if (server.life.dead) return;
        if (change.seq <= screen.seq) report.violated('FEED', null, 'a change came twice');
        screen.seq = change.seq;
        const shown = 'payment' in change ? change.payment : change.refund;
        const before = screen.versions.get(shown.id) ?? -1;
        if (shown.version <= before) report.violated('FEED', shown.id, 'a screen went back');
        screen.versions.set(shown.id, shown.version);
      },
    });
  });
  return {
    /** Servers that share a file hear of their own commits only, so a lone one is asked. */
    close(): void {
      if (shop.names().length > 1) return;
      for (const { server, versions } of screens) {
        if (server.life.dead) continue;
        for (const [id, version] of versions) {
          const now = shop.witness().payment(id) ?? shop.witness().refund(id);
          if (now === null || now.version === version) continue;
          report.violated('FEED', id, `a screen shows ${version} and the disk has ${now.version}`);
        }
      }
    },
  };
}
