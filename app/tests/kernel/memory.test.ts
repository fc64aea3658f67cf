import { expect, test } from "vitest";
import { Arena, Memory } from "../../src/kernel/memory";

const BASE = 1000;

function newMemory(): Memory {
  return new Memory(new WebAssembly.Memory({ initial: 1 }), BASE);
}

test("what is taken is zero, aligned and apart from the rest", () => {
  const memory = newMemory();
  const first = memory.take(10);
  new Uint8Array(memory.buffer, first, 10).fill(7);
  const second = memory.take(200);
  expect(first % 64).toBe(0);
  expect(first).toBeGreaterThanOrEqual(BASE);
  expect(second).toBeGreaterThanOrEqual(first + 10);
  memory.giveBack(first);
  expect(memory.take(10)).toBe(first);
  expect([...new Uint8Array(memory.buffer, first, 10)]).toEqual(Array(10).fill(0));
});

test("the memory grows when it must", () => {
  const memory = newMemory();
  const address = memory.take(1_000_000);
  expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(address + 1_000_000);
});

test("what is given back in any order can be taken again as a whole", () => {
  const memory = newMemory();
  const parts = Array.from({ length: 9 }, () => memory.take(640));
  for (const place of [4, 0, 8, 2, 6, 3, 1, 7, 5]) memory.giveBack(parts[place] ?? 0);
  expect(memory.bytesTaken).toBe(0);
  expect(memory.take(9 * 640)).toBe(parts[0]);
});

test("giving back twice, or what was never taken, does nothing", () => {
  const memory = newMemory();
  const address = memory.take(64);
  const kept = memory.take(64);
  memory.giveBack(address);
  memory.giveBack(address);
  memory.giveBack(12345);
  expect(memory.bytesTaken).toBe(64);
  expect(memory.take(64)).toBe(address);
  expect(memory.take(64)).not.toBe(kept);
});

test("a thousand random takes never overlap and leave nothing behind", () => {
  const memory = newMemory();
  const held = new Map<number, number>();
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 1000; round++) {
    if (held.size > 0 && next(2) === 0) {
      const address = [...held.keys()][next(held.size)] ?? 0;
      memory.giveBack(address);
      held.delete(address);
    } else {
      const bytes = 1 + next(5000);
      const address = memory.take(bytes);
      for (const [other, size] of held) expect(address >= other + size || other >= address + bytes).toBe(true);
      held.set(address, bytes);
    }
  }
  for (const address of held.keys()) memory.giveBack(address);
  expect(memory.bytesTaken).toBe(0);
});

test("an arena gives back all it took", () => {
  const memory = newMemory();
  const arena = new Arena(memory);
  const floats = arena.floats([2, 3], [1, 2, 3, 4, 5, 6]);
  arena.array("int32", [5]);
  expect([...memory.floats(floats)]).toEqual([1, 2, 3, 4, 5, 6]);
  arena.release();
  arena.release();
  expect(memory.bytesTaken).toBe(0);
});
