/** Where a parameter's default comes from, in a few words. */

import { sourceNamed } from "../../model/model";
import type { Speech } from "../../text/context";

export function sourceSaid(source: string, { t }: Speech): string {
  if (source === "assumption") return t("report.assumption");
  if (source === "judgement") return t("report.judgement");
  const found = sourceNamed(source);
  return found ? `${found.author}, ${found.year}` : source;
}
