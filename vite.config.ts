import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Only the browser half is built; server, command line and tests run from source.
// The page must work offline: libraries and fonts are bundled, nothing comes from another host.
export default defineConfig({
  root: 'apps/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17.4'],
    assetsInlineLimit: 0, // the page's content policy allows no data: addresses
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Libraries change seldom and rooms often: apart, a new release leaves most of the browser's cache valid.
          // Controls that the first page does not need come with the pages that use them (`$initial`).
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            {
              name: 'mantine',
              tags: ['$initial'],
              test: /node_modules\/(@mantine|@floating-ui)\//,
              priority: 2,
            },
            { name: 'tanstack', test: /node_modules\/@tanstack\//, priority: 2 },
          ],
        },
      },
    },
  },
})
