/** Builds the page of the parity test the way the real page is built: one file, the same security policy. */

import { fileURLToPath } from "node:url";
import { defineConfig, mergeConfig } from "vite";
import page from "../../vite.config";

export default defineConfig((environment) =>
  mergeConfig(page(environment), {
    root: fileURLToPath(new URL(".", import.meta.url)),
    build: { rollupOptions: { input: fileURLToPath(new URL("browser.html", import.meta.url)) }, emptyOutDir: true },
  }),
);
