/**
 * Reads the settings once for npm start, before anything is built or started. Prints one line of
 * JSON: the mistakes, or what npm start itself has to know. It prints no secret.
 */
import { ConfigurationMistake, environment } from '@/server/env';

function outcome() {
  try {
    const { environment: name, port, host, tls, simulator, simulatorUrl, warnings } = environment();
    return { ok: true, environment: name, port, host, tls, simulator, simulatorUrl, warnings };
  } catch (error) {
    if (error instanceof ConfigurationMistake) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}

process.stdout.write(`${JSON.stringify(outcome())}\n`);
