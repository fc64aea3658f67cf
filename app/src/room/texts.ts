/** The desk's and the wall's own texts. */

import { phone as phoneEn, room as roomEn, rule as ruleEn } from "../../texts/rooms.en.toml";
import { phone as phoneZh, room as roomZh, rule as ruleZh } from "../../texts/rooms.zh-CN.toml";
import type { Texts } from "../play/words";

export const TEXTS: Texts = {
  en: { room: roomEn, rule: ruleEn, phone: phoneEn },
  "zh-CN": { room: roomZh, rule: ruleZh, phone: phoneZh },
};
