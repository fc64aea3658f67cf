/** Answers the requests on standard input, an array in JSON, with the kernel whose file is named; in Node. */

import { readFileSync } from "node:fs";
import { loadKernel } from "../../src/kernel";
import { answerTo, speedOf, statisticsOf, type Request } from "./answers";

const [, , file = ""] = process.argv;
const kernel = await loadKernel(readFileSync(file));
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
