/** The model in the browser: the rules compiled from Python, and how the page asks for runs of it. */

export { KernelDiffers } from "./layout";
export { loadKernel } from "./load";
export { defaultPolicy, scenarioOf, shippedScenarios, type ExportedScenario } from "./shipped";
export { KernelUnsupported, NEEDED_BROWSERS } from "./support";
export type * from "./types";
