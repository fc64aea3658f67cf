/** Before any test: with a kernel that the page refuses every number would be wrong, so the page's message stands alone. */

import { readFileSync } from "node:fs";
import { KernelDiffers, loadKernel } from "../../src/kernel";

export default async function kernelFits(): Promise<void> {
  try {
    await loadKernel(readFileSync(new URL("../../generated/kernel.wasm", import.meta.url)));
  } catch (error) {
    if (!(error instanceof KernelDiffers)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
