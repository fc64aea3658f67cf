/** A real server of a room for tests in the browser: started, killed without warning, started again. */

import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const OWN_PYTHON = join(ROOT, ".venv", "bin", "python");
const PYTHON = process.env["PYTHON"] ?? (existsSync(OWN_PYTHON) ? OWN_PYTHON : "python3");
/** The first start compiles the model. */
const STARTING_MS = 1_200_000;

/** Two quarters under two rules, closed by the desk alone, so that a test is never too slow for a clock. */
function shortPlay(): string {
  const shipped = readFileSync(join(ROOT, "app", "room", "plays", "tolerance.toml"), "utf8");
  return shipped
    .replace(/^rounds = \d+$/gm, "rounds = 1")
    .replace(/^beliefs_before = .*$/m, "beliefs_before = [1]")
    .replace(/^beliefs_after = .*$/m, "beliefs_after = []\nseconds = 600\nleast_seconds = 60\nresult_seconds = 0");
}

function freePort(): Promise<number> {
  return new Promise((tell) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => tell(port));
    });
  });
}

/** With what a room is opened. */
export interface Opened {
  readonly seats: number;
}

export class RoomServer {
  name = "";
  code = "";
  phonesUrl = "";
  deskUrl = "";
  token = "";
  private process: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), "room-"));
  private port = 0;

  constructor(private readonly more: Partial<Opened> = {}) {}

  async start(): Promise<void> {
    this.port ||= await freePort();
    writeFileSync(join(this.folder, "short.toml"), shortPlay());
    const which = this.name ? ["--resume", this.name] : ["--play", "short.toml", "--seats", String(this.more.seats ?? 12), "--seed", "1"];
    const fixed = ["--no-open", "--address", "127.0.0.1", "--port", String(this.port)];
    this.process = spawn(PYTHON, [join(ROOT, "run.py"), "room", ...fixed, ...which], {
      cwd: this.folder,
      env: { ...process.env, PYTHONPATH: ROOT, PYTHONUNBUFFERED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = await this.ready(this.process);
    this.name = /^Room (\S+), code/m.exec(said)?.[1] ?? "";
    this.code = /code (\d{6})/.exec(said)?.[1] ?? "";
    this.phonesUrl = /^Phones:\s*(\S+)/m.exec(said)?.[1] ?? "";
    [, this.deskUrl = "", this.token = ""] = /^Desk:\s*(\S+?)\/#(\w+)/m.exec(said) ?? [];
  }

  /** Open another room where this one was. */
  async startAnother(): Promise<void> {
    this.name = "";
    await this.start();
  }

  private ready(process: ChildProcess): Promise<string> {
    return new Promise((tell, refuse) => {
      let said = "";
      const late = setTimeout(() => refuse(new Error(`the room did not start: ${said}`)), STARTING_MS);
      const hear = (part: Buffer): void => {
        said += part.toString();
        if (!/^Desk:.*\n/m.test(said)) return;
        clearTimeout(late);
        tell(said);
      };
      process.stdout?.on("data", hear);
      process.stderr?.on("data", hear);
      process.on("exit", () => refuse(new Error(`the room stopped: ${said}`)));
    });
  }

  /** Tell whether anything of the room lies on the disk. */
  isKept(): boolean {
    return existsSync(join(this.folder, "results", "rooms", this.name));
  }

  /** End it without warning, as a power cut would. */
  async kill(): Promise<void> {
    const { process } = this;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const gone = new Promise((tell) => process.once("exit", tell));
    process.kill("SIGKILL");
    await gone;
  }
}
