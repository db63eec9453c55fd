import { door, json } from '../../http';

export const dynamic = 'force-dynamic';

/** Somebody touched the screen. The door itself has noted it. */
export const POST = door({ may: 'be-here', changes: true }, async () => json({ active: true }));
