/** The phone's own texts; nothing of the other pages' is in it, so that it loads fast in a full room. */

import { phone as phoneEn, rule as ruleEn } from "../../texts/rooms.en.toml";
import { phone as phoneZh, rule as ruleZh } from "../../texts/rooms.zh-CN.toml";
import type { Texts } from "../play/words";

export const TEXTS: Texts = {
  en: { phone: phoneEn, rule: ruleEn },
  "zh-CN": { phone: phoneZh, rule: ruleZh },
};
