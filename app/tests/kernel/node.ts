/** Answers the requests on standard input, an array in JSON, with the kernel whose file is named and those beside it; in Node. */

import { readFileSync } from "node:fs";
import { DECISION_RULES } from "../../generated/names";
import { loadKernel } from "../../src/kernel";
import { answerTo, speedOf, statisticsOf, type Request } from "./answers";

const [, , file = ""] = process.argv;
const kernel = await loadKernel(readFileSync(file));
for (const rule of DECISION_RULES.slice(1)) {
  await kernel.addRule(rule, readFileSync(file.replace(/\.wasm$/, `_${rule}.wasm`)));
}
const asked = JSON.parse(readFileSync(0, "utf8")) as {
  readonly requests: readonly Request[];
  readonly runs?: readonly (readonly (number | null)[])[];
  readonly rounds?: number;
};
const [first] = asked.requests;
const answers = {
  answers: asked.requests.map((request) => answerTo(kernel, request)),
  statistics: asked.runs ? statisticsOf(kernel, asked.runs) : null,
  nanoseconds: asked.rounds && first ? speedOf(kernel, first.scenario, asked.rounds) : null,
};
process.stdout.write(JSON.stringify(answers));
