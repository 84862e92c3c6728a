/* The first response shows the page until the app has drawn its own; who has moved on it already keeps focus and position. */
(function () {
  "use strict";

  const prerendered = document.getElementById("prerendered");

  /* What stands in the app for a part of the prerendered page: the same id, else the same text within the same theme. */
  function counterpart(part, app) {
    const theme = part.closest("section[id]");
    const within = theme && app.querySelector("#" + CSS.escape(theme.id)) || app;
    const alike = Array.from(within.querySelectorAll(part.tagName)).find(function (other) {
      return part.id ? other.id === part.id : other.textContent === part.textContent;
    });
    return alike || (part === theme && within !== app ? within : null);
  }

  /* A pair [part, its counterpart] that a reader who has scrolled has in sight: what has the focus, else a text or a theme. */
  function inSight(app) {
    const parts = window.scrollY ? [
      document.activeElement,
      ...prerendered.querySelectorAll(".theme :is(h1, h2, p, a, summary)"),
      ...prerendered.querySelectorAll(".theme")
    ] : [];
    for (const part of parts) {
      const box = part.getBoundingClientRect();
      const other = prerendered.contains(part) && box.bottom > 0 && box.top < window.innerHeight && counterpart(part, app);
      if (other) {
        return [part, other];
      }
    }
    return null;
  }

  const waiting = new MutationObserver(function () {
    const app = document.getElementById("react-entry-point");
    if (!app.querySelector("#content :is(.main-svg, .figures table, .empty)")) {
      return;
    }
    waiting.disconnect();
    const here = document.activeElement;
    const next = prerendered.contains(here) && counterpart(here, app);
    const anchor = inSight(app);
    const top = anchor && anchor[0].getBoundingClientRect().top;
    document.body.classList.remove("prerendered");
    prerendered.remove();
    if (next) {
      next.focus({ preventScroll: true });
    }
    // Charts above are drawn for this window now, and so are of another height; they have it when the frame is done.
    const hold = function () {
      window.scrollBy({ top: anchor[1].getBoundingClientRect().top - top, behavior: "instant" });
    };
    if (anchor) {
      hold();
      window.requestAnimationFrame(hold);
    }
  });
  if (prerendered) {
    waiting.observe(document.body, { childList: true, subtree: true });
  }
})();
