/** Whether this browser can run the compiled rules. */

/** The oldest versions with WebAssembly's vector instructions and a policy that allows it (2022, 2023); vite.config.ts builds for them. */
export const NEEDED_BROWSERS = "Chrome 97, Edge 97, Firefox 102, Safari 16.4";

/** Thrown where WebAssembly or its vector instructions are missing. */
export class KernelUnsupported extends Error {
  override readonly name = "KernelUnsupported";

  constructor(readonly missing: "WebAssembly" | "SIMD") {
    super(`this browser has no ${missing === "SIMD" ? "WebAssembly SIMD" : missing}; needed is ${NEEDED_BROWSERS} or newer`);
  }
}

// A module with one function that makes a vector: () -> i8x16.popcnt(i8x16.splat(0)).
const VECTOR_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Throw KernelUnsupported if this browser cannot run the kernel. */
export function checkSupport(): void {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.validate !== "function") {
    throw new KernelUnsupported("WebAssembly");
  }
  if (!WebAssembly.validate(VECTOR_MODULE)) throw new KernelUnsupported("SIMD");
}
