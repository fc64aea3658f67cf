/** The bar on top of every view: where one is, language, colours, and the limits card. */

import { useState } from "preact/hooks";
import { ReadingCard } from "./reading_card";
import { useHeightAs } from "../design/measured";
import { ShareCard } from "../share/share_card";
import { useDispatch, useSession } from "../store/context";
import { THEMES, type Theme } from "../store/types";
import { useSpeech } from "../text/context";
import { VIEWS_SHOWN } from "../views";

export function TopBar() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const bar = useHeightAs<HTMLElement>("--bar-height");
  return (
    <header ref={bar} class="bar">
      <h1>
        <button
          type="button"
          class="title-button"
          title={t("start.again")}
          onClick={() => dispatch({ type: "start", isOpen: true })}
        >
          {t("page.short_title")}
        </button>
      </h1>
      <Navigation />
      <Choices />
    </header>
  );
}

function Navigation() {
  const { t } = useSpeech();
  const dispatch = useDispatch();
  const current = useSession((session) => session.state.view);
  return (
    <nav aria-label={t("page.views")}>
      {VIEWS_SHOWN.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-current={id === current ? "page" : undefined}
          onClick={() => dispatch({ type: "go", view: id })}
        >
          {t(`views.${id}`)}
        </button>
      ))}
    </nav>
  );
}

const SHAPES: Readonly<Record<Theme, string>> = {
  system: "M12 3a9 9 0 1 0 0 18ZM12 3a9 9 0 0 1 0 18",
  light: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  dark: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
};

function Choices() {
  const { t, language } = useSpeech();
  const dispatch = useDispatch();
  const theme = useSession((session) => session.state.theme);
  const [isSharing, setSharing] = useState(false);
  const [isReading, setReading] = useState(false);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const other = language === "en" ? "zh-CN" : "en";
  return (
    <div class="choices">
      <button
        type="button"
        lang={other}
        title={t("page.language_meaning")}
        onClick={() => dispatch({ type: "speak", language: other })}
      >
        {t("page.language")}
      </button>
      <Icon
        label={t(`page.theme_${theme}`)}
        shape={SHAPES[theme]}
        onClick={() => dispatch({ type: "theme", theme: next })}
      />
      <Icon label={t("reading.title")} shape="M2 19 7.5 5 13 19M4 14h7M22 12v7M22 15.5a3.2 3.5 0 1 0-6.4 0 3.2 3.5 0 1 0 6.4 0" onClick={() => setReading(true)} />
      <Icon
        className="present-button"
        label={t("page.present")}
        shape="M3 4h18v12H3ZM12 16v4M8 21h8"
        onClick={() => dispatch({ type: "present", presenter: true })}
      />
      <Icon
        label={t("share.title")}
        shape="M6 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM18 3.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM18 15.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5ZM8.2 10.9l7.6-3.8M8.2 13.1l7.6 3.8"
        onClick={() => setSharing(true)}
      />
      <button type="button" class="limits-button" onClick={() => dispatch({ type: "limits", isOpen: true })}>
        {t("page.limits")}
      </button>
      <ReadingCard isOpen={isReading} onClose={() => setReading(false)} />
      <ShareCard isOpen={isSharing} onClose={() => setSharing(false)} />
    </div>
  );
}

interface IconProps {
  readonly label: string;
  readonly shape: string;
  readonly className?: string;
  readonly onClick: () => void;
}

function Icon({ label, shape, className = "", onClick }: IconProps) {
  return (
    <button type="button" class={`tool ${className}`} aria-label={label} title={label} onClick={onClick}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={shape} />
      </svg>
    </button>
  );
}
