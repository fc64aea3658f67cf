/**
 * The page's speed against its budget: `npm run bench [-- --json] [PAGE] [--beside OLD]`. Prints a table, or all numbers in
 * JSON. Beside another build the two are measured in turns, moves and screens alike, so that other work slows both.
 *
 * It tells, it does not fail: a busy machine is slow. `CHROMIUM` names another browser.
 */

import { loadavg } from "node:os";
import { resolve } from "node:path";
import { inTurns, measured } from "./measure.mjs";

const words = process.argv.slice(2);
const isJson = words.includes("--json");
const place = words.indexOf("--beside");
const beside = place < 0 ? null : words.splice(place, 2)[1];
const file = words.find((word) => !word.startsWith("--")) ?? resolve(import.meta.dirname, "../../officials.html");

/** What is measured, how it is told, and what it may be at most (or, where it is a rate, at least). */
function rowsOf(found) {
  const { memory_mb: memory, drag, playback } = found;
  const grown = memory.after_1000_moves.heap - memory.before.heap;
  const resident = memory.after_1000_moves.resident - memory.before.resident;
  const most = (what, value, unit, limit, digits = 0) => ({ what, value, unit, limit, digits, isKept: value <= limit, sign: "at most" });
  const least = (what, value, unit, limit) => ({ what, value, unit, limit, digits: 1, isKept: value >= limit, sign: "at least" });
  return [
    most("Lever to fan of the first runs, 95th percentile", found.lever_to_picture_ms.percentile_95, "ms", 60),
    most("First question from disk, median of 5", found.first_question_ms.median, "ms", 500),
    most("First useful screen from disk, median of 5", found.first_screen_ms.median, "ms", 500),
    most("Longest task of the main thread in a drag", drag.longest_task_ms, "ms", 50),
    most("Memory of the page's objects, growth over 1,000 moves", grown, "MB", 1, 2),
    most("Memory of all its processes, growth over 1,000 moves", resident, "MB", 20, 1),
    least("Playback of 1,000 officials, frames a second", playback.frames_per_second, "", 58),
    most("Longest frame while they are played", playback.longest_frame_ms, "ms", 100),
    most("Size of the file", found.page_kilobytes, "kB", 1200),
  ];
}

function told({ what, value, unit, limit, digits, isKept, sign }) {
  const number = `${value.toFixed(digits)} ${unit}`.trim();
  return [what, number, `${sign} ${limit} ${unit}`.trim(), isKept ? "kept" : "NOT KEPT"];
}

function printed(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => (column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  ").trimEnd());
}

const [loadBefore] = loadavg();
if (beside) {
  const { pages } = await inTurns(process.env.CHROMIUM ?? "/usr/bin/chromium", [beside, file]);
  if (isJson) console.log(JSON.stringify(pages, null, 1));
  else {
    const row = (what, of) => [what, ...pages.map((page) => `${of(page).toFixed(0)} ms`)];
    printed([
      ["What", "That build", "This build"],
      row("Lever to fan of the first runs, median", (page) => page.lever_to_picture_ms.median),
      row("Lever to fan of the first runs, 95th percentile", (page) => page.lever_to_picture_ms.percentile_95),
      row("First useful screen from disk, median", (page) => page.first_screen_ms.median),
    ]);
    console.log(`\nIn turns; load before ${loadBefore.toFixed(1)}, after ${loadavg()[0].toFixed(1)}.`);
  }
  process.exit(0);
}
const found = await measured(process.env.CHROMIUM ?? "/usr/bin/chromium", file);
if (isJson) console.log(JSON.stringify(found, null, 1));
else {
  console.log(`Chromium ${found.browser}, ${found.workers} processors, 200 officials over 120 months\n`);
  printed([["What", "Measured", "Budget", ""], ...rowsOf(found).map(told)]);
  console.log(`\nIn a drag ${found.drag.pictures_per_second.toFixed(0)} new pictures and ${found.drag.frames_per_second.toFixed(0)} frames a second.`);
  console.log(`Before the measurement the machine had a load of ${loadBefore.toFixed(1)}; other work makes all times longer.`);
}
