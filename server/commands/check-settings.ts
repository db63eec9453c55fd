/**
 * Reads the settings once for npm start, before anything is built or started. Prints one line of
 * JSON: the mistakes, or what npm start itself has to know. It prints no secret.
 */
import { ConfigurationMistake, environment } from '@/server/env';
import { ownFolder } from '@/server/env-database';

function outcome() {
  try {
    const { environment: name, port, host, tls, simulator, simulatorUrl, ...rest } = environment();
    const { database, warnings } = rest;
    // The simulator's own memory lies beside a file, and has to lie somewhere without one.
    const dataFolder = ownFolder(database);
    const listening = { port, host, tls, simulator, simulatorUrl };
    return { ok: true, environment: name, ...listening, dataFolder, warnings };
  } catch (error) {
    if (error instanceof ConfigurationMistake) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}

process.stdout.write(`${JSON.stringify(outcome())}\n`);
