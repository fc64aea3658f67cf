/** Starts the desk or the wall, by the address: the wall only watches. */

import { render } from "preact";
import "../design/tokens.css";
import "../design/base.css";
import "./room.css";
import "./wall.css";
import { loadFaces } from "../design/faces";
import { followTheme } from "../play/look";
import { languageOf } from "../play/words";
import { Watch } from "./watch";
import { Page } from "./page";

const root = document.getElementById("page");
if (root) {
  const view = location.pathname === "/wall" ? "wall" : "desk";
  const watch = new Watch(view);
  followTheme(document.documentElement);
  document.documentElement.dataset["view"] = view;
  void loadFaces();
  render(<Page watch={watch} first={languageOf(navigator.languages)} />, root);
  watch.start();
}
