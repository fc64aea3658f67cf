/** Starts the desk, the wall or the lessons, by the address: the wall only watches. */

import { render } from "preact";
import "../design/tokens.css";
import "../design/base.css";
import charts from "../design/charts.css?inline";
import layout from "../design/layout.css?inline";
import lessonsBar from "./lessons.css?inline";
import desk from "./room.css?inline";
import wall from "./wall.css?inline";
import { loadFaces } from "../design/faces";
import { followTheme } from "../play/look";
import { languageOf } from "../play/words";
import { Watch, type RoomScreen } from "./watch";
import { Page } from "./page";

const VIEWS: Readonly<Record<string, RoomScreen>> = { "/wall": "wall", "/lessons": "lessons" };
/** The lessons are laid out as on the page, the others as screens of a room: one or the other, since names are shared. */
const STYLES: Readonly<Record<RoomScreen, string>> = { desk: desk + wall, wall: desk + wall, lessons: layout + charts + lessonsBar };

const root = document.getElementById("page");
if (root) {
  const view = VIEWS[location.pathname] ?? "desk";
  document.head.append(Object.assign(document.createElement("style"), { textContent: STYLES[view] }));
  const watch = new Watch(view);
  followTheme(document.documentElement);
  document.documentElement.dataset["view"] = view;
  void loadFaces();
  render(<Page watch={watch} first={languageOf(navigator.languages)} />, root);
  watch.start();
}
