import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MEASURES } from "../../generated/names";
import { KernelDiffers, loadKernel } from "../../src/kernel";
import { checkLayout, KERNEL_DESCRIBED, LAYOUT_EXPECTED } from "../../src/kernel/layout";
import { failureSaid } from "../../src/runs/context";
import { speechIn } from "../../src/text/context";

const WASM = readFileSync(new URL("../../generated/kernel.wasm", import.meta.url));

async function refusalOf(checked: Promise<unknown>): Promise<KernelDiffers> {
  const refusal = await checked.catch((error: unknown) => error);
  if (!(refusal instanceof KernelDiffers)) throw new Error("the kernel was not refused");
  return refusal;
}

describe("a kernel that is not the one the page was built for", () => {
  test("that it is refused before a number is shown, if the page knows a measure more", async () => {
    const sides = { ...LAYOUT_EXPECTED.sides, "administration.measures": [null, MEASURES.length + 1] };
    const refusal = await refusalOf(loadKernel(WASM, { ...LAYOUT_EXPECTED, sides }));
    expect(refusal.place).toBe("administration.measures");
    expect([refusal.kernel, refusal.page]).toEqual([`… × ${MEASURES.length}`, `… × ${MEASURES.length + 1}`]);
    expect(refusal.message).toContain("python run.py build-page");
  });

  test("that it is refused if it has no such array", async () => {
    const sides = { ...LAYOUT_EXPECTED.sides, "explanation.moods": [3] };
    expect((await refusalOf(loadKernel(WASM, { ...LAYOUT_EXPECTED, sides }))).place).toBe("explanation.moods");
  });

  test("that it is refused if its names stand in another order: the hashes of the layouts differ", async () => {
    const expected = { ...LAYOUT_EXPECTED, layout_hash: "b" };
    const refusal = await refusalOf(checkLayout(WASM, { ...KERNEL_DESCRIBED, layout_hash: "a" }, expected));
    expect([refusal.place, refusal.kernel, refusal.page]).toEqual(["layout_hash", "a", "b"]);
  });

  test("that it is refused if its bytes are not those described", async () => {
    const other = new Uint8Array([...WASM, 0, 1, 0]); // An empty section without a name: the same functions.
    expect((await refusalOf(loadKernel(other))).place).toBe("SHA-256");
  });

  test("that one message says so in both languages, with every place filled", async () => {
    const sides = { "explanation.terms": [1, 1] };
    const refusal = await refusalOf(loadKernel(WASM, { ...LAYOUT_EXPECTED, sides }));
    const said = (["en", "zh-CN"] as const).map((language) => failureSaid(refusal, speechIn(language)));
    expect(new Set(said).size).toBe(2);
    for (const one of said) {
      expect(one).toContain("explanation.terms");
      expect(one).toContain("python run.py build-page");
      expect(one).not.toMatch(/[{}]|undefined/);
    }
  });
});

test("that the kernel the page comes with is the one it was built for", async () => {
  await expect(checkLayout(WASM, KERNEL_DESCRIBED, LAYOUT_EXPECTED)).resolves.toBeUndefined();
});
