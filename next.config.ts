import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // The image optimizer has had remote-code advisories and a till has no photographs.
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  serverExternalPackages: ['@photostructure/sqlite'],
  outputFileTracingRoot: import.meta.dirname,
};

export default config;
