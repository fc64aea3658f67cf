/** Starts a phone: comes back to its seat if it has one; the code of the wall's picture stands in the address. */

import { render } from "preact";
import "../design/tokens.css";
import "../design/base.css";
import "./phone.css";
import { followTheme } from "../play/look";
import { languageOf } from "../play/words";
import { memory } from "./memory";
import { Page } from "./page";
import { Phone } from "./phone";

const root = document.getElementById("page");
if (root) {
  const code = /^#(\d{6})$/.exec(location.hash)?.[1] ?? "";
  const language = memory.language() ?? languageOf(navigator.languages);
  const phone = new Phone();
  phone.speak(language);
  followTheme(document.documentElement);
  render(<Page phone={phone} code={code} first={language} />, root);
  phone.resume();
}
