import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // The image optimizer has had remote-code advisories and a till has no photographs.
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  serverExternalPackages: ['@photostructure/sqlite'],
  // Next.js keeps a body in memory for the proxy file, and no door takes more than half of this.
  experimental: { proxyClientMaxBodySize: '128kb' },
  outputFileTracingRoot: import.meta.dirname,
};

export default config;
