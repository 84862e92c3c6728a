/* Back closes what lies over the page before it leaves: sheets and menus where fingers open them, dialogs everywhere. A card has an
   address of its own (card.js). What opens puts one entry into the history; the next address takes its place, so none is left over. */
(function () {
  "use strict";

  const FINGERS = window.matchMedia("(max-width: 47.99rem), (max-height: 28rem), (pointer: coarse)");
  /* What is open -> what closes it. */
  const PANELS = [
    [".offer[open]", "summary"],
    [".search.opened", ".search-close"],
    [".filter:is([open], .opened)", ".filters-close[type=button]"]
  ];
  const DIALOGS = [
    ["#bundle-dialog[open]", "#bundle-cancel"],
    [".modal.show:has(.fragment > .citation)", ".card-close"]
  ];
  const push = window.history.pushState.bind(window.history);
  const replace = window.history.replaceState.bind(window.history);
  let entry = ours();

  /* The button that closes what lies on top; nothing where nothing does. */
  function closer() {
    for (const [open, button] of FINGERS.matches ? DIALOGS.concat(PANELS) : DIALOGS) {
      const found = document.querySelector(open);
      if (found) {
        return found.querySelector(button) || found.querySelector("summary");
      }
    }
    return null;
  }

  /* The address of the entry that the history stands on, where it is one of ours. */
  function ours() {
    return window.history.state && window.history.state.over ? window.location.href : "";
  }

  function note() {
    if (!entry && closer()) {
      push({ over: true }, "");
      entry = ours();
    }
  }

  window.history.pushState = function (...what) {
    (entry ? replace : push)(...what);
    entry = ours();
    note();
  };

  window.history.replaceState = function (...what) {
    replace(...what);
    entry = ours();
  };

  window.addEventListener("popstate", function () {
    const before = entry;
    entry = ours();
    if (before && !entry && before === window.location.href) {
      const button = closer();
      if (button) {
        button.click();
        note();
      } else {
        window.history.back();
      }
    }
  });

  if (!document.documentElement.classList.contains("embed")) {
    window.barometerAltered(note);
  }
})();
